// Decisions on their way to edits.toml: one after the other, each made in sight of the version that the page shows.

import { facts } from "/static/facts.js";
import { post } from "/static/talk.js";

let last = Promise.resolve();
let under = 0;
let number = 0;
const told = [];
const ours = new Set();

/** Call `back` with the number of writes under way whenever it changes. */
export function whenWriting(back) {
  told.push(back);
}

/**
 * Post `body` behind all that was posted before. `seen` is the version in whose sight it was made: the page's unless
 * said. The version that comes of it is the page's from then on.
 */
export function write(path, body, seen) {
  number += 1;
  tell(+1);
  last = last.then(async () => {
    const answer = await post(path, { seen: seen?.() ?? facts().version, ...body });
    if (answer.ok && answer.version) {
      ours.add(answer.version);
      // What is decided is not built before the desk says so.
      if (answer.version !== facts().version) facts().built = "no";
      facts().version = answer.version;
    }
    tell(-1);
    return answer;
  });
  return last;
}

/** Settled when all that was posted is answered. */
export async function settled() {
  while (under) await last;
}

/** How many writes have begun so far. */
export function begun() {
  return number;
}

/** Tell whether a version is of this window's making. */
export function isOurs(version) {
  return ours.has(version);
}

function tell(more) {
  under += more;
  for (const back of told) back(under);
}

/** The words of an answer that is no success. */
export function fault(answer) {
  if (answer.status === 0) return "not saved: the desk does not answer";
  const hint = answer.hint ? ` (${answer.hint})` : "";
  return `${answer.message ?? answer.words ?? `the desk answered ${answer.status}`}${hint}`;
}
