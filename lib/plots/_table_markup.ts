import { escapeText, tag } from "./_markup.ts";
import { sqlHtml } from "./_sql_html.ts";
import type { TableData } from "./show_table.ts";

/** "first 200 of 95,420 rows", or nothing when all are there. */
function cutNote({ rows, totalRows }: TableData): string {
  if (totalRows === 0) return "no rows";
  if (rows.length === totalRows) return "";
  const [shown, all] = [rows.length, totalRows].map((n) => n.toLocaleString("en-US"));
  return `first ${shown} of ${all} rows`;
}

/**
 * Styles stand on the elements, for a notebook has no style sheet of ours, and
 * take colours from the page, so that the table is readable on light and dark.
 */
export function tableHtml(data: TableData): string {
  const rule = "1px solid rgba(128,136,146,0.35)";
  const style = (i: number) =>
    `text-align:${data.columns[i]!.align};padding:0.25em 0.75em;vertical-align:top;` +
    (data.columns[i]!.type === "number"
      ? "font-variant-numeric:tabular-nums;white-space:nowrap;"
      : `max-width:28em;overflow-wrap:break-word;min-width:${roomOf(data, i)}em;`);
  const cell = (name: string, text: string, i: number, more: string, scope?: string) =>
    tag(name, { style: style(i) + more, scope }, escapeText(text));
  const head = data.columns.map((column, i) =>
    cell("th", column.label, i, `font-weight:600;border-bottom:2px solid currentColor`, "col")
  ).join("");
  const body = data.rows.map((row) =>
    `<tr>${row.map((text, i) => cell("td", text, i, `border-bottom:${rule}`)).join("")}</tr>`
  ).join("");
  const notes = [data.caption, cutNote(data)].filter(Boolean).join(" · ");
  const title = data.title === undefined ? "" : tag(
    "caption",
    { style: "text-align:left;font-weight:600;color:inherit;padding:0 0 0.4em;caption-side:top" },
    escapeText(data.title),
  );
  const table = tag(
    "table",
    { style: "border-collapse:collapse;margin:0;font-size:0.95em" },
    `${title}<thead><tr>${head}</tr></thead><tbody>${body}</tbody>`,
  );
  return tag(
    "div",
    { style: "overflow-x:auto;margin:0.5em 0" },
    table + (notes && tag(
      "div",
      { style: "opacity:0.75;font-size:0.9em;margin-top:0.3em" },
      escapeText(notes),
    )) + sqlHtml(data.sql),
  );
}

/** Room for a text column, so that a phone scrolls before it breaks every word. */
function roomOf({ columns, rows }: TableData, i: number): number {
  const longest = rows.reduce(
    (most, row) => Math.max(most, row[i]!.length),
    columns[i]!.label.length,
  );
  return Math.min(14, Math.ceil(longest * 0.55));
}

/** The table for a terminal or a text-only front end, columns aligned. */
export function tableText(data: TableData): string {
  const cells = [data.columns.map(({ label }) => label), ...data.rows];
  const widths = data.columns.map((_, i) =>
    cells.reduce((most, row) => Math.max(most, [...row[i]!].length), 0)
  );
  const pad = (text: string, i: number) => {
    const space = " ".repeat(widths[i]! - [...text].length);
    return data.columns[i]!.align === "right" ? space + text : text + space;
  };
  const lines = cells.map((row) => row.map(pad).join("  ").trimEnd());
  lines.splice(1, 0, widths.map((width) => "─".repeat(width)).join("  "));
  return [data.title, ...lines, data.caption, cutNote(data)].filter(Boolean).join("\n");
}
