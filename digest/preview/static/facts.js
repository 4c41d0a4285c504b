// What the page says of itself, in the bar: version, drafted, view, story, panel, built, trouble, locked, undo.

/** The page's facts, as the desk has told them last. */
export function facts() {
  return document.getElementById("bar").dataset;
}
