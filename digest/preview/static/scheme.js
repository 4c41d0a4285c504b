// Light or dark as it was chosen here, before anything is painted. Without a choice the system decides.
try {
  const chosen = localStorage.getItem("desk-scheme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.scheme = chosen;
} catch { /* a browser that keeps nothing follows the system */ }
