// MJML's compiler as a worker: `node compile.mjs FILE [minify]` compiles once for every line that it reads, and answers
// with milliseconds and bytes; at the end of its input it ends.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import mjml2html from "mjml";

const [file, minify] = process.argv.slice(2);
const source = readFileSync(file, "utf-8");
for await (const line of createInterface({ input: process.stdin })) {
  const began = performance.now();
  const { html, errors } = await mjml2html(source, { minify: Boolean(minify), validationLevel: "strict" });
  const milliseconds = performance.now() - began;
  if (errors.length) throw new Error(JSON.stringify(errors));
  console.log(JSON.stringify({ milliseconds, bytes: Buffer.byteLength(html) }));
}
