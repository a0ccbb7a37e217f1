// What every page does: says that it is open, and tells when nobody answers.
"use strict";
(() => {
  const page = Math.random().toString(36).slice(2);
  const lost = document.getElementById("lost");

  async function alive() {
    try {
      await fetch(`/alive?page=${page}`, { method: "POST" });
      if (lost && !lost.dataset.kept) lost.hidden = true;
    } catch {
      if (lost) lost.hidden = false;
    }
  }
  alive();
  setInterval(alive, 15000);
  addEventListener("pagehide", () => navigator.sendBeacon(`/closed?page=${page}`));
  addEventListener("pageshow", (event) => { if (event.persisted) alive(); });

  // A file dropped beside the place meant for it must not take the page away.
  for (const kind of ["dragover", "drop"]) {
    addEventListener(kind, (event) => {
      if (!event.target.closest?.("[data-drop]")) event.preventDefault();
    });
  }
})();
