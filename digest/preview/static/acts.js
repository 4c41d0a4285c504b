// What buttons, choices and forms do: each has its decision written on it, and this sends it.

import { facts } from "/static/facts.js";
import { give, sendAll } from "/static/fields.js";
import { kept } from "/static/kept.js";
import { go, refresh, side } from "/static/page.js";
import { say } from "/static/say.js";
import { fault, write } from "/static/writes.js";

const inSight = new WeakMap();

/** Send a decision, made in sight of the page or of the version `seen`; say what came of it; show the page with it. */
export async function decide(decision, seen) {
  return done(await write("/do", { decision }, seen));
}

async function done(answer, place) {
  if (answer.ok) say(answer.words ?? "Done");
  else if (answer.status === 409) say(`Not done: ${answer.words ?? "this was changed elsewhere meanwhile"}. The page shows it now.`);
  else say(`Not done: ${fault(answer)}`);
  await refresh();
  return answer.ok;
}

/** Undo or redo; a text that is being typed is saved first. */
export async function turnBack(path) {
  await sendAll();
  return done(await write(path, {}));
}

/** The row behind or before the one at hand in the outline. */
export function neighbour(step) {
  const links = [...document.querySelectorAll("#outline a[data-story]")];
  const at = links.findIndex((link) => link.dataset.story === facts().story);
  return at < 0 ? links[step > 0 ? 0 : links.length - 1] : links[at + step];
}

async function pressed(button) {
  if (button.getAttribute("aria-disabled") === "true") return;
  // A new page may make another button of this one: what it says is read before anything is sent.
  const decision = JSON.parse(button.dataset.do);
  const { then } = button.dataset;
  const field = button.dataset.for && document.getElementById(button.dataset.for);
  if (field && decision.text !== undefined && decision.text !== null) give(field, decision.text);
  const leaves = decision.do === "drop" || decision.do === "hold" || decision.act === "unlink" || decision.act === "unpromo";
  const next = leaves && button.closest("#panel")?.dataset.panel === "story" ? (neighbour(1) ?? neighbour(-1)) : null;
  const { story, panel } = facts();
  await sendAll();
  if (!(await decide(decision))) return;
  if (facts().story !== story || facts().panel !== panel) return; // she has gone elsewhere meanwhile
  if (then) go({ story: then, panel: "story" });
  if (next) go({ story: next.dataset.story, side: document.body.dataset.side });
}

function chosen(input) {
  if (input.dataset.do) return decide(JSON.parse(input.dataset.do));
  const value = input.hasAttribute("data-none") && !input.value ? null : input.value;
  return decide({ ...JSON.parse(input.dataset.decide), [input.dataset.value]: value });
}

/** Another picture needs an address: the field for it, and nothing is decided yet. */
function showOther(isWanted) {
  const field = document.getElementById("image-other");
  field.hidden = !isWanted;
  if (isWanted) field.querySelector("input").focus();
}

async function submitted(form) {
  const told = form.querySelector(".told");
  const given = Object.fromEntries(new FormData(form));
  told.textContent = "";
  const answer = await sent(form, given);
  if (answer.ok) {
    for (const each of form.querySelectorAll("[data-unsaved]")) each.removeAttribute("data-unsaved");
    inSight.delete(form);
    if (form.hasAttribute("data-new")) form.reset();
    return done(answer);
  }
  // Who sends it once more has read what was changed meanwhile, and wants it so.
  if (answer.status === 409) inSight.set(form, answer.version);
  told.toggleAttribute("data-grave", true);
  told.textContent = fault(answer);
  say(`Not done: ${fault(answer)}`);
  return false;
}

async function sent(form, given) {
  await sendAll();
  // What could not be saved is not in what would be approved.
  if (form.hasAttribute("data-approves") && kept().size) return { ok: false, message: "a text is not saved: see to it first" };
  if (form.hasAttribute("data-approves")) return write("/approve", { drafted: facts().drafted, ...given });
  if (form.dataset.waives) return write("/waive", { ...JSON.parse(form.dataset.waives), ...given });
  const link = Object.fromEntries(Object.entries(given).filter(([name, value]) => name !== "section" || value));
  return write("/do", { decision: { ...JSON.parse(form.dataset.adds), ...link } }, () => inSight.get(form));
}

/** What is typed into a form is nobody's yet: a new page leaves it alone until it is sent, and so it is of the old one. */
function typed(field) {
  const form = field.closest("form");
  if (!form) return;
  field.setAttribute("data-unsaved", "");
  if (!inSight.has(form)) inSight.set(form, facts().version);
}

function clicked(event) {
  const target = event.target.closest("a, button");
  if (!target || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { story, panel, view } = target.dataset;
  if (target.tagName === "A" && (story || panel || view)) {
    event.preventDefault();
    go({ ...(story && { story, panel: "story" }), ...(panel && { panel }), ...(view && { view }) });
  } else if (target.tagName === "A" && target.dataset.side) {
    event.preventDefault();
    side(target.dataset.side);
    document.getElementById(target.dataset.side).focus();
  } else if (target.dataset.do) {
    pressed(target);
  } else if (target.dataset.posts) {
    write(target.dataset.posts, JSON.parse(target.dataset.body)).then(done);
  }
}

function changed(event) {
  const { target } = event;
  if (target.name === "image") showOther(target.value === "other");
  if (target.matches("select[data-decide], input[type=radio][data-decide], input[type=radio][data-do]")) chosen(target);
}

/** Begin to listen. */
export function start() {
  document.addEventListener("click", clicked);
  document.addEventListener("change", changed);
  document.addEventListener("input", ({ target }) => typed(target));
  document.addEventListener("submit", (event) => {
    if (event.target.method === "dialog") return;
    event.preventDefault();
    submitted(event.target);
  });
}
