// Moving a story: by key, by button, by drag. The row goes at once; the desk then says where everything stands.

import Sortable from "/vendor/sortable.js";
import { decide } from "/static/acts.js";
import { facts } from "/static/facts.js";
import { refresh, whenShown } from "/static/page.js";
import { say } from "/static/say.js";

let inSight = null;

const lists = () => [...document.querySelectorAll("#outline ol")];
const stories = (list) => [...list.querySelectorAll(":scope > .row:not([data-fixed])")];

const DRAGGING = {
  group: "stories",
  draggable: ".row",
  handle: ".grip",
  filter: "[data-fixed]",
  animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
  // From the moment that a row is taken hold of: a page that came in between would put another row under the hand.
  onChoose: held,
  onUnchoose: released,
  onStart: () => document.body.classList.add("dragging"),
  onEnd: dropped,
};

/** Move the story at hand one place on (+1) or back (-1); at an end, into the next part. */
export function step(by) {
  const row = document.getElementById(`row-${facts().story}`);
  if (!isMovable(row)) return;
  const list = row.parentElement;
  const at = stories(list).indexOf(row);
  const beside = stories(list)[at + by];
  if (beside && list.dataset.kind === "section") return put(row, list, at + by);
  return toPart(by);
}

/** Move the story at hand into the part behind (+1) or before (-1) its own. */
export function toPart(by) {
  const row = document.getElementById(`row-${facts().story}`);
  if (!isMovable(row)) return;
  const parts = lists().filter((list) => list.dataset.kind !== "section" || stories(list).length);
  const list = parts[parts.indexOf(row.parentElement) + by];
  if (!list) return say(by > 0 ? "It is the last already." : "It is the first already.");
  return put(row, list, by > 0 ? 0 : stories(list).length);
}

function isMovable(row) {
  if (facts().locked) say("This issue cannot be changed any more.");
  else if (!row) say("No story is at hand.");
  else if (row.hasAttribute("data-fixed")) say("Only stories move. A piece from elsewhere has its section.");
  else return true;
  return false;
}

/** Put a row at a place of a list: there on the page, and as a decision. */
function put(row, list, at) {
  const others = stories(list).filter((each) => each !== row);
  const isFocused = row.contains(document.activeElement);
  list.insertBefore(row, others[at] ?? others.at(-1)?.nextSibling ?? list.firstChild);
  if (isFocused) row.querySelector("a").focus();
  row.scrollIntoView({ block: "nearest" });
  return send(row, list);
}

function send(row, list, seen) {
  const id = row.dataset.id;
  const { kind, section } = list.dataset;
  if (kind === "lead") return decide({ act: "slot", story: id, slot: "lead" }, seen);
  if (kind === "headlines") return decide({ act: "slot", story: id, slot: "headline" }, seen);
  const before = stories(list)[stories(list).indexOf(row) - 1];
  return decide({ act: "place", story: id, section, after: before?.dataset.id ?? "" }, seen);
}

/** Where the row goes is decided in sight of the outline that is there now: it stays until the row is let go. */
function held() {
  inSight = facts().version;
  document.body.classList.add("holding");
}

function released() {
  document.body.classList.remove("holding");
  refresh();
}

function dropped({ item, to, from, oldIndex, newIndex }) {
  document.body.classList.remove("dragging");
  if (to === from && oldIndex === newIndex) return;
  if (to === from && to.dataset.kind !== "section") {
    say("Here the order is that of the sections.");
    from.insertBefore(item, from.children[oldIndex + (oldIndex > newIndex ? 1 : 0)] ?? null);
    return;
  }
  const seen = inSight;
  send(item, to, () => seen);
}

/** Make every list one that a story can be dragged out of and into. */
function grip() {
  const disabled = Boolean(facts().locked);
  for (const list of lists()) {
    const there = Sortable.get(list);
    if (there) there.option("disabled", disabled);
    else Sortable.create(list, { ...DRAGGING, disabled, scroll: document.getElementById("outline") });
  }
}

/** Begin, and again after each new page, for it may have new lists. */
export function start() {
  whenShown(grip);
  grip();
}
