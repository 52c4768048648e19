import { attributes, type Html, markup, trusted } from "./_html.ts";
import { sanitizeSvg } from "./_sanitize.ts";
import { isRecord } from "./read_executed.ts";

/** What the figures and tables of one page share. */
export interface FigureContext {
  /** How many there are so far; grows as they are rendered. */
  readonly numbering: { figures: number; tables: number };
  /** Kinds of figures that the pages' scripts make interactive. */
  readonly known: ReadonlySet<string>;
  /** Those of them that the page has; grows. */
  readonly used: Set<string>;
}

/**
 * A figure with its number, title and caption, and the data that a script makes
 * it interactive from. A kind of which there is no script stays the drawing.
 *
 * @returns undefined when the data is no figure, so that a fallback may stand for it.
 */
export function renderFigure(data: unknown, context: FigureContext): Html | undefined {
  const { numbering, known, used } = context;
  if (!isRecord(data) || typeof data.svg !== "string") return undefined;
  const number = numbering.figures + 1;
  const svg = sanitizeSvg(data.svg, `f${number}-`);
  if (!svg) return undefined;
  numbering.figures = number;
  const title = text(data.title);
  const alt = text(data.alt) || title || `Figure ${number}`;
  const minWidth = Math.min(size(data.minWidth) ?? 480, 2_000);
  const width = Math.min(size(data.width) ?? 640, 2_000);
  const interaction = isRecord(data.interaction) ? data.interaction : {};
  const kind = typeof interaction.kind === "string" && known.has(interaction.kind) &&
    interaction.kind;
  if (kind) used.add(kind);
  return markup`<figure class="figure" id="figure-${number}"${attributes({ "data-feira": kind })}>
<p class="figure-title"><a class="number" href="#figure-${number}">Figure ${number}</a> ${title}</p>
<div class="plot" role="region" tabindex="0" aria-label="Figure ${number}"><div role="img" aria-label="${alt}" style="min-width:${minWidth}px;max-width:${width}px">${svg}</div></div>
${kind && dataBlock(interaction.data)}
${text(data.caption) && markup`<figcaption>${text(data.caption)}</figcaption>`}
</figure>`;
}

/** Data for a script of the page. A browser runs no script of this type, and nothing ends it early. */
function dataBlock(data: unknown): Html {
  const json = JSON.stringify(data ?? null).replaceAll("<", "\\u003c");
  return markup`<script type="application/json">${trusted(json)}</script>`;
}

const SORTABLE_FROM_ROWS = 4;
const FILTER_FROM_ROWS = 13;
const TALL_FROM_ROWS = 21;

/** A table with caption, in a region that scrolls by itself; undefined when the data is none. */
export function renderTable(
  data: unknown,
  { numbering }: FigureContext,
): Html | undefined {
  if (!isRecord(data) || !Array.isArray(data.columns) || !Array.isArray(data.rows)) {
    return undefined;
  }
  const columns = data.columns.map((column) => isRecord(column) ? column : {});
  const isNumber = columns.map((column) => column.type === "number");
  const align = columns.map((column, i) =>
    (column.align === "left" || column.align === "right" ? column.align : undefined) ??
      (isNumber[i] ? "right" : "left")
  );
  const rows = data.rows.filter((row): row is unknown[] => Array.isArray(row));
  const sort = Array.isArray(data.sort) ? data.sort : [];
  const number = ++numbering.tables;
  const title = text(data.title);
  const total = size(data.totalRows) ?? rows.length;
  const cut = total > rows.length &&
    `The first ${rows.length} of ${total.toLocaleString("en")} rows. `;
  const cell = (row: readonly unknown[], r: number, c: number) => {
    const shown = text(row[c]);
    const raw: unknown = Array.isArray(sort[r]) ? sort[r][c] : undefined;
    // What the CSV gets and sorting compares, where rounding hides it.
    const given = attributes({
      class: align[c] === "right" && "n",
      "data-v": typeof raw === "number" && String(raw) !== shown && raw,
    });
    return c === 0 && !isNumber[c]
      ? markup`<th scope="row"${given}>${shown}</th>`
      : markup`<td${given}>${shown}</td>`;
  };
  const heads = columns.map((column, c) => {
    const given = attributes({ class: align[c] === "right" && "n", "data-number": isNumber[c] });
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
${(cut || text(data.caption)) && markup`<figcaption>${cut}${text(data.caption)}</figcaption>`}
</figure>`;
}

const NOTE_KINDS = ["info", "success", "warning", "failure"];

/** A remark that stands out; undefined when the data is none. */
export function renderNote(data: unknown): Html | undefined {
  if (!isRecord(data) || !text(data.text)) return undefined;
  const kind = NOTE_KINDS.find((kind) => kind === data.kind) ?? "info";
  return markup`<div class="note ${kind}" role="note">${
    text(data.title) && markup`<p class="note-title">${text(data.title)}</p>`
  }${text(data.text).split(/\n{2,}/).map((part) => markup`<p>${part}</p>`)}</div>`;
}

/** Key figures in a row; undefined when the data has none. */
export function renderFacts(data: unknown): Html | undefined {
  if (!isRecord(data) || !Array.isArray(data.facts) || data.facts.length === 0) return undefined;
  const facts = data.facts.filter(isRecord).map((fact) => {
    const note = text(fact.note) && markup`<small>${text(fact.note)}</small>`;
    return markup`<div><dt>${text(fact.label)}</dt><dd>${text(fact.value)}${note}</dd></div>\n`;
  });
  return markup`${
    text(data.title) && markup`<p class="figure-title">${text(data.title)}</p>`
  }<dl class="facts">${facts}</dl>`;
}

/** A value of untrusted data as text; numbers as they print, all else as nothing. */
function text(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

/** A size in pixels or a count; undefined unless a finite number from 1. */
function size(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 1
    ? Math.round(value)
    : undefined;
}
