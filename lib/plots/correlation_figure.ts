// @ts-types="npm:@types/d3-scale-chromatic@3.1.0"
import { interpolateRdBu } from "d3-scale-chromatic";
import { assertSome, assertValues } from "./_check.ts";
import { at, label, px, tag } from "./_markup.ts";
import { fitText, textWidth } from "./_text.ts";
import { type Figure, type FigureOptions, toFigure } from "./figure.ts";
import { formatNumber } from "./format_number.ts";
import { inkOn, PLAIN, THEME } from "./theme.ts";

/** Correlations of features with each other. */
export interface Correlations {
  readonly names: readonly string[];
  /** [names × names], row-major, each from -1 to 1. */
  readonly matrix: ArrayLike<number>;
}

const WHAT = "draw correlations";
const WIDTH = 640;

/**
 * Every correlation as a coloured, numbered square: blue together, red
 * opposed. The upper half says the same as the lower and is left out.
 *
 * @throws {RangeError} when there is no name, the matrix is not names × names or a
 *   value is not from -1 to 1
 *
 * ```ts
 * import { correlationFigure } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const data = { names: ["spend", "orders"], matrix: Float64Array.of(1, 0.5, 0.5, 1) };
 * assert.match(correlationFigure(data, { title: "Related" }).alt, /orders and spend 0.50/);
 * ```
 */
export function correlationFigure(
  { names, matrix }: Correlations,
  options: FigureOptions,
): Figure {
  const n = names.length;
  assertSome(WHAT, "names", n);
  assertValues(WHAT, "matrix", matrix, n * n);
  for (let i = 0; i < n * n; i++) {
    // Sums of rounded products may end a hair outside.
    if (Math.abs(matrix[i]!) > 1 + 1e-9) {
      throw new RangeError(`Cannot ${WHAT}: matrix is ${matrix[i]} at ${i}, must be from -1 to 1`);
    }
  }
  const room = Math.min(210, Math.max(...names.map((name) => textWidth(name, PLAIN)))) +
    10;
  const cell = Math.min(52, (WIDTH - room - 4) / n);
  const write = (value: number) => formatNumber(value, { format: "decimal", digits: 2 });
  const rows = names.map((name, row) => {
    const cells = names.slice(0, row + 1).map((_, column) =>
      square(matrix[row * n + column]!, { x: room + column * cell, cell, write })
    ).join("");
    const text = label(fitText(name, room - 8, PLAIN), {
      x: room - 8,
      y: cell / 2,
      dy: "0.35em",
      "text-anchor": "end",
    });
    return at(0, 4 + row * cell, cells + text);
  }).join("");
  const low = 4 + n * cell;
  const feet = names.map((name, i) => {
    const [x, y] = [room + (i + 0.5) * cell + 4, low + 12];
    return label(fitText(name, room - 8, PLAIN), {
      transform: `translate(${px(x)},${px(y)}) rotate(-45)`,
      "text-anchor": "end",
    });
  }).join("");
  const strongest = names.flatMap((name, row) =>
    names.slice(0, row).map((other, column) => ({ name, other, r: matrix[row * n + column]! }))
  ).sort((a, b) => Math.abs(b.r) - Math.abs(a.r)).slice(0, 10);
  const alt = options.alt ?? `Correlations of ${n} features. Strongest: ` +
      strongest.map(({ name, other, r }) => `${name} and ${other} ${write(r)}`).join("; ");
  const caption = options.caption ??
    "Pearson correlation of each pair: 1 (blue) rises together, −1 (red) opposed, 0 (white) unrelated.";
  const height = Math.ceil(low + room * 0.74 + 14);
  return toFigure(rows + feet, { ...options, caption, alt, width: WIDTH, height });
}

function square(
  value: number,
  { x, cell, write }: { x: number; cell: number; write: (value: number) => string },
): string {
  const [red, green, blue] = interpolateRdBu((value + 1) / 2).match(/\d+/g)!.map(Number);
  const color = "#" + [red!, green!, blue!].map((c) => c.toString(16).padStart(2, "0")).join("");
  // Every number is below one, so the zero before the point would only take room.
  const fontSize = Math.min(THEME.fontSize - 1, cell / 2.8);
  return tag("rect", { x, width: cell - 1, height: cell - 1, fill: color }) +
    label(write(value).replace(/^(−?)0\./, "$1."), {
      x: x + (cell - 1) / 2,
      y: (cell - 1) / 2,
      dy: "0.35em",
      "text-anchor": "middle",
      "font-size": fontSize,
      fill: inkOn(color),
    });
}
