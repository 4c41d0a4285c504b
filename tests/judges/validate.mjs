// html-validate over many files in one process: `node validate.mjs mail|web FILE…` prints every message as JSON.
import { readFileSync } from "node:fs";
import { HtmlValidate } from "html-validate";

// What a mail must do otherwise than a page: layout tables with the attributes that Outlook reads, styles in elements,
// conditional comments, a table's rows without a tbody, `<br>` and `<!DOCTYPE html>` as they are written here, and
// roles in place of elements that mail clients take out.
const MAIL = [
  "no-deprecated-attr",
  "no-inline-style",
  "no-conditional-comment",
  "prefer-tbody",
  "void-style",
  "doctype-style",
  "prefer-native-element",
];
const off = (rules) => Object.fromEntries(rules.map((rule) => [rule, "off"]));
const PROFILES = { mail: off(MAIL), web: off(["doctype-style", "void-style"]) };

const [profile, ...files] = process.argv.slice(2);
const judge = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: PROFILES[profile],
});

const found = [];
for (const file of files) {
  const lines = readFileSync(file, "utf-8").split("\n");
  const report = await judge.validateFile(file);
  for (const { messages } of report.results) {
    for (const { ruleId, message, line, column, selector } of messages) {
      const html = lines[line - 1].slice(Math.max(0, column - 30), column + 120);
      found.push({ file, rule: ruleId, message, selector, line, html });
    }
  }
}
console.log(JSON.stringify(found));
