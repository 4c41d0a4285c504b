// The page and its address: where the editor is, and how the page becomes what the desk says it is now.

import { Idiomorph } from "/vendor/idiomorph.js";
import { facts } from "/static/facts.js";
import { page } from "/static/talk.js";
import { begun, settled } from "/static/writes.js";

const PARTS = ["bar", "outline", "mail-head", "sides", "panel"];
const AT_HAND = "#outline a[data-story][aria-current]";
const shown = [];
const awaited = new Set();
let running = null;
let again = false;
let lost = null;
let inSight = document.querySelector(AT_HAND)?.dataset.story;

/** Call `back` after each time that the page was brought up to date. */
export function whenShown(back) {
  shown.push(back);
}

/** Go to another story, panel or view; the rest stays. What can be shown at once is; the desk fills in the rest. */
export function go({ side: shownSide = "panel", ...place }) {
  const bar = facts();
  const to = { view: bar.view, story: bar.story, panel: bar.panel, ...place };
  Object.assign(bar, to);
  history.replaceState(null, "", `?${new URLSearchParams(to)}`);
  mark("#outline a[data-story]", (link) => link.dataset.story === to.story, "true");
  mark("#sides a[data-panel]", (link) => link.dataset.panel === to.panel, "page");
  mark(".views a", (link) => link.dataset.view === to.view, "page");
  if (place.panel || place.story) side(shownSide);
  return refresh();
}

/** Settled when the panel shows what it is to show, the story at hand and not the one before; or when it cannot be had. */
export async function arrived() {
  const isThere = () => {
    const { story, panel } = document.getElementById("panel").dataset;
    return story === facts().story && panel === facts().panel;
  };
  if (isThere()) return true;
  let look;
  const shows = new Promise((settle) => (look = () => isThere() && settle(true)));
  awaited.add(look);
  return Promise.race([shows, refresh().then(isThere)]).finally(() => awaited.delete(look));
}

function mark(links, isThat, value) {
  for (const link of document.querySelectorAll(links)) {
    if (isThat(link)) link.setAttribute("aria-current", value);
    else link.removeAttribute("aria-current");
  }
}

/** On a narrow screen: show the stories, the panel or the mail. */
export function side(name) {
  document.body.dataset.side = name;
}

/**
 * Bring the page up to date. Who asks meanwhile is answered by one more round, and while something is being written
 * nothing is asked: what came would be older than what the editor sees already.
 */
export function refresh() {
  again = true;
  running ??= rounds().finally(() => (running = null));
  return running;
}

async function rounds() {
  while (again) {
    again = false;
    let before;
    do {
      before = begun();
      await settled();
    } while (begun() !== before); // a write may begin in the very moment in which the last one is settled
    const { view, story, panel } = facts();
    const fresh = await page(`/?${new URLSearchParams({ view, story, panel })}`);
    const now = facts();
    const isOld = begun() !== before || now.story !== story || now.panel !== panel || now.view !== view;
    again ||= isOld;
    if (!fresh || isOld) continue; // one that was only asked for again meanwhile is shown: the mail need not wait
    const focused = document.activeElement;
    lost = PARTS.find((id) => document.getElementById(id).contains(focused)) ?? lost;
    for (const id of PARTS.filter(isFree)) morph(document.getElementById(id), fresh.getElementById(id));
    if (document.activeElement !== document.body) lost = null;
    else if (lost) catchFocus();
    bringIntoSight();
    document.title = fresh.title;
    for (const back of [...shown, ...awaited]) back();
  }
}

/**
 * What had the focus is gone. It falls to the link that leads to the panel; from the outline to the story at hand, which
 * may come with the next page alone.
 */
function catchFocus() {
  const heir = document.querySelector(lost === "outline" ? AT_HAND : "#sides a[aria-current]");
  heir?.focus();
  if (heir) lost = null;
}

/** Let another story that is at hand now be seen in the outline, wherever it was put. */
function bringIntoSight() {
  const row = document.querySelector(AT_HAND);
  if (row && row.dataset.story !== inSight) row.scrollIntoView({ block: "nearest" });
  inSight = row?.dataset.story;
}

/** While a story is held, to be dragged, the outline is in the editor's hand. */
function isFree(id) {
  return id !== "outline" || !document.body.classList.contains("holding");
}

function morph(old, fresh) {
  if (!old || !fresh) return;
  const scrolled = old.id === "panel" && old.dataset.panel + old.dataset.story !== fresh.dataset.panel + fresh.dataset.story;
  const callbacks = { beforeNodeMorphed: isTaken, beforeAttributeUpdated: isUpdated };
  // For Idiomorph the value of an element is all that is in it: only of a field is it to be left alone.
  const ignoreActiveValue = document.activeElement.matches("input, textarea");
  Idiomorph.morph(old, fresh, { ignoreActiveValue, callbacks });
  if (scrolled) old.scrollTop = 0;
}

/** Tell Idiomorph to leave what the script owns, a text that is not saved, and the choice of a picture half made. */
function isTaken(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) return true;
  if (old.matches("fieldset.image") && old.id === fresh.id) {
    return !old.querySelector("[data-shows]:checked") || Boolean(fresh.querySelector("[data-shows][checked]"));
  }
  return !(old.hasAttribute("data-kept") || old.hasAttribute("data-unsaved"));
}

/** What is folded open stays open. */
function isUpdated(name, element) {
  return !(name === "open" && element.tagName === "DETAILS");
}
