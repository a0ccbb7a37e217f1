// A file dropped on a place that takes files is put into its field and sent; the field and its button do the same.
"use strict";
for (const place of document.querySelectorAll("[data-drop]")) {
  const field = place.querySelector("input[type=file]");
  const over = (on) => place.classList.toggle("over", on);
  place.addEventListener("dragover", (event) => { event.preventDefault(); over(true); });
  place.addEventListener("dragleave", () => over(false));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    const files = event.dataTransfer.files;
    if (!files.length) return;
    const taken = new DataTransfer();
    for (const one of field.multiple ? files : [files[0]]) taken.items.add(one);
    field.files = taken.files;
    if (place.reportValidity()) place.requestSubmit();
  });
}
