// What happened, in words: shown for some seconds, and read out by a screen reader.

const SHOWN = 6000;
let timer = 0;

/** Say one thing; a second one takes its place. */
export function say(words) {
  const line = document.getElementById("said");
  clearTimeout(timer);
  line.textContent = "";
  // A live region reads only what changes: the same words twice are two events.
  requestAnimationFrame(() => (line.textContent = words));
  timer = setTimeout(() => (line.textContent = ""), SHOWN);
}
