// The mail in its frame. A new one is loaded behind the old one and takes its place when it is there: nothing flickers.
// The frame is sandboxed and of no origin: no script reaches into it, so its place is kept by the address's anchor.

import { facts } from "/static/facts.js";

const NARROWEST = { desktop: 640, dark: 640, "images-off": 640, web: 640, clients: 640, "last-issue": 640, "last-build": 640 };
const stage = document.getElementById("stage");
let current = stage.querySelector("iframe");
let coming = null;

/** Show the mail that the page tells of, at the story at hand. */
export function show() {
  const { view, drafted, story } = facts();
  stage.dataset.view = view;
  fit();
  const at = `/frame/${view}?v=${encodeURIComponent(drafted)}`;
  const anchor = story ? `#entry-${story}` : "";
  const latest = coming ?? current;
  if (latest.dataset.at === at) {
    if (latest.dataset.anchor !== anchor) turn(latest, at, anchor);
    return;
  }
  load(at, anchor);
}

function turn(frame, at, anchor) {
  frame.dataset.anchor = anchor;
  // An address that differs in its anchor alone scrolls and loads nothing.
  if (anchor) frame.contentWindow?.location.replace(new URL(at + anchor, location.href).href);
}

/** A mail that came before its frame had a size stands where that of no width would: it goes to its place again. */
function settle(frame) {
  requestAnimationFrame(() => turn(frame, frame.dataset.at, frame.dataset.anchor));
}

function load(at, anchor) {
  coming?.remove();
  const frame = current.cloneNode();
  frame.className = "coming";
  frame.title = `The mail: ${document.querySelector(".views a[aria-current]")?.textContent ?? ""}`;
  frame.tabIndex = -1;
  frame.addEventListener("load", () => frame === coming && swap(frame), { once: true });
  coming = frame;
  stage.dataset.busy = "";
  address(frame, at, anchor);
  stage.append(frame);
}

function swap(frame) {
  frame.className = "";
  frame.removeAttribute("tabindex");
  current.remove();
  current = frame;
  coming = null;
  settle(frame);
  delete stage.dataset.busy;
}

function address(frame, at, anchor) {
  frame.dataset.at = at;
  frame.dataset.anchor = anchor;
  frame.src = at + anchor;
}

/** Where there is less room than a desktop's mail takes, it is shown smaller. */
function fit() {
  const narrowest = NARROWEST[stage.dataset.view] ?? 0;
  const zoom = narrowest ? Math.min(1, stage.clientWidth / narrowest) : 1;
  stage.style.setProperty("--zoom", String(Math.max(zoom, 0.4)));
}

/** Take over the frame that came with the page. */
export function start() {
  const { view, drafted, story } = facts();
  current.dataset.at = `/frame/${view}?v=${encodeURIComponent(drafted)}`;
  current.dataset.anchor = story ? `#entry-${story}` : "";
  stage.dataset.view = view;
  if (document.readyState === "complete") settle(current);
  else addEventListener("load", () => settle(current), { once: true });
  new ResizeObserver(fit).observe(stage);
}
