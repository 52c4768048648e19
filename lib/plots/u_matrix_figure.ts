import { assertGrid, assertValues } from "./_check.ts";
import { colorLegend, LEGEND_HEIGHT } from "./_color_legend.ts";
import { drawHits } from "./_hits.ts";
import { mapFrame } from "./_map_frame.ts";
import { at, label } from "./_markup.ts";
import { colorRange, type GridSize, valuesImage } from "./_raster.ts";
import { type Figure, type FigureOptions, toFigure } from "./figure.ts";
import { formatNumber } from "./format_number.ts";
import { THEME } from "./theme.ts";

/** What every figure of a map can be told: its size in neurons beside the texts. */
export interface MapOptions extends FigureOptions, GridSize {}

const FIGURE_WIDTH = 640;

/**
 * Each neuron's distance to its neighbours, dark where they are far apart:
 * light valleys are groups, dark ridges the borders between them.
 *
 * @param uMatrix [width × height], neuron (x, y) at x * height + y, any unit, from 0
 * @throws {RangeError} when the size or the number of values does not fit or one is not finite
 *
 * ```ts
 * import { uMatrixFigure } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const options = { width: 3, height: 2, title: "One ridge" };
 * const figure = uMatrixFigure(Float64Array.of(0, 0.1, 1, 0.9, 0.2, 0.1), options);
 * assert.match(figure.svg, /<image [^>]*href="data:image\/png;base64,/);
 * ```
 */
export function uMatrixFigure(uMatrix: ArrayLike<number>, options: MapOptions): Figure {
  return drawUMatrix("draw a u-matrix", uMatrix, options);
}

/**
 * The u-matrix with the customers on it: one dot per neuron that has any, its
 * area in proportion to how many.
 *
 * @param maps `uMatrix` as in {@link uMatrixFigure}; `hits` [width × height], customers per neuron
 * @throws {RangeError} when the size or the number of values does not fit, one is not finite
 *   or a count is negative
 *
 * ```ts
 * import { uMatrixHitsFigure } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const maps = { uMatrix: Float64Array.of(0, 0.1, 1, 0.9), hits: Int32Array.of(5, 0, 1, 9) };
 * const figure = uMatrixHitsFigure(maps, { width: 2, height: 2, title: "Most sit together" });
 * assert.match(figure.alt, /15 customers on 3 of 4 neurons/);
 * ```
 */
export function uMatrixHitsFigure(
  { uMatrix, hits }: { readonly uMatrix: ArrayLike<number>; readonly hits: ArrayLike<number> },
  options: MapOptions,
): Figure {
  return drawUMatrix("draw a u-matrix with customers", uMatrix, options, hits);
}

function drawUMatrix(
  what: string,
  uMatrix: ArrayLike<number>,
  options: MapOptions,
  hits?: ArrayLike<number>,
): Figure {
  assertGrid(what, options);
  const { width, height } = options;
  assertValues(what, "uMatrix", uMatrix, width * height);
  if (hits !== undefined) assertCounts(what, hits, width * height);
  const frame = mapFrame(options, FIGURE_WIDTH);
  const range = colorRange(uMatrix);
  const palette = "greys";
  const dots = hits && drawHits(hits, { frame, color: THEME.contrast });
  const low = frame.bottom + 12;
  const keyX = frame.place.x + 190;
  const body = valuesImage(uMatrix, { width, height, range, palette, place: frame.place }) +
    (dots?.dots ?? "") + frame.axes +
    colorLegend(range, { x: frame.place.x, y: low, width: 180, palette }) +
    label("distance to neighbouring neurons", {
      x: keyX,
      y: low + 9,
      fill: THEME.quietInk,
    }) +
    (dots === undefined ? "" : at(frame.place.x, low + LEGEND_HEIGHT + 8, dots.legend));
  const alt = options.alt ?? `U-matrix of ${width} by ${height} neurons; distances to neighbours ` +
      `from ${formatNumber(range.lo)} to ${formatNumber(range.hi)}` +
      (hits === undefined ? "" : `; ${countHits(hits)}`);
  const caption = options.caption ??
    "Each square is a neuron of the map. Light: its neighbours are alike, a group of similar customers. " +
      "Dark: they differ, a border." +
      (hits === undefined
        ? ""
        : " Each dot is a neuron's customers, its area in proportion to their number.");
  const figureHeight = Math.ceil(low + LEGEND_HEIGHT + (dots === undefined ? 2 : 38));
  return toFigure(body, { ...options, caption, alt, width: FIGURE_WIDTH, height: figureHeight });
}

function assertCounts(what: string, hits: ArrayLike<number>, length: number): void {
  assertValues(what, "hits", hits, length);
  for (let i = 0; i < length; i++) {
    if (hits[i]! < 0) {
      throw new RangeError(`Cannot ${what}: hits is ${hits[i]} at ${i}, must be 0 or more`);
    }
  }
}

function countHits(hits: ArrayLike<number>): string {
  let [sum, used] = [0, 0];
  for (let i = 0; i < hits.length; i++) {
    sum += hits[i]!;
    if (hits[i]! > 0) used++;
  }
  return `${formatNumber(sum)} customers on ${used} of ${hits.length} neurons`;
}
