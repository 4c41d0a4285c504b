// Decisions on their way to edits.toml: one after the other, each made in sight of the version that the page shows.

import { facts } from "/static/facts.js";
import { post } from "/static/talk.js";

let last = Promise.resolve();
let hurry;
let hurried = new Promise((settle) => (hurry = settle));
let under = 0;
let number = 0;
const told = [];
const ours = new Set();
const shared = new Set();

/** Call `back` with the number of writes under way whenever it changes. */
export function whenWriting(back) {
  told.push(back);
}

/**
 * Post `body` behind all that was posted before. `seen` is the version in whose sight it was made: the page's unless
 * said. The version that comes of it is the page's from then on, unless it has in it what others did meanwhile: that
 * is not shown yet, and what is decided next is not decided in sight of it.
 */
export function write(path, body, seen) {
  number += 1;
  tell(+1);
  last = Promise.race([last, hurried]).then(async () => {
    const answer = await post(path, { seen: seen?.() ?? facts().version, ...body });
    if (answer.ok && answer.version) came(answer);
    tell(-1);
    return answer;
  });
  return last;
}

function came({ version, before }) {
  // What is decided is not built before the desk says so.
  if (version !== facts().version) facts().built = "no";
  if (before === facts().version) {
    facts().version = version;
    ours.add(version);
  } else {
    shared.add(version);
  }
}

/** The page is being left: what waits for its turn is posted now, or never. */
export function postAll() {
  hurry();
  hurried = new Promise((settle) => (hurry = settle));
}

/** Settled when all that was posted is answered. */
export async function settled() {
  while (under) await last;
}

/** How many writes have begun so far. */
export function begun() {
  return number;
}

/** Tell whether a version is of this window's making alone. */
export function isOurs(version) {
  return ours.has(version);
}

/** Tell whether a version came of a decision of this window, with something of others in it. */
export function isShared(version) {
  return shared.has(version);
}

function tell(more) {
  under += more;
  for (const back of told) back(under);
}

/** The words of an answer that is no success. */
export function fault(answer) {
  if (answer.status === 0) return "not saved: the desk does not answer";
  const hint = answer.hint ? ` (${answer.hint})` : "";
  // At a field it is not seen that the file is meant: “edits.toml is no TOML: …”.
  const file = /[\w.]+\.toml$/.exec(answer.where ?? "")?.[0];
  return `${file ? `${file} ` : ""}${answer.message ?? answer.words ?? `the desk answered ${answer.status}`}${hint}`;
}
