// Texts that could not be saved yet, kept in the browser's tab over a reload: none is ever thrown away.

const PREFIX = `desk ${document.body.dataset.issue} `;

/** Keep what is to be sent for the field `id`. */
export function keep(id, write) {
  try {
    sessionStorage.setItem(PREFIX + id, JSON.stringify(write));
  } catch {
    /* the field itself still has it */
  }
}

/** Forget what was kept for the field `id`. */
export function forget(id) {
  try {
    sessionStorage.removeItem(PREFIX + id);
  } catch {
    /* nothing was kept */
  }
}

/** What is kept, by the field's id. */
export function kept() {
  const found = new Map();
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(PREFIX)) found.set(key.slice(PREFIX.length), JSON.parse(sessionStorage.getItem(key)));
    }
  } catch {
    /* nothing was kept */
  }
  return found;
}
