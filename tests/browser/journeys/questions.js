// The questions of the form on the page, as somebody reads them: the words beside each, what one may answer, whether one
// must, and whether an answer already stands there. Ids serve only to get back to an element.
() => {
  const text = (element) => (element ? element.innerText.replace(/\s+/g, " ").trim() : "");
  const shown = (element) => element.checkVisibility();
  const controls = (where, kind) => [...where.querySelectorAll(kind)].filter(shown);
  const beside = (input) => {
    const label = input.closest("label") || document.querySelector(`label[for="${CSS.escape(input.id)}"]`);
    return text(label);
  };
  const options = (where) =>
    [...where.querySelectorAll("input[type=radio], input[type=checkbox]")].map((input) => ({
      id: input.id,
      title: beside(input),
      chosen: input.checked,
      note: text(input.closest(".opt, .check")?.querySelector("small")),
    }));
  const choices = (select) => [...select.options].filter((item) => item.value).map((item) => text(item) || item.label);

  function table(box) {
    const grid = box.querySelector("table.rows");
    const titles = [...grid.querySelectorAll("thead th")];
    const columns = titles.slice(0, -1).map((head) => text(head.querySelector("span")));
    const must = titles.slice(0, -1).map((head) => !!head.querySelector(".req"));
    const rows = [...grid.querySelectorAll("tbody tr")].map((row) =>
      controls(row, "input:not([type=hidden]), select, textarea").map((cell) => ({
        id: cell.id,
        kind: cell.tagName === "SELECT" ? "select" : cell.type,
        value: cell.value,
        options: cell.tagName === "SELECT" ? choices(cell) : [],
      })),
    );
    return { kind: "rows", columns, must, rows, answered: rows.flat().some((cell) => cell.value) };
  }

  function points(box) {
    const rows = [...box.querySelectorAll("tbody tr")].map((row) => ({
      title: text(row.querySelector("th span")),
      optional: !!row.querySelector("th .tag"),
      options: options(row),
    }));
    const open = rows.filter((row) => !row.optional && !row.options.some((word) => word.chosen));
    return { kind: "points", rows, answered: !open.length };
  }

  function materials(box) {
    const rows = [...box.querySelectorAll(".up")]
      .filter((row) => row.querySelector("input[type=checkbox]"))
      .map((row) => ({
        title: text(row.querySelector("h3")),
        id: row.querySelector("input[type=checkbox]").id,
        row: row.id,
        chosen: row.querySelector("input[type=checkbox]").checked,
      }));
    return { kind: "materials", rows, answered: !rows.length || rows.every((row) => row.chosen) };
  }

  function single(box) {
    const found = controls(box, "input:not([type=hidden]), select, textarea")[0];
    if (!found) return null;
    if (found.type === "file") {
      return { kind: "file", id: found.id, row: box.id, answered: !!box.querySelector("[data-up-file]") };
    }
    const kind = found.tagName === "SELECT" ? "select" : found.tagName === "TEXTAREA" ? "area" : found.type;
    const more = kind === "select" ? { options: choices(found) } : {};
    const asks = { id: found.id, kind, value: found.value, answered: !!found.value, numeric: !!found.inputMode };
    return { ...asks, required: found.required, ...more };
  }

  function question(box) {
    if (box.querySelector("table.review")) return points(box);
    if (box.querySelector("table.rows")) return table(box);
    if (box.querySelector(".ups input[type=checkbox]")) return materials(box);
    const buttons = options(box);
    if (!buttons.length) return single(box);
    const kind = box.querySelector("input[type=radio]") ? "radio" : "checks";
    return { kind, options: buttons, answered: buttons.some((item) => item.chosen) };
  }

  const found = [];
  for (const box of document.querySelectorAll("#form .field")) {
    if (!shown(box) || box.querySelector(".field") || box.classList.contains("is-off")) continue;
    const asked = question(box);
    if (!asked) continue;
    const label = box.querySelector(".label, label");
    const whole = box.parentElement.closest(".field");
    const must = label.classList.contains("req") || asked.required || !!whole?.querySelector(".label.req");
    const hint = text(box.querySelector(".hint"));
    found.push({ ...asked, label: text(label), of: text(whole?.querySelector(".label")), required: must, hint });
  }
  return found;
}
