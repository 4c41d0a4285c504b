// Fields: what is typed is sent a moment later, on leaving the field at the latest, and kept until it is saved.

import { facts } from "/static/facts.js";
import { forget, keep, kept } from "/static/kept.js";
import { refresh, whenShown } from "/static/page.js";
import { say } from "/static/say.js";
import { whenBack } from "/static/talk.js";
import { fault, postAll, whenWriting, write } from "/static/writes.js";

const PAUSE = 400;
const TYPED = "textarea[data-decide], input[data-decide]:not([type=radio], [type=checkbox])";
const UNSPACED = /[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]/g;
const timers = new Map();
const seen = new WeakMap();
const grounds = new WeakMap(); // by field: the text that stood in it at the version that is `seen`
const sending = new WeakMap();
let writing = 0;
let hadTrouble = false;

/** Count as the lead's budget does: characters, or words; where a script has no spaces, two letters are a word. */
export function count(text, unit) {
  if (unit === "characters") return [...text].length;
  const unspaced = text.match(UNSPACED)?.length ?? 0;
  return text.split(/\s+/).filter(Boolean).length + Math.floor((unspaced + 1) / 2);
}

function showCount(field) {
  const place = document.getElementById(`${field.id}-count`);
  if (!place?.dataset.unit) return;
  const { unit, most } = place.dataset;
  const number = count(field.value, unit);
  const isOver = most && number > Number(most);
  place.textContent = `${number} ${number === 1 ? unit.slice(0, -1) : unit}${isOver ? `, ${most} fit` : ""}`;
  place.classList.toggle("over", Boolean(isOver));
}

/** Say something below a field; `choices` are buttons there. */
function tell(field, words, { grave = false, choices = [] } = {}) {
  const place = document.getElementById(`${field.id}-told`);
  if (!place) return;
  place.textContent = words;
  place.toggleAttribute("data-grave", grave);
  if (grave) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  for (const [name, act] of choices) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", act);
    place.append(" ", button);
  }
}

function typed(field) {
  if (field.value === field.dataset.saved && !sending.has(field)) {
    clear(field);
    showCount(field);
    return state();
  }
  if (!field.hasAttribute("data-unsaved")) {
    field.setAttribute("data-unsaved", "");
    if (!seen.has(field)) seen.set(field, facts().version);
  }
  keep(field.id, { value: field.value, seen: seen.get(field) });
  showCount(field);
  state();
  clearTimeout(timers.get(field));
  timers.set(field, setTimeout(() => send(field), PAUSE));
}

/** Send what a field has, if that is not saved. */
export async function send(field) {
  clearTimeout(timers.get(field));
  timers.delete(field);
  if (!field.hasAttribute("data-unsaved")) return;
  const value = field.tagName === "TEXTAREA" && field.rows < 5 ? field.value.replace(/\s*\n\s*/g, " ") : field.value;
  if (field.hasAttribute("data-needed") && !value.trim()) {
    tell(field, "It cannot be empty. What was saved last still stands.", { grave: true });
    return;
  }
  const decision = { ...JSON.parse(field.dataset.decide), [field.dataset.value]: value };
  if (field.dataset.clash === value) return;
  if (sending.get(field)?.value === value) return sending.get(field).done;
  const done = write("/do", { decision }, () => seen.get(field) ?? facts().version);
  sending.set(field, { value, done });
  const answer = await done;
  if (sending.get(field)?.done === done) sending.delete(field);
  // What was sent as the page was left, and is sent again by the next one, stands already: nobody was quicker.
  if (answer.ok || (answer.status === 409 && answer.theirs === value)) saved(field, value, answer);
  else await refused(field, value, answer);
  state();
}

function saved(field, value, answer) {
  seen.set(field, answer.version);
  grounds.set(field, value);
  field.dataset.saved = value;
  tell(field, "");
  if (field.value === value || field.value.replace(/\s*\n\s*/g, " ") === value) {
    field.removeAttribute("data-unsaved");
    forget(field.id);
  }
  refresh();
}

// A text that was changed elsewhere meanwhile is sent again when the editor says so, or has written another.
function refused(field, value, answer) {
  const isElsewhere = answer.status === 409 && answer.theirs === grounds.get(field);
  if (isElsewhere && answer.version && seen.get(field) !== answer.version) {
    // The file was changed, but not this text: what it is to replace is what the editor has seen.
    seen.set(field, answer.version);
    return send(field);
  }
  if (answer.status === 409) {
    field.dataset.clash = value;
    const mine = () => {
      delete field.dataset.clash;
      seen.set(field, answer.version);
      send(field);
    };
    const theirs = () => give(field, answer.theirs ?? "");
    const words = `Meanwhile this was changed elsewhere, to “${answer.theirs ?? ""}”.`;
    tell(field, words, { grave: true, choices: [["Keep mine", mine], ["Take that", theirs]] });
    say("Not saved: it was changed elsewhere meanwhile. Both texts are shown at the field.");
  } else {
    tell(field, answer.status ? fault(answer) : "Not saved yet: the desk does not answer.", { grave: true });
  }
}

function clear(field) {
  clearTimeout(timers.get(field));
  timers.delete(field);
  field.removeAttribute("data-unsaved");
  delete field.dataset.clash;
  forget(field.id);
  tell(field, "");
}

/** Put the desk's text into a field again. */
export function give(field, value) {
  field.value = value;
  clear(field);
  showCount(field);
  state();
  refresh();
}

/** Send all that is typed and not saved; settled when the desk has answered. */
export function sendAll() {
  return Promise.all([...document.querySelectorAll("[data-unsaved][data-decide]")].map(send));
}

/** Tell whether anything that was typed is not saved: a text, or a piece from elsewhere that is not added yet. */
function isUnsaved() {
  const added = [...document.querySelectorAll("form[data-adds] [data-unsaved]")];
  const isText = kept().size > 0 || document.querySelector("[data-unsaved][data-decide]") !== null;
  return isText || added.some((field) => field.value !== field.defaultValue);
}

/** The tab is about to be closed, or another page to be opened in it. A browser asks in words of its own. */
function leaving(event) {
  void sendAll();
  if (isUnsaved()) event.preventDefault();
}

function state() {
  const line = document.getElementById("saving");
  const unsaved = kept().size;
  const isTyping = timers.size > 0 || writing > 0;
  const isBuilt = facts().built === "yes";
  const [name, words] = isTyping
    ? writing > 0
      ? ["saving", "Saving…"]
      : ["typing", "Typing…"]
    : unsaved
      ? ["unsaved", unsaved === 1 ? "One text is not saved" : `${unsaved} texts are not saved`]
      : facts().trouble === "yes"
        ? ["saved", "Saved, no new mail"]
        : isBuilt
          ? ["built", "Saved, built"]
          : ["saved", "Saved, building…"];
  if (line.dataset.state !== name) line.dataset.state = name;
  if (line.textContent !== words) line.textContent = words;
}

/** After a new page: counts, versions, and what is kept for fields that are here again. */
function shown() {
  // What was refused while something was wrong is sent again once that is mended.
  if (hadTrouble && facts().trouble === "no") void sendAll();
  hadTrouble = facts().trouble === "yes";
  const waiting = kept();
  for (const field of document.querySelectorAll(TYPED)) {
    if (!field.hasAttribute("data-unsaved")) restore(field, waiting.get(field.id));
    showCount(field);
  }
  state();
}

function restore(field, write) {
  if (write && write.value !== field.dataset.saved) {
    field.value = write.value;
    field.setAttribute("data-unsaved", "");
    seen.set(field, write.seen);
    grounds.delete(field);
    tell(field, "This was typed and is not saved yet.", { grave: true });
    timers.set(field, setTimeout(() => send(field), PAUSE));
    return;
  }
  if (write) forget(field.id);
  // In a field that is being read nothing changes under the cursor: its text is of the version before.
  if (field.value !== field.dataset.saved) return;
  seen.set(field, facts().version);
  grounds.set(field, field.dataset.saved);
}

function left(field) {
  if (field.hasAttribute("data-unsaved")) {
    send(field);
  } else if (field.value !== field.dataset.saved) {
    give(field, field.dataset.saved);
  }
}

/** Begin to listen. */
export function start() {
  document.addEventListener("input", (event) => event.target.matches?.(TYPED) && typed(event.target));
  document.addEventListener("focusout", (event) => event.target.matches?.(TYPED) && left(event.target));
  addEventListener("beforeunload", leaving);
  addEventListener("pagehide", () => {
    void sendAll();
    postAll();
  });
  // A browser may end a tab that is not seen, without a word.
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && void sendAll());
  whenWriting((number) => {
    writing = number;
    state();
  });
  whenBack(() => void sendAll());
  whenShown(shown);
  shown();
}
