import { amendFigure, type Figure } from "./figure.ts";
import { amendTable, type Table } from "./show_table.ts";

/**
 * The figure or table with the query behind it, one click away wherever it is shown.
 *
 * @param sql what was run; lines' common indent goes
 * @throws {RangeError} when there is nothing in it
 *
 * ```ts
 * import { showTable, withSql } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const shown = withSql(showTable([{ n: 3 }]), "\n  select 3 as n\n");
 * assert.equal(shown.sql, "select 3 as n");
 * ```
 */
export function withSql<T extends Figure | Table>(shown: T, sql: string): T;
export function withSql(shown: Figure | Table, sql: string): Figure | Table {
  const text = dedent(sql);
  if (text === "") throw new RangeError("Cannot show a query: sql is empty, must be a statement");
  return "svg" in shown ? amendFigure(shown, { sql: text }) : amendTable(shown, { sql: text });
}

function dedent(text: string): string {
  const lines = text.split("\n").map((line) => line.trimEnd());
  const indents = lines.filter(Boolean).map((line) => line.length - line.trimStart().length);
  // A statement that starts on its literal's first line has no indent there.
  const [first = 0, ...rest] = indents;
  const common = first === 0 && rest.length > 0 ? Math.min(...rest) : Math.min(...indents);
  return lines.map((line) => line.slice(0, common).trim() + line.slice(common)).join("\n").trim();
}
