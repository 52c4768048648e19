// Tables: sort by a column, filter by text, take away as CSV.
const { make } = feira;

const valueOf = (cell) => cell.dataset.v ?? cell.textContent;

function compare(a, b, isNumber) {
  if (!isNumber) return a.localeCompare(b, "en", { numeric: true });
  const x = Number(a.replace(/[^\d.eE+-]/g, "") || NaN);
  const y = Number(b.replace(/[^\d.eE+-]/g, "") || NaN);
  // What is no number comes last, whichever way the column is sorted.
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) - Number.isNaN(y);
  return x - y;
}

function makeSortable(table) {
  const body = table.tBodies[0];
  const headers = [...table.tHead.rows[0].cells];
  headers.forEach((header, column) => {
    const isNumber = "number" in header.dataset;
    const button = make("button", { type: "button" }, ...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => {
      const descends = header.getAttribute("aria-sort") === "ascending" ||
        (isNumber && !header.hasAttribute("aria-sort"));
      for (const other of headers) other.removeAttribute("aria-sort");
      header.setAttribute("aria-sort", descends ? "descending" : "ascending");
      const key = (row) => valueOf(row.cells[column]);
      const known = (text) => !isNumber || /\d/.test(text);
      const rows = [...body.rows].sort((a, b) => {
        const order = compare(key(a), key(b), isNumber);
        return descends && known(key(a)) && known(key(b)) ? -order : order;
      });
      body.append(...rows);
    });
  });
}

function makeFilter(table) {
  const rows = [...table.tBodies[0].rows];
  const count = make("span", { role: "status", textContent: `${rows.length} rows` });
  const input = make("input", { type: "search", placeholder: "Filter rows" });
  input.setAttribute("aria-label", "Filter rows");
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    const shown = rows.filter((row) => !row.hidden).length;
    count.textContent = wanted ? `${shown} of ${rows.length} rows` : `${rows.length} rows`;
  });
  return [input, count];
}

function toCsv(table) {
  const quote = (text) => /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const isNumber = [...table.tHead.rows[0].cells].map((cell) => "number" in cell.dataset);
  // A spreadsheet would run a text that begins like a formula.
  const tame = (text, column) => !isNumber[column] && /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return [...table.rows]
    .map((row) => [...row.cells].map((cell, i) => quote(tame(valueOf(cell), i))).join(","))
    .join("\r\n") + "\r\n";
}

for (const figure of document.querySelectorAll("figure.table")) {
  const table = figure.querySelector("table");
  if ("sort" in table.dataset) makeSortable(table);
  if ("filter" in table.dataset) {
    figure.querySelector(".scroll").before(make("div", { className: "tools" }, ...makeFilter(table)));
  }
  const download = make("button", { type: "button" }, "Download CSV");
  download.addEventListener("click", () => {
    const url = URL.createObjectURL(new Blob(["\ufeff", toCsv(table)], { type: "text/csv" }));
    make("a", { href: url, download: `${document.title.split(" · ")[0]} ${figure.id}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  });
  figure.append(make("div", { className: "tools below" }, download));
}
