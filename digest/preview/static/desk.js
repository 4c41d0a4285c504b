// The desk: each part listens to what is its own; the desk's events bring the page up to date.

import * as acts from "/static/acts.js";
import { facts } from "/static/facts.js";
import * as fields from "/static/fields.js";
import * as frames from "/static/frames.js";
import * as keys from "/static/keys.js";
import * as moves from "/static/moves.js";
import { refresh, side, whenShown } from "/static/page.js";
import * as reach from "/static/reach.js";
import { say } from "/static/say.js";
import * as schemes from "/static/schemes.js";
import { isLost, whenBack } from "/static/talk.js";
import { isOurs, isShared } from "/static/writes.js";

side(new URLSearchParams(location.search).get("panel") ? "panel" : "outline");
let version = facts().version;
for (const part of [schemes, frames, fields, acts, moves, reach, keys]) part.start();
whenShown(frames.show);
whenShown(tellOfOthers);
whenBack(refresh);

/** What another window, another editor or a text editor has done is said, not only shown. */
function tellOfOthers() {
  const now = facts();
  const what = isShared(now.version) ? " too" : now.undo && `: ${now.undo}`;
  if (now.version !== version && !isOurs(now.version)) say(`Changed elsewhere${what}`);
  version = now.version;
}

const events = new EventSource("/events");
for (const name of ["changed", "built", "problem"]) events.addEventListener(name, refresh);
// Closed for good: a browser does not ask again by itself after an answer that is no stream.
events.addEventListener("error", () => events.readyState !== EventSource.OPEN && isLost());
