// The desk's HTTP: JSON out and in, and whether it answers at all.

const AGAIN = 1500;
const LASTING = 20_000; // characters: a browser keeps 64 KiB alive, and refuses to send more that way at all
let lost = false;
let waiting = [];

/** Post `body`; give its status (0: the desk did not answer) and what it said. */
export async function post(path, body) {
  const text = JSON.stringify(body);
  try {
    const answer = await fetch(path, {
      method: "POST",
      keepalive: text.length < LASTING, // a text that is sent while the tab is being closed arrives all the same
      headers: { "Content-Type": "application/json" },
      body: text,
    });
    heard(answer);
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
    heard(answer);
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
  banner("The desk does not answer. Is digest preview still running? What you type is kept here and saved when it is back.");
  setTimeout(ask, AGAIN);
}

function banner(words) {
  const line = document.getElementById("lost");
  line.textContent = words;
  line.hidden = !words;
}

/** An answer came. Of a desk that was started again it is a refusal: it knows nobody who has not its new address. */
function heard(answer) {
  if (answer.status === 403) {
    lost = true;
    banner("The desk was started again. Open the address that digest preview printed in this tab: what is not saved is kept here.");
  } else {
    isThere();
  }
}

async function ask() {
  try {
    heard(await fetch("/static/desk.svg", { cache: "no-store" }));
  } catch {
    setTimeout(ask, AGAIN);
  }
}

function isThere() {
  if (!lost) return;
  lost = false;
  banner("");
  for (const back of waiting) back();
}
