import type { FigureContext } from "./_figure.ts";
import { attributes, type Html, markup } from "./_html.ts";
import { renderSql } from "./_sql.ts";
import { size, text } from "./_untrusted.ts";
import { isRecord } from "./read_executed.ts";

const SORTABLE_FROM_ROWS = 4;
const FILTER_FROM_ROWS = 13;
const TALL_FROM_ROWS = 21;
/** In characters: a longer one is an id, and may break. */
const LONGEST_WORD = 32;

/** A table with caption, in a region that scrolls by itself; undefined when the data is none. */
export function renderTable(
  data: unknown,
  { numbering }: FigureContext,
): Html | undefined {
  if (!isRecord(data) || !Array.isArray(data.columns) || !Array.isArray(data.rows)) {
    return undefined;
  }
  const columns = data.columns.map((column) => isRecord(column) ? column : {});
  const rows = data.rows.filter((row): row is unknown[] => Array.isArray(row));
  const isNumber = columns.map((column, c) => column.type === "number" || isOfNumbers(rows, c));
  const isRight = columns.map(({ align, type }, c) =>
    type === "number" ? align !== "left" : isNumber[c]! || align === "right"
  );
  const sort = Array.isArray(data.sort) ? data.sort : [];
  const number = ++numbering.tables;
  const title = text(data.title);
  const total = size(data.totalRows) ?? rows.length;
  const extent = total > rows.length
    ? `The first ${rows.length} of ${total.toLocaleString("en")} rows. `
    : rows.length === 0 && "No rows. ";
  const cell = (row: readonly unknown[], r: number, c: number) => {
    const shown = text(row[c]);
    const raw: unknown = Array.isArray(sort[r]) ? sort[r][c] : undefined;
    // What the CSV gets and sorting compares, where rounding hides it.
    const given = attributes({
      class: isRight[c]! ? "n" : isWord(shown) && "w",
      "data-v": raw === null ? "" : typeof raw === "number" && String(raw) !== shown && raw,
    });
    return c === 0 && !isNumber[c]
      ? markup`<th scope="row"${given}>${shown}</th>`
      : markup`<td${given}>${shown}</td>`;
  };
  const heads = columns.map((column, c) => {
    const given = attributes({ class: isRight[c]! && "n", "data-number": isNumber[c]! });
    return markup`<th scope="col"${given}>${text(column.label) || text(column.key)}</th>`;
  });
  const lines = rows.map((row, r) => markup`<tr>${columns.map((_, c) => cell(row, r, c))}</tr>\n`);
  const id = `table-${number}`;
  const given = attributes({
    "data-sort": rows.length >= SORTABLE_FROM_ROWS,
    "data-filter": rows.length >= FILTER_FROM_ROWS,
    "aria-labelledby": `${id}-title`,
  });
  const height = rows.length > TALL_FROM_ROWS && " tall";
  return markup`<figure class="table" id="${id}">
<p class="figure-title" id="${id}-title"><a class="number" href="#${id}">Table ${number}</a> ${title}</p>
<div class="scroll${height}" role="region" tabindex="0" aria-labelledby="${id}-title"><table${given}>
<thead><tr>${heads}</tr></thead>
<tbody>${lines}</tbody>
</table></div>
${
    (extent || text(data.caption)) &&
    markup`<figcaption>${extent}${text(data.caption)}</figcaption>`
  }${renderSql(data)}
</figure>`;
}

/** A name such as `batch-80x40-0.44`, which a browser would break at every hyphen. */
function isWord(shown: string): boolean {
  return shown.includes("-") && shown.length <= LONGEST_WORD && !/\s/.test(shown);
}

/** A number that was formatted already; a zip code's leading zero is none. */
const NUMBER = /^[-−]?(?:0|[1-9][\d,]*)(?:\.\d+)?%?$/;
const MISSING = "–";

/** Whether a column of texts has numbers alone. */
function isOfNumbers(rows: readonly (readonly unknown[])[], column: number): boolean {
  const texts = rows.map((row) => text(row[column])).filter((shown) => shown !== MISSING);
  return texts.length > 0 && texts.every((shown) => NUMBER.test(shown));
}
