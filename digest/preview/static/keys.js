// Keys: what each does is written in the list of keys on the page; here is how.

import { neighbour, turnBack } from "/static/acts.js";
import { facts } from "/static/facts.js";
import { arrived, go, side } from "/static/page.js";
import { step, toPart } from "/static/moves.js";
import { say } from "/static/say.js";
import { next as nextScheme } from "/static/schemes.js";

const ALONE = "desk-keys-alone";
let isWaiting = false;
const dialog = () => document.getElementById("keys");

const RUNS = {
  next: () => select(neighbour(1)),
  previous: () => select(neighbour(-1)),
  down: () => step(1),
  up: () => step(-1),
  "section-down": () => toPart(1),
  "section-up": () => toPart(-1),
  pin: () => press("pin"),
  hold: () => press("hold"),
  drop: () => press("drop"),
  slot: () => inPanel("story", "#slots input:checked"),
  edit: () => inPanel("story", "textarea[id^=headline-]"),
  "edit-lead": () => inPanel("story", "textarea[id^=lead-]"),
  undo: () => turnBack("/undo"),
  redo: () => turnBack("/redo"),
  search: () => inPanel("left-out", "#search"),
  issue: () => inPanel("issue", "textarea"),
  checks: () => inPanel("checks", "h2, input"),
  history: () => inPanel("history", "h2"),
  leave: () => (document.querySelector("#outline a[aria-current]") ?? document.getElementById("outline")).focus(),
  keys: () => dialog().showModal(),
  view: (event) => {
    const views = [...document.querySelectorAll(".views a")];
    const wanted = views[(Number(event.key) + 9) % 10];
    if (wanted) go({ view: wanted.dataset.view });
  },
  scheme: nextScheme,
};

function select(link) {
  if (!link) return;
  const shown = document.body.dataset.side;
  link.focus();
  link.scrollIntoView({ block: "nearest" });
  go({ story: link.dataset.story, panel: "story", side: shown });
}

async function press(action) {
  if (facts().panel !== "story") return say("Choose the story first: the panel shows something else.");
  if (await whenThere()) document.querySelector(`#panel [data-action="${action}"]`)?.click();
}

/** Wait for the panel. Keys that are pressed meanwhile were meant for what is not there yet: they do nothing. */
async function whenThere() {
  isWaiting = true;
  try {
    return await arrived();
  } finally {
    isWaiting = false;
  }
}

async function inPanel(panel, wanted) {
  if (facts().panel !== panel) go({ panel });
  else side("panel");
  if (!(await whenThere())) return;
  const found = document.querySelector(`#panel ${wanted.split(", ").join(", #panel ")}`);
  if (found && !found.matches("input, textarea, select, button, a")) found.tabIndex = -1;
  found?.focus();
  found?.select?.();
}

function combo(event) {
  const names = [
    (event.ctrlKey || event.metaKey) && "Ctrl",
    event.altKey && "Alt",
    event.shiftKey && (event.ctrlKey || event.altKey) && "Shift",
    event.key.length === 1 && (event.ctrlKey || event.altKey) ? event.key.toLowerCase() : event.key,
  ];
  return names.filter(Boolean).join("+");
}

function pressed(event) {
  if (event.defaultPrevented || event.isComposing || dialog().open) return;
  if (isWaiting && !event.ctrlKey && !event.metaKey && event.key.length === 1) return event.preventDefault();
  const row = [...document.querySelectorAll("#keys [data-runs]")].find((each) =>
    JSON.parse(each.dataset.combos).includes(combo(event)),
  );
  if (!row || isElsewhere(event, row)) return;
  event.preventDefault();
  RUNS[row.dataset.runs](event);
}

/** Tell whether a key belongs to what has the focus: text to its field, arrows to a choice, Enter to a button. */
function isElsewhere(event, row) {
  const at = event.target;
  const isText = at.matches("textarea, input:not([type=radio], [type=checkbox])");
  if (row.dataset.runs === "leave") return !at.closest("#panel");
  if (isText) return true;
  const isMove = event.key.startsWith("Arrow") && !event.altKey;
  if (isMove && !at.closest("#outline") && at !== document.body) return true;
  if (event.key === "Enter" && !at.matches("body, #outline a[aria-current]")) return true;
  if (at.matches("select") && !event.ctrlKey && !event.altKey) return true;
  return row.hasAttribute("data-alone") && !event.key.startsWith("Arrow") && !isAlone();
}

function isAlone() {
  return document.getElementById("keys-alone").checked;
}

/** Begin to listen. */
export function start() {
  const alone = document.getElementById("keys-alone");
  alone.checked = localStorage.getItem(ALONE) !== "no";
  alone.addEventListener("change", () => localStorage.setItem(ALONE, alone.checked ? "yes" : "no"));
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-action]");
    if (!button || button.dataset.do || button.getAttribute("aria-disabled") === "true") return;
    RUNS[button.dataset.action](event);
  });
}
