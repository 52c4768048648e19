import { assertCounts, assertGrid, assertValues } from "./_check.ts";
import { colorLegend, LEGEND_HEIGHT } from "./_color_legend.ts";
import { drawHits } from "./_hits.ts";
import { mapFrame } from "./_map_frame.ts";
import { at, label } from "./_markup.ts";
import { colorRange, type GridSize, valuesImage } from "./_raster.ts";
import { type Figure, type FigureOptions, NARROW, toFigure, toFit } from "./figure.ts";
import { formatNumber } from "./format_number.ts";
import { THEME } from "./theme.ts";

/** What every figure of a map can be told: its size in neurons beside the texts. */
export interface MapOptions extends FigureOptions, GridSize {}

/** The u-matrix, with customers on it when there are hits. */
export function drawUMatrix(
  what: string,
  uMatrix: ArrayLike<number>,
  options: MapOptions,
  hits?: ArrayLike<number>,
): Figure {
  assertGrid(what, options);
  const { width, height } = options;
  assertValues(what, "uMatrix", uMatrix, width * height);
  if (hits !== undefined) assertCounts(what, "hits", hits, width * height);
  return toFit((room) => drawFor(room, { uMatrix, hits, options }));
}

function drawFor(
  room: number,
  { uMatrix, hits, options }: {
    uMatrix: ArrayLike<number>;
    hits: ArrayLike<number> | undefined;
    options: MapOptions;
  },
): Figure {
  const { width, height } = options;
  const frame = mapFrame(options, room);
  const range = colorRange(uMatrix);
  const palette = "greys";
  const dots = hits && drawHits(hits, { frame, color: THEME.contrast });
  const low = frame.bottom + 12;
  // What the legend tells stands beside its scale, or below.
  const below = room < NARROW ? 20 : 0;
  const body = valuesImage(uMatrix, { width, height, range, palette, place: frame.place }) +
    (dots?.dots ?? "") + frame.axes +
    colorLegend(range, { x: frame.place.x, y: low, width: 180, palette }) +
    label("distance to neighbouring neurons", {
      x: frame.place.x + (below > 0 ? 0 : 190),
      y: low + (below > 0 ? LEGEND_HEIGHT + 12 : 9),
      fill: THEME.quietInk,
    }) +
    (dots === undefined ? "" : at(frame.place.x, low + below + LEGEND_HEIGHT + 8, dots.legend));
  const alt = options.alt ?? `U-matrix of ${width} by ${height} neurons; distances to neighbours ` +
      `from ${formatNumber(range.lo)} to ${formatNumber(range.hi)}` +
      (hits === undefined ? "" : `; ${countHits(hits)}`);
  const caption = options.caption ??
    "Each square is a neuron of the map. Light: its neighbours are alike, a group of similar customers. " +
      "Dark: they differ, a border." +
      (hits === undefined
        ? ""
        : " Each dot is a neuron's customers, its area in proportion to their number.");
  const figureHeight = Math.ceil(low + below + LEGEND_HEIGHT + (dots === undefined ? 2 : 38));
  return toFigure(body, { ...options, caption, alt, width: room, height: figureHeight });
}

function countHits(hits: ArrayLike<number>): string {
  let [sum, used] = [0, 0];
  for (let i = 0; i < hits.length; i++) {
    sum += hits[i]!;
    if (hits[i]! > 0) used++;
  }
  return `${formatNumber(sum)} customers on ${used} of ${hits.length} neurons`;
}
