// What was left out: search and filter, in the page, as one types.

import { whenShown } from "/static/page.js";

let looked = { words: "", why: "" };

function look() {
  const search = document.getElementById("search");
  if (!search) return;
  const why = document.getElementById("why-out").value;
  looked = { words: search.value, why };
  const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const rows = [...document.querySelectorAll(".out-row")];
  for (const row of rows) row.hidden = !(fits(row, why) && words.every((word) => row.textContent.toLocaleLowerCase().includes(word)));
  const found = rows.filter((row) => !row.hidden).length;
  const told = words.length || why ? `${found} of ${rows.length}` : "";
  const line = document.getElementById("found");
  if (line.textContent !== told) line.textContent = told;
}

function fits(row, why) {
  return !why || (why === "offered" ? row.hasAttribute("data-offered") : row.dataset.code === why);
}

/** What was looked for is looked for again when the panel comes back. */
function shown() {
  const search = document.getElementById("search");
  if (!search) return;
  if (document.activeElement !== search && !search.value) search.value = looked.words;
  const why = document.getElementById("why-out");
  if (!why.value && [...why.options].some((each) => each.value === looked.why)) why.value = looked.why;
  look();
}

/** Begin to listen. */
export function start() {
  document.addEventListener("input", (event) => ["search", "why-out"].includes(event.target.id) && look());
  whenShown(shown);
  shown();
}
