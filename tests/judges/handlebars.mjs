// Fills templates with Handlebars: a JSON array of strings comes in, one of what became of each goes out.
import Handlebars from "handlebars";
import { readFileSync } from "node:fs";

const templates = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(templates.map((text) => Handlebars.compile(text, { strict: true })({}))));
