// The desk's HTTP: JSON out and in, and whether it answers at all.

const AGAIN = 1500;
let lost = false;
let waiting = [];

/** Post `body`; give its status (0: the desk did not answer) and what it said. */
export async function post(path, body) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    isThere();
    const said = await answer.json().catch(() => ({}));
    return { ...said, status: answer.status, ok: answer.ok };
  } catch {
    isLost();
    return { status: 0, ok: false };
  }
}

/** Get a page as a document; null where the desk does not answer, or not with a page. */
export async function page(url) {
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" } });
    isThere();
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    isLost();
    return null;
  }
}

/** Call `back` each time the desk answers again. */
export function whenBack(back) {
  waiting.push(back);
}

/** Say that the desk does not answer, and ask until it does. */
export function isLost() {
  if (lost) return;
  lost = true;
  const banner = document.getElementById("lost");
  banner.textContent =
    "The desk does not answer. Is digest preview still running? What you type is kept here and saved when it is back.";
  banner.hidden = false;
  setTimeout(ask, AGAIN);
}

async function ask() {
  try {
    await fetch("/static/desk.svg", { cache: "no-store" });
    isThere();
  } catch {
    setTimeout(ask, AGAIN);
  }
}

function isThere() {
  if (!lost) return;
  lost = false;
  document.getElementById("lost").hidden = true;
  for (const back of waiting) back();
}
