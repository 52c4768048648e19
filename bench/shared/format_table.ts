/** A table of texts; columns but the first are set to the right. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * A table as Markdown with columns of equal width, to be read on a terminal and
 * pasted into a page.
 *
 * @throws {TypeError} when a row has not as many cells as the head
 */
export function formatTable({ head, rows }: Table): string {
  const wrong = rows.findIndex((row) => row.length !== head.length);
  if (wrong >= 0) {
    throw new TypeError(
      `Cannot format table: row ${wrong} has ${
        rows[wrong]!.length
      } cells, must be the head's ${head.length}`,
    );
  }
  const widths = head.map((title, col) =>
    Math.max(3, title.length, ...rows.map((row) => row[col]!.length))
  );
  const toLine = (cells: readonly string[]) =>
    `| ${
      cells.map((cell, col) => col === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[col]!))
        .join(" | ")
    } |`;
  const rule = widths.map((width, col) =>
    col === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`
  );
  return [toLine(head), toLine(rule), ...rows.map(toLine)].join("\n");
}

/** A number to so many significant digits, without an exponent above 0.001; `–` for none. */
export function formatFigure(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined) return "–";
  if (value === 0) return "0";
  if (Math.abs(value) >= 10 ** digits) return value.toFixed(0);
  if (Math.abs(value) < 1e-3) return value.toExponential(digits - 2);
  return value.toPrecision(digits);
}
