// Tables: sort by a column, filter by text, take away as CSV.
const { make } = feira;

const valueOf = (cell) => cell.dataset.v ?? cell.textContent;

/** A number as a table shows it: 1,234, −0.5, 12.5%; NaN for what is none. */
const numberOf = (text) => Number(text.replace("−", "-").replace(/[^\d.eE+-]/g, "") || NaN);

function makeOrder(column, isNumber, descends) {
  const sign = descends ? -1 : 1;
  return (one, other) => {
    const [a, b] = [one, other].map((row) => valueOf(row.cells[column]));
    if (!isNumber) return sign * a.localeCompare(b, "en", { numeric: true });
    const [x, y] = [numberOf(a), numberOf(b)];
    // What is no number comes last, whichever way the column is sorted.
    if (isNaN(x) || isNaN(y)) return isNaN(x) - isNaN(y);
    return sign * (x - y);
  };
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
      body.append(...[...body.rows].sort(makeOrder(column, isNumber, descends)));
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
  // A spreadsheet would run a text that begins like a formula.
  const tame = (text) => /^[=+\-@\t\r]/.test(text) && isNaN(text) ? `'${text}` : text;
  return [...table.rows]
    .map((row) => [...row.cells].map((cell) => quote(tame(valueOf(cell)))).join(","))
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
