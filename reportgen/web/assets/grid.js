// Tables: arrows, Enter, Tab, F2, Delete; a block pasted from Excel, a block copied out; rows that come, go and move.
"use strict";
(() => {
  const paper = document.getElementById("paper");
  const form = window.reportgenForm;
  let anchor = null; // where a block begins that is picked with Shift
  let editing = null; // the cell in which arrows move the caret

  const cellOf = (field) => field?.closest?.("table.grid td:not(.tools)");
  const fieldIn = (cell) => cell?.querySelector("input, textarea, select");
  const rowsOf = (table) => [...table.tBodies[0].rows];
  const cellsOf = (row) => [...row.cells].filter((one) => one.matches("td:not(.tools)"));

  function placeOf(cell) {
    const row = cell.closest("tr");
    return { table: row.closest("table"), row: rowsOf(row.closest("table")).indexOf(row), column: cellsOf(row).indexOf(cell) };
  }

  function cellAt(table, row, column) {
    const found = rowsOf(table)[row];
    return found ? cellsOf(found)[column] : undefined;
  }

  function enter(cell) {
    const field = fieldIn(cell);
    if (!field) return false;
    field.focus();
    field.select?.();
    editing = null;
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
  }

  function unpick() { for (const one of paper.querySelectorAll("td.picked")) one.classList.remove("picked"); }

  function pick(from, to) {
    unpick();
    const first = placeOf(from);
    const last = placeOf(to);
    if (first.table !== last.table) return;
    const [top, bottom] = [first.row, last.row].sort((a, b) => a - b);
    const [left, right] = [first.column, last.column].sort((a, b) => a - b);
    for (let row = top; row <= bottom; row += 1) {
      for (let column = left; column <= right; column += 1) cellAt(first.table, row, column)?.classList.add("picked");
    }
  }

  function put(field, text) {
    if (field.dataset.part || field.value === text) return; // parts are filled in one by one
    if (field.tagName === "SELECT" && ![...field.options].some((one) => one.value === text)) return;
    field.value = text;
    form.noteChange(field);
  }

  // --- sums -------------------------------------------------------------------------------------------------------

  const TIMES = { 元: 0.0001, 万元: 1, 亿元: 10000 };

  // An amount in 万元, or points; undefined for what is no number.
  function numberIn(text) {
    const found = /^(-?[\d,]+(?:\.\d+)?)\s*(元|万元|亿元|分)?$/.exec(text.replaceAll("，", ",").trim());
    return found ? Number(found[1].replaceAll(",", "")) * (TIMES[found[2]] ?? 1) : undefined;
  }

  // Below a table the sum of each column of amounts or points; parts of a row are in it already.
  function addUp(table) {
    const heads = [...table.tHead.rows[0].cells].filter((one) => one.dataset.key);
    const added = heads.map((one) => /万元|分）/.test(one.querySelector(".unit").textContent));
    const rows = rowsOf(table).filter((one) => one.classList.contains("depth0"));
    if (!added.some(Boolean) || rows.length < 2) { table.tFoot?.remove(); return; }
    const foot = table.tFoot ?? table.createTFoot();
    foot.replaceChildren();
    const row = foot.insertRow();
    const head = document.createElement("th");
    head.scope = "row";
    head.className = "no";
    head.textContent = "合计";
    row.append(head);
    added.forEach((is, column) => {
      const cell = row.insertCell();
      cell.className = "sum number";
      if (!is) return;
      const texts = rows.map((one) => fieldIn(cellsOf(one)[column])?.value.trim() ?? "").filter((one) => one && !/^(无|\/|／|—+|-)$/.test(one));
      const numbers = texts.map(numberIn);
      if (!texts.length || numbers.includes(undefined)) return;
      cell.textContent = String(Number(numbers.reduce((sum, one) => sum + one, 0).toFixed(6)));
    });
    if (table.tHead.rows[0].querySelector(".tools")) row.insertCell().className = "tools";
  }

  function addUpAll() {
    for (const one of paper.querySelectorAll('table.grid[data-rows="listed"]')) addUp(one);
  }
  document.addEventListener("reportgen:shown", addUpAll);
  paper.addEventListener("input", (event) => {
    const table = cellOf(event.target)?.closest('table.grid[data-rows="listed"]');
    if (table) addUp(table);
  });
  addUpAll();

  // --- keys -------------------------------------------------------------------------------------------------------

  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  paper.addEventListener("keydown", (event) => {
    const cell = cellOf(event.target);
    if (!cell || event.isComposing) return;
    const field = event.target;
    const { table, row, column } = placeOf(cell);
    const isText = field.tagName !== "SELECT";
    const within = editing === field;

    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      moveRow(cell.closest("tr"), event.key === "ArrowUp" ? "up" : "down", field);
      return;
    }
    if (event.ctrlKey && event.key === "Enter") { event.preventDefault(); addRow(cell.closest("tr")); return; }
    if (event.ctrlKey && event.key === "Delete") { event.preventDefault(); removeRow(cell.closest("tr")); return; }
    if (event.key === "F2" && isText) {
      event.preventDefault();
      editing = field;
      field.setSelectionRange(field.value.length, field.value.length);
      return;
    }
    if (event.key === "Escape") {
      unpick();
      if (within) { put(field, field.dataset.was); enter(cell); }
      return;
    }
    if (event.key === "Enter") {
      if (event.altKey && field.dataset.lines) {
        event.preventDefault();
        field.setRangeText("\n", field.selectionStart, field.selectionEnd, "end");
        form.noteChange(field);
        return;
      }
      event.preventDefault();
      unpick();
      enter(cellAt(table, row + (event.shiftKey ? -1 : 1), column) ?? cell);
      return;
    }
    if (event.key === "Delete" && !within) {
      const picked = [...paper.querySelectorAll("td.picked")];
      event.preventDefault();
      for (const one of picked.length ? picked : [cell]) put(fieldIn(one), "");
      return;
    }
    const step = STEPS[event.key];
    if (step && !(within && isText) && !(field.tagName === "SELECT" && event.key.startsWith("ArrowUp") && event.altKey)) {
      const target = cellAt(table, row + step[0], column + step[1]);
      if (event.shiftKey) {
        event.preventDefault();
        anchor ??= cell;
        const edge = paper.querySelector("td[data-edge]") ?? cell;
        const at = placeOf(edge.closest("table") === table ? edge : cell);
        const next = cellAt(table, at.row + step[0], at.column + step[1]);
        if (!next) return;
        edge.removeAttribute("data-edge");
        next.setAttribute("data-edge", "");
        pick(anchor, next);
        return;
      }
      if (!target) return;
      event.preventDefault();
      forget();
      enter(target);
      return;
    }
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) editing = field;
  });

  function forget() {
    unpick();
    anchor = null;
    for (const one of paper.querySelectorAll("td[data-edge]")) one.removeAttribute("data-edge");
  }

  paper.addEventListener("mousedown", (event) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    const now = cellOf(document.activeElement);
    if (event.shiftKey && now && now !== cell) {
      event.preventDefault();
      anchor = now;
      pick(now, cell);
      return;
    }
    forget();
    if (document.activeElement === event.target) editing = event.target;
  });
  paper.addEventListener("focusin", (event) => { if (editing !== event.target) editing = null; });
  paper.addEventListener("dblclick", (event) => { if (cellOf(event.target)) editing = event.target; });

  // --- copy and paste -----------------------------------------------------------------------------------------------

  const quoted = (text) => (/["\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

  document.addEventListener("copy", (event) => {
    const picked = [...paper.querySelectorAll("td.picked")];
    if (picked.length < 2) return;
    const lines = new Map();
    for (const one of picked) {
      const row = one.closest("tr");
      lines.set(row, [...(lines.get(row) ?? []), quoted(fieldIn(one).value)]);
    }
    event.preventDefault();
    event.clipboardData.setData("text/plain", [...lines.values()].map((cells) => cells.join("\t")).join("\n"));
  });

  // Rows and cells of what Excel puts on the clipboard: a cell with a line break or a quotation mark is quoted.
  function blockIn(text) {
    const rows = [[]];
    let cell = "";
    let open = false;
    const body = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    for (let at = 0; at < body.length; at += 1) {
      const sign = body[at];
      if (open) {
        if (sign === '"' && body[at + 1] === '"') { cell += '"'; at += 1; }
        else if (sign === '"') open = false;
        else cell += sign;
      } else if (sign === '"' && cell === "") open = true;
      else if (sign === "\t") { rows[rows.length - 1].push(cell); cell = ""; }
      else if (sign === "\n") { rows[rows.length - 1].push(cell); cell = ""; rows.push([]); }
      else cell += sign;
    }
    rows[rows.length - 1].push(cell);
    return rows;
  }

  paper.addEventListener("paste", (event) => {
    const cell = cellOf(event.target);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!cell || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    if (editing === event.target && !text.includes("\t")) return; // lines pasted into one text
    event.preventDefault();
    pasteBlock(cell, blockIn(text));
  });

  async function pasteBlock(cell, block) {
    const { table, row, column } = placeOf(cell);
    const keys = [...table.tHead.rows[0].cells].filter((one) => one.dataset.key).map((one) => JSON.parse(one.dataset.key));
    const labels = [...table.tHead.rows[0].cells].filter((one) => one.dataset.key).map((one) => one.firstChild.textContent.trim());
    const isHead = block[0].filter(Boolean).length > 1 && block[0].every((one, at) => !one.trim() || labels[column + at] === one.trim().replace(/[（(].*$/, ""));
    const lines = isHead ? block.slice(1) : block;
    const widest = Math.max(...lines.map((one) => one.length));
    const added = [];
    const list = JSON.parse(table.dataset.path);
    const depth0 = rowsOf(table).filter((one) => one.classList.contains("depth0")).length;
    lines.forEach((texts, down) => {
      const there = rowsOf(table)[row + down];
      if (there) {
        texts.forEach((one, right) => {
          const target = cellsOf(there)[column + right];
          if (target) put(fieldIn(target), clean(fieldIn(target), one));
        });
      } else if (table.dataset.rows === "listed") {
        const cells = {};
        texts.forEach((one, right) => {
          const key = keys[column + right];
          if (key?.length === 1 && one.trim()) cells[key[0]] = one.trim();
        });
        added.push({ kind: "insert", path: list, position: depth0 + added.length, row: cells });
      }
    });
    const over = column + widest - keys.length;
    const told = over > 0 ? `；右边多出的 ${over} 列放不下，没有粘贴` : "";
    const unused = row === 0 && column === 0 && !added.length && lines.length > 1 ? unusedBelow(table, lines.length, keys) : [];
    if (added.length) await form.change(added);
    else await form.flush();
    if (unused.length) await form.change(unused.map((position) => ({ kind: "remove", path: list, position })));
    const gone = unused.length ? `，下面没有用到的 ${unused.length} 个空行已去掉` : "";
    form.tell(`已粘贴 ${lines.length} 行${gone}${told}`, over > 0);
  }

  // Rows of the blank form below a pasted table in which nothing but the level is typed, from the last one up.
  function unusedBelow(table, from, keys) {
    const levels = ["一级", "二级"];
    const isLevel = keys.map((key) => key.length === 1 && levels.includes(key[0]));
    if (table.dataset.rows !== "listed" || !isLevel.some(Boolean)) return [];
    const rows = rowsOf(table);
    const found = [];
    for (let at = rows.length - 1; at >= from; at -= 1) {
      const typed = cellsOf(rows[at]).filter((one, column) => !isLevel[column] && fieldIn(one)?.value.trim());
      if (typed.length || !rows[at].classList.contains("depth0")) return found;
      found.push(at);
    }
    return found;
  }

  const clean = (field, text) => (field.dataset.lines ? text : text.replace(/\s*\n\s*/g, "")).trim();

  // --- rows -----------------------------------------------------------------------------------------------------------

  const pathOf = (row) => JSON.parse(row.dataset.path);

  function addRow(row) {
    const path = pathOf(row);
    const position = path[path.length - 1] + 1;
    form.change([{ kind: "insert", path: path.slice(0, -1), position, row: {} }], first(path.slice(0, -1), position));
  }

  function first(path, position) {
    const table = [...paper.querySelectorAll("table.grid")].find((one) => one.dataset.path === JSON.stringify(path));
    const key = table?.querySelector("thead th[data-key]")?.dataset.key;
    if (!key) return "";
    return [...path, position, ...JSON.parse(key)].reduce((text, step) => (typeof step === "number" ? `${text}[${step + 1}]` : text ? `${text}.${step}` : step), "");
  }

  function removeRow(row) {
    const path = pathOf(row);
    form.change([{ kind: "remove", path: path.slice(0, -1), position: path[path.length - 1] }]);
  }

  function moveRow(row, way, field) {
    const path = pathOf(row);
    const position = path[path.length - 1] - (way === "up" ? 1 : 0);
    const target = path[path.length - 1] + (way === "up" ? -1 : 1);
    if (position < 0) return;
    const own = row.dataset.dotted;
    const there = own.replace(/\[\d+\]$/, `[${target + 1}]`);
    form.change([{ kind: "move", path: path.slice(0, -1), position }], field?.dataset.dotted.replace(own, there));
  }

  paper.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (!button) return;
    const row = button.closest("tr");
    const what = button.dataset.do;
    if (what === "remove") removeRow(row);
    else if (what === "up" || what === "down") moveRow(row, what);
    else if (what === "inner") {
      const inner = row.closest("table").dataset.inner;
      const path = [...pathOf(row), inner];
      const count = rowsOf(row.closest("table")).filter((one) => one.dataset.dotted.startsWith(`${row.dataset.dotted}.`)).length;
      form.change([{ kind: "insert", path, position: count, row: {} }]);
    } else if (what === "add") {
      const path = JSON.parse(button.dataset.path);
      const table = button.closest("details").querySelector("table.grid");
      const position = rowsOf(table).filter((one) => one.classList.contains("depth0")).length;
      form.change([{ kind: "insert", path, position, row: {} }], first(path, position));
    } else if (what === "name") {
      const name = prompt("栏目名称");
      if (name?.trim()) addName(button, name.trim());
    }
  });

  // An entry under a name of its own: written as soon as something is typed there.
  function addName(button, name) {
    const table = button.closest("details").querySelector("table.grid");
    const path = [...JSON.parse(button.dataset.path), name];
    const row = table.tBodies[0].insertRow();
    row.className = "depth0";
    row.dataset.path = JSON.stringify(path);
    row.dataset.dotted = path.join(".");
    const head = document.createElement("th");
    head.scope = "row";
    head.className = "no";
    head.textContent = name;
    row.append(head);
    for (const column of [...table.tHead.rows[0].cells].filter((one) => one.dataset.key)) {
      const field = document.createElement(column.classList.contains("number") ? "input" : "textarea");
      field.dataset.was = "";
      if (column.classList.contains("long")) field.dataset.lines = "yes";
      row.insertCell().append(field);
    }
    form.learn();
    row.querySelector("input, textarea")?.focus();
  }
})();
