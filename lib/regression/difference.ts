/** Something that a notebook showed differently. */
export interface Difference {
  /** The notebook's name. */
  readonly notebook: string;
  /** Counted from 1 among the code cells. */
  readonly cell?: number;
  /** The heading that the cell stands under. */
  readonly title?: string;
  /** The output and the place in it: `table "Rows", row 3 (sellers), rows`. */
  readonly where?: string;
  /** What is wrong, where the two values do not say it. */
  readonly remark?: string;
  readonly stored?: string;
  readonly found?: string;
}

/**
 * A difference for a terminal: where it is, and below it both values.
 *
 * @example
 * ```ts
 * import { formatDifference } from "feira/regression";
 * import assert from "node:assert/strict";
 *
 * const place = { notebook: "06_features", cell: 4, title: "Scaling", where: "stdout, line 2" };
 * assert.equal(
 *   formatDifference({ ...place, stored: "12", found: "13" }),
 *   '06_features.ipynb, cell 4 ("Scaling"), stdout, line 2\n    stored  12\n    found   13',
 * );
 * ```
 */
export function formatDifference(difference: Difference): string {
  const { notebook, cell, title, where, remark, stored, found } = difference;
  const place = [
    `${notebook}.ipynb`,
    ...(cell === undefined ? [] : [`cell ${cell}${title ? ` ("${title}")` : ""}`]),
    ...(where === undefined ? [] : [where]),
  ].join(", ");
  const lines = [`${place}${remark === undefined ? "" : `: ${remark}`}`];
  if (stored !== undefined) lines.push(`    stored  ${indent(stored)}`);
  if (found !== undefined) lines.push(`    found   ${indent(found)}`);
  return lines.join("\n");
}

/** Long texts are cut: where they part is what {@linkcode Difference.where} says. */
function indent(text: string): string {
  const lines = text.trimEnd().split("\n");
  const shown = lines.slice(0, 5).map((line) =>
    line.length > 160 ? `${line.slice(0, 160)}…` : line
  );
  if (lines.length > 5) shown.push(`… ${lines.length - 5} more lines`);
  return shown.join("\n            ");
}
