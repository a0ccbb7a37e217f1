// Files and folders dropped on a place that takes them; the field, and the button for a folder, do the same. A few files
// are sent as the form is. Folders are sent with the paths of their files, many files some at a time.
"use strict";
(() => {
  const FEW = 150; // files that are sent at once
  const LIGHT = 40e6; // bytes
  const PART = { files: 60, bytes: 16e6 };

  // Every file below what was dropped, with its path.
  async function below(entry) {
    if (entry.isFile) {
      const file = await new Promise((done, failed) => entry.file(done, failed));
      return [{ file, path: entry.fullPath.replace(/^\//, "") }];
    }
    const reader = entry.createReader();
    const found = [];
    for (;;) { // a reader tells some at a time
      const some = await new Promise((done, failed) => reader.readEntries(done, failed));
      if (!some.length) return found;
      for (const one of some) found.push(...await below(one));
    }
  }

  const isWanted = ({ file, path }) => file.size && !/(^|\/)(\.|~\$|Thumbs\.db|desktop\.ini)/i.test(path);
  const weight = (taken) => taken.reduce((sum, one) => sum + one.file.size, 0);

  function body(taken) {
    const made = new FormData();
    for (const { file, path } of taken) made.append("files", file, path);
    return made;
  }

  function inParts(taken) {
    const parts = [[]];
    for (const one of taken) {
      const last = parts[parts.length - 1];
      const isFull = last.length >= PART.files || (last.length && weight(last) + one.file.size > PART.bytes);
      if (isFull) parts.push([one]);
      else last.push(one);
    }
    return parts;
  }

  function tell(place, ...shown) { place.querySelector("[data-state]").replaceChildren(...shown); }

  // One part after the other, so that it can be seen and stopped; what was sent stays.
  async function sendInParts(place, taken) {
    const bar = document.createElement("progress");
    const told = document.createElement("p");
    const stop = document.createElement("button");
    let stopped = false;
    bar.max = taken.length;
    bar.setAttribute("aria-label", "已放上的文件");
    stop.type = "button";
    stop.textContent = "停止";
    stop.addEventListener("click", () => { stopped = true; stop.disabled = true; });
    tell(place, told, bar, stop);
    let sent = 0;
    for (const part of inParts(taken)) {
      told.textContent = `已放上 ${sent} / ${taken.length} 个文件`;
      bar.value = sent;
      if (stopped) break;
      const answer = await fetch(place.dataset.parts, { method: "POST", body: body(part), headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error((await answer.json()).error);
      sent += part.length;
    }
    if (stopped && sent < taken.length) {
      tell(place, `已停止：放上了 ${sent} 个文件，其余 ${taken.length - sent} 个没有放。放上的已经收下，可以点“收表”，也可以再放一次。`);
      return;
    }
    const then = document.createElement("form");
    then.method = "post";
    then.action = place.dataset.then;
    document.body.append(then);
    then.submit();
  }

  // All at once, with their paths; on to the page that the answer leads to.
  async function sendFolder(place, taken) {
    tell(place, `正在放上 ${taken.length} 个文件…`);
    const answer = await fetch(place.action, { method: "POST", body: body(taken) });
    if (answer.ok && answer.redirected) { location.href = answer.url; return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    throw new Error([...page.querySelectorAll("main p")].slice(0, 1).map((one) => one.textContent.trim()).join("") || String(answer.status));
  }

  async function send(place, all) {
    const taken = all.filter(isWanted);
    try {
      if (!taken.length) tell(place, "里面没有文件。");
      else if (place.dataset.parts) await sendInParts(place, taken);
      else await sendFolder(place, taken);
    } catch (error) {
      tell(place, `没有放上：${error.message === "Failed to fetch" ? "文件刚才改动了，或程序没有回应，请再试一次" : error.message}`);
    }
  }

  const isMuch = (files) => files.length > FEW || weight([...files].map((file) => ({ file }))) > LIGHT;
  const alone = (file) => ({ file, path: file.webkitRelativePath || file.name });

  function take(place, field, files) {
    if (place.dataset.parts && isMuch(files)) { send(place, [...files].map(alone)); return; }
    const taken = new DataTransfer();
    for (const one of field.multiple ? files : [files[0]]) taken.items.add(one);
    field.files = taken.files;
    if (place.reportValidity()) place.requestSubmit();
  }

  for (const place of document.querySelectorAll("[data-drop]")) {
    const field = place.querySelector("input[type=file]");
    const over = (on) => place.classList.toggle("over", on);
    place.addEventListener("dragover", (event) => { event.preventDefault(); over(true); });
    place.addEventListener("dragleave", () => over(false));
    place.addEventListener("drop", async (event) => {
      event.preventDefault();
      over(false);
      const entries = [...event.dataTransfer.items].map((one) => one.webkitGetAsEntry?.()).filter(Boolean);
      const files = [...event.dataTransfer.files];
      if (field.multiple && entries.some((one) => one.isDirectory)) {
        const found = [];
        for (const one of entries) found.push(...await below(one));
        await send(place, found);
      } else if (files.length) take(place, field, files);
    });
    place.addEventListener("submit", (event) => {
      if (!place.dataset.parts || !isMuch(field.files)) return;
      event.preventDefault();
      send(place, [...field.files].map(alone));
    });
    const folder = place.querySelector("input[webkitdirectory]");
    place.querySelector("[data-folder]")?.addEventListener("click", () => folder.click());
    folder?.addEventListener("change", () => { if (folder.files.length) send(place, [...folder.files].map(alone)); });
  }
})();
