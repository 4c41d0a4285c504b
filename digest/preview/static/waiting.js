// Where there is no mail yet: look again when anything has changed.

const AGAIN = 2000;

new EventSource("/events").addEventListener("changed", look);
setInterval(look, AGAIN);

async function look() {
  const answer = await fetch(location.href).catch(() => null);
  if (answer?.ok) location.reload();
}
