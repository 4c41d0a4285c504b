// Light, dark, or as the system is: chosen here, kept in the browser.

const NAMES = { "": "System", light: "Light", dark: "Dark" };

function chosen() {
  return document.documentElement.dataset.scheme ?? "";
}

function tell() {
  document.getElementById("scheme-name").textContent = NAMES[chosen()];
}

/** Go from the system's to light, to dark, and back. */
export function next() {
  const names = Object.keys(NAMES);
  const scheme = names[(names.indexOf(chosen()) + 1) % names.length];
  if (scheme) document.documentElement.dataset.scheme = scheme;
  else delete document.documentElement.dataset.scheme;
  localStorage.setItem("desk-scheme", scheme);
  tell();
}

/** Say which it is. */
export function start() {
  tell();
}
