// The form: each change is saved at once; what it brings about (findings, computed values) is shown beside its field.
"use strict";
(() => {
  const paper = document.getElementById("paper");
  const unit = paper.dataset.unit;
  const section = paper.dataset.section;
  const said = document.getElementById("saved");
  const lost = document.getElementById("lost");
  const KEPT = `reportgen ${unit}`; // what is typed and not saved yet lies here: a browser may be killed
  const WAIT = 80; // milliseconds after the last key
  const LONGEST = 1000; // and at most so long after the first: who types on and on is saved, too
  let digest = paper.dataset.digest;
  let waiting = new Map(); // path → {path, text, was}
  let timer = 0;
  let since = 0; // when the first of what waits was typed

  const FIELDS = "input[data-dotted], textarea[data-dotted], select[data-dotted]";
  let byPath = new Map();
  let byDotted = new Map();
  const control = (dotted) => byDotted.get(dotted);

  // The field with that path, or that of which it is a part: what is told of 叙述.存在问题[2] stands beside 叙述.存在问题.
  function nearest(dotted) {
    for (let path = dotted; path; path = path.replace(/(\.[^.[\]]+|\[\d+\]|^[^.[\]]+)$/, "")) {
      const found = control(path) ?? firstPart.get(path);
      if (found) return found;
      if (!/\]$|\.(问题|原因|措施|责任|时限)$/.test(path)) return undefined;
    }
    return undefined;
  }

  let firstPart = new Map(); // of a value that was given in parts: its path → the field of its first part

  function learn() {
    byPath = new Map();
    byDotted = new Map();
    firstPart = new Map();
    for (const table of paper.querySelectorAll("table.grid")) nameCells(table);
    for (const one of paper.querySelectorAll(FIELDS)) {
      byPath.set(one.dataset.path, one);
      byDotted.set(one.dataset.dotted, one);
      const whole = one.dataset.part && one.dataset.dotted.replace(/(\[\d+\])?(\.[^.[\]]+)?$/, "");
      if (whole && !firstPart.has(whole)) firstPart.set(whole, one);
    }
  }

  // A cell is called after its row and its column; the page that is sent need not say it in each of them.
  function nameCells(table) {
    const columns = [...table.tHead.rows[0].cells].filter((one) => one.dataset.key).map((one) => ({
      key: JSON.parse(one.dataset.key), label: one.textContent.trim(), choices: one.dataset.choices,
    }));
    for (const row of table.tBodies[0].rows) {
      const path = JSON.parse(row.dataset.path);
      const head = row.cells[0].textContent.trim();
      const called = /^\d+$/.test(head) ? `第${head}行` : head;
      for (const [at, { key, label, choices }] of columns.entries()) {
        const field = row.cells[at + 1]?.querySelector("input, textarea, select");
        if (!field || field.dataset.path) continue;
        field.dataset.path = JSON.stringify([...path, ...key]);
        field.dataset.dotted = [row.dataset.dotted, ...key].join(".");
        field.setAttribute("aria-label", `${called} ${label}`);
        if (choices) field.dataset.choices = choices;
      }
    }
  }

  // --- saving ---------------------------------------------------------------------------------------------------

  function keep() {
    try {
      if (waiting.size) localStorage.setItem(KEPT, JSON.stringify([...waiting.values()]));
      else localStorage.removeItem(KEPT);
    } catch { /* a browser that keeps nothing: it is saved in a moment anyway */ }
  }

  function noteChange(field) {
    const was = field.dataset.was;
    if (field.value === was) waiting.delete(field.dataset.path);
    else waiting.set(field.dataset.path, { kind: "put", path: JSON.parse(field.dataset.path), text: field.value, was });
    keep();
    if (waiting.size) tell("正在填…");
    since ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(flush, Math.max(0, Math.min(WAIT, since + LONGEST - Date.now())));
  }

  function tell(text, failed) {
    said.textContent = text;
    said.classList.toggle("failed", Boolean(failed));
  }

  async function send(changes) {
    const answer = await fetch(`/units/${unit}/changes`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ digest, section, changes }),
    });
    if (answer.status === 401) throw new Error("lost");
    return answer.json();
  }

  // One request after the other: each says which state of the file it was made against.
  let turn = Promise.resolve();
  let busy = 0;

  function inTurn(task) {
    busy += 1;
    const run = turn.then(task).finally(() => { busy -= 1; });
    turn = run.catch(() => {});
    return run;
  }

  const flush = () => inTurn(writeWaiting);

  async function writeWaiting() {
    clearTimeout(timer);
    let done = true;
    while (done && waiting.size) {
      since = 0;
      done = await write([...waiting.values()]);
    }
    return done;
  }

  async function write(changes) {
    tell("正在保存…");
    let answer;
    try {
      answer = await send(changes);
    } catch {
      tell("没有存上，还留在这一页", true);
      lost.hidden = false;
      lost.dataset.kept = "yes";
      timer = setTimeout(flush, 3000);
      return false;
    }
    lost.hidden = true;
    delete lost.dataset.kept;
    if (answer.error && changes.length > 1) {
      // one of them cannot be written: the others are, and it alone says why
      let done = true;
      for (const one of changes) done = await write([one]) && done;
      return done;
    }
    if (answer.error) {
      const [one] = changes;
      waiting.delete(JSON.stringify(one.path));
      keep();
      byPath.get(JSON.stringify(one.path))?.setAttribute("aria-invalid", "true");
      tell(`有一处没有存上：${(answer.findings ?? []).map((each) => each.message).join("；") || answer.error}`, true);
      return false;
    }
    if (answer.clashes.length) { showClashes(answer.clashes, changes); return false; }
    digest = answer.digest;
    for (const one of changes) {
      if (one.kind !== "put") continue;
      const key = JSON.stringify(one.path);
      const now = waiting.get(key);
      if (now && now.text === one.text) waiting.delete(key);
      else if (now) now.was = one.text;
      const field = byPath.get(key);
      if (field) field.dataset.was = one.text;
    }
    keep();
    const now = new Date().toLocaleTimeString("zh-CN", { hour12: false });
    tell(answer.merged ? `已保存（${now}）；别处刚改的内容也在，刷新本页可以看到` : `已保存（${now}）`);
    show(answer.live);
    return true;
  }

  function showClashes(clashes, changes) {
    const place = document.getElementById("clashes");
    place.replaceChildren();
    place.append("这几处刚才在别处也改过，请选用哪一个：");
    const list = document.createElement("ul");
    for (const one of clashes) {
      const item = document.createElement("li");
      item.append(`${called({ path: one.dotted, section })}：文件里现在是“${one.theirs || "（空）"}”，这里填的是“${one.mine || "（空）"}” `);
      for (const [label, text] of [["用文件里的", one.theirs], ["用我填的", one.mine]]) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = label;
        button.addEventListener("click", () => {
          const key = JSON.stringify(one.path);
          const field = control(one.dotted);
          if (field) { field.value = text; field.dataset.was = one.theirs; }
          if (text === one.theirs) waiting.delete(key);
          else waiting.set(key, { kind: "put", path: one.path, text, was: one.theirs });
          keep();
          item.remove();
          if (!list.children.length) { place.hidden = true; flush(); }
        });
        item.append(button, " ");
      }
      list.append(item);
    }
    place.append(list);
    place.hidden = false;
    tell("有几处要选一下，其余没有丢", true);
  }

  // Rows that come, go or move: what is typed is saved first, then the section is drawn anew.
  const change = (changes, focus) => inTurn(() => changeRows(changes, focus));

  async function changeRows(changes, focus) {
    if (!await writeWaiting() && waiting.size) return;
    const blocks = document.getElementById("blocks");
    const place = focus || document.activeElement?.dataset?.dotted;
    tell("正在保存…");
    blocks.inert = true; // what is typed meanwhile would come into another row
    try {
      const answer = await send(changes);
      if (answer.error) {
        tell(`没有存上：${(answer.findings ?? []).map((one) => one.message).join("；") || answer.error}`, true);
      } else if (answer.clashes.length) {
        showClashes(answer.clashes, changes);
      } else {
        digest = answer.digest;
        await redraw(answer.live);
        tell("已保存");
      }
    } catch {
      tell("没有存上，请再试一次", true);
    } finally {
      blocks.inert = false;
      if (place) (control(place) ?? control(before(place)))?.focus();
    }
  }

  // The same place one row further up: the last row of a table has gone.
  const before = (dotted) => dotted.replace(/\[(\d+)\](?!.*\[)/, (_, at) => `[${at - 1}]`);

  async function redraw(live) {
    const open = [...paper.querySelectorAll("details.block")].map((one) => [one.dataset.number, one.open]);
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const fresh = page.getElementById("paper");
    digest = fresh.dataset.digest;
    document.getElementById("blocks").replaceChildren(...fresh.querySelector("#blocks").childNodes);
    document.querySelector(".sections ul").replaceChildren(...page.querySelector(".sections ul").childNodes);
    for (const [number, was] of open) {
      const block = paper.querySelector(`details.block[data-number="${number}"]`);
      if (block && was) block.open = true;
    }
    begin();
    show(live ?? JSON.parse(page.getElementById("live").textContent));
  }

  // --- what is shown beside the fields ----------------------------------------------------------------------------

  function show(live) {
    digest = live.digest;
    showFigures(live.figures);
    document.dispatchEvent(new Event("reportgen:shown"));
    showFindings(live);
    for (const link of document.querySelectorAll(".sections a")) {
      const count = live.counts[link.dataset.section] ?? 0;
      const badge = link.querySelector(".count");
      badge.textContent = count;
      badge.hidden = !count;
      badge.setAttribute("aria-label", `${count} 个问题`);
    }
  }

  const plain = (text) => text.replace(/[,，\s%％分万元]/g, "").replace(/\.0+$|(\.\d*?)0+$/, "$1");

  function showFigures(figures) {
    const old = new Map([...paper.querySelectorAll(".auto")].map((one) => [one.dataset.figure, one]));
    for (const field of byDotted.values()) {
      const dotted = field.dataset.dotted;
      const text = figures[dotted];
      let button = old.get(dotted);
      old.delete(dotted);
      if (text === undefined) { button?.remove(); continue; }
      if (!button) {
        button = document.createElement("button");
        button.type = "button";
        button.className = "auto";
        button.dataset.figure = dotted;
        if (field.closest("td")) button.tabIndex = -1;
        field.after(button);
      }
      const differs = field.value.trim() !== "" && plain(field.value) !== plain(text);
      const shown = `＝ ${text}`;
      if (button.textContent !== shown) button.textContent = shown;
      button.title = "自动算出来的，点开看公式";
      button.hidden = field.value.trim() !== "" && !differs;
      button.classList.toggle("differs", differs);
    }
    for (const button of old.values()) button.remove();
  }

  function showFindings(live) {
    for (const one of paper.querySelectorAll(".found")) one.remove();
    for (const one of paper.querySelectorAll("[aria-invalid]")) {
      one.removeAttribute("aria-invalid");
      one.removeAttribute("aria-describedby");
    }
    const list = document.getElementById("finding-list");
    list.replaceChildren();
    const beside = new Map();
    live.findings.forEach((one, at) => {
      list.append(item(one));
      if (one.section !== section) return;
      const field = nearest(one.path);
      if (!field) return;
      const told = document.createElement("p");
      told.className = `found ${one.severity}`;
      told.id = `found-${at}`;
      told.textContent = `${one.label}：${one.message}`;
      const before = beside.get(field) ?? (field.nextElementSibling?.matches(".auto") ? field.nextElementSibling : field);
      before.after(told);
      beside.set(field, told);
      if (one.severity === "error") field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${told.id}`.trim());
    });
    const grave = live.findings.filter((one) => one.severity !== "advice").length;
    document.getElementById("finding-count").textContent = live.findings.length ? `${live.findings.length} 条` : "";
    const state = [];
    if (live.failed) state.push("有填错的地方，改好以后才能计算和继续检查。");
    else if (!grave) state.push("没有发现错误和警告。");
    if (live.waived) state.push(`另有 ${live.waived} 条已说明理由，不再提醒。`);
    document.getElementById("finding-state").textContent = state.join("");
  }

  function item(one) {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    link.href = `/units/${unit}/form/${one.section}#${encodeURIComponent(one.path)}`;
    link.className = one.severity === "error" ? "problem" : "";
    link.textContent = `${one.label} ${called(one)}`;
    link.addEventListener("click", (event) => {
      if (one.section !== section) return;
      event.preventDefault();
      goTo(one.path);
    });
    entry.append(link, `：${one.message}`);
    return entry;
  }

  // 项目[2].资金.资金来源[1].分值 as people say it
  function called(one) {
    const owner = document.querySelector(`.sections a[data-section="${one.section}"]`)?.firstChild.textContent ?? "";
    const path = one.path.replace(/^项目\[\d+\]\.?/, owner ? `${owner}.` : "");
    return path.replace(/\.$/, "").replace(/\[(\d+)\]/g, "第$1行").replaceAll(".", "·") || "全表";
  }

  // The field with that path, or the nearest that there is: a block, a row.
  function goTo(dotted) {
    let wanted = dotted;
    while (wanted) {
      const found = [...paper.querySelectorAll("[data-dotted]")].find((one) => one.dataset.dotted === wanted || one.dataset.dotted.startsWith(`${wanted}.`));
      if (found) {
        found.closest("details")?.setAttribute("open", "");
        const field = found.matches("tr") ? found.querySelector("input, textarea, select") : found;
        field?.focus();
        field?.scrollIntoView({ block: "center" });
        return;
      }
      wanted = wanted.replace(/(\.[^.[\]]+|\[\d+\]|^[^.[\]]+)$/, "");
    }
  }

  // --- the fields themselves --------------------------------------------------------------------------------------

  const lists = new Map();

  function begin() {
    for (const one of paper.querySelectorAll("[data-path]")) one.dataset.path = JSON.stringify(JSON.parse(one.dataset.path));
    learn();
    for (const field of byPath.values()) {
      field.dataset.was = field.value;
      if (field.type === "text") field.autocomplete = "off";
      fit(field);
      if (!field.dataset.choices) continue;
      if (!lists.has(field.dataset.choices)) {
        const list = document.createElement("datalist");
        list.id = `list-${lists.size}`;
        for (const one of JSON.parse(field.dataset.choices)) list.append(new Option(one, one));
        document.body.append(list);
        lists.set(field.dataset.choices, list.id);
      }
      field.setAttribute("list", lists.get(field.dataset.choices));
    }
  }

  // Browsers that do not let a text grow by themselves.
  const grows = CSS.supports("field-sizing", "content");
  function fit(field) {
    if (grows || field.tagName !== "TEXTAREA" || !field.offsetParent) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  }

  const isField = (one) => one.matches?.(FIELDS);

  paper.addEventListener("input", (event) => { if (isField(event.target)) fit(event.target); });
  paper.addEventListener("input", (event) => { if (isField(event.target) && !event.isComposing) noteChange(event.target); });
  paper.addEventListener("compositionend", (event) => { if (isField(event.target)) noteChange(event.target); });
  paper.addEventListener("change", (event) => { if (isField(event.target)) { noteChange(event.target); flush(); } });

  paper.addEventListener("click", async (event) => {
    const auto = event.target.closest(".auto");
    if (!auto) return;
    await flush();
    const answer = await fetch(`/units/${unit}/explain?path=${encodeURIComponent(auto.dataset.figure)}`);
    document.getElementById("explained-text").innerHTML = await answer.text();
    document.getElementById("explained").showModal();
  });

  document.getElementById("add-project").addEventListener("click", async () => {
    const name = prompt("项目名称");
    if (!name) return;
    await change([{ kind: "project", path: ["项目"], text: name }]);
    const links = [...document.querySelectorAll('.sections a[data-section^="p"]')];
    if (links.length) location.href = links[links.length - 1].href;
  });

  document.getElementById("blocks").addEventListener("click", async (event) => {
    if (event.target.dataset.move) {
      const from = Number(section.slice(1)) - 1;
      const way = Number(event.target.dataset.move);
      await change([{ kind: "move", path: ["项目"], position: Math.min(from, from + way) }]);
      location.href = `/units/${unit}/form/p${from + way + 1}`;
      return;
    }
    if (event.target.id !== "remove-project") return;
    if (!confirm("删去这个项目和它填的全部内容？（可以撤销）")) return;
    await change([{ kind: "remove", path: ["项目"], position: Number(section.slice(1)) - 1 }]);
    location.href = `/units/${unit}`;
  });

  document.getElementById("reload").addEventListener("click", () => location.reload());

  for (const link of document.querySelectorAll("a[href^='/']")) {
    link.addEventListener("click", async (event) => {
      if (!waiting.size || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      if (await flush()) location.href = link.href;
    });
  }
  addEventListener("beforeunload", (event) => { if (waiting.size && lost.dataset.kept) event.preventDefault(); });
  addEventListener("pagehide", () => {
    if (!waiting.size) return;
    const body = JSON.stringify({ digest, section, changes: [...waiting.values()] });
    fetch(`/units/${unit}/changes`, { method: "POST", keepalive: true, headers: { "Content-Type": "application/json" }, body });
  });

  async function look() {
    if (document.hidden || busy || waiting.size) return;
    try {
      const answer = await (await fetch(`/units/${unit}/digest`)).json();
      if (!busy && !waiting.size) document.getElementById("elsewhere").hidden = answer.digest === digest;
    } catch { /* page.js tells that nobody answers */ }
  }
  setInterval(look, 4000);
  addEventListener("focus", look);

  // What was typed and not saved when the browser or the program ended.
  function takeUp() {
    let kept = [];
    try { kept = JSON.parse(localStorage.getItem(KEPT) ?? "[]"); } catch { /* nothing that can be read */ }
    for (const one of kept) {
      const key = JSON.stringify(one.path);
      waiting.set(key, one);
      const field = byPath.get(key);
      if (field) field.value = one.text;
    }
    if (waiting.size) flush();
  }

  window.reportgenForm = { change, learn, flush, noteChange, redraw, tell };
  begin();
  show(JSON.parse(document.getElementById("live").textContent));
  takeUp();
  paper.dataset.ready = "yes";
  if (location.hash) goTo(decodeURIComponent(location.hash.slice(1)));
})();
