// Findings on a template are marked where their tag stands in the preview; their number leads there.
"use strict";
(() => {
  const place = document.getElementById("preview");
  const listed = [...document.querySelectorAll(".marked li[data-tag]")];
  const plain = (text) => text.replace(/\s+/g, "");
  function mark() {
    const paragraphs = [...place.querySelectorAll("p")];
    for (const item of listed) {
      if (item.querySelector("a")) continue;
      const tag = plain(item.dataset.tag);
      const found = paragraphs.find((one) => plain(one.textContent).includes(tag));
      if (!found) continue;
      found.id = found.id || `marked-${listed.indexOf(item)}`;
      found.classList.add("marked-here");
      const way = document.createElement("a");
      way.href = `#${found.id}`;
      way.textContent = "看这一处";
      item.append(" ", way);
    }
  }
  if (listed.length) new MutationObserver(mark).observe(document.getElementById("preview-state"), { childList: true });
})();
