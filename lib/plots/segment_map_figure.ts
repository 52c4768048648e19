import { assertCounts, assertGrid, assertSome, assertValues } from "./_check.ts";
import { drawHits } from "./_hits.ts";
import { type MapFrame, mapFrame } from "./_map_frame.ts";
import { at, label, px, tag } from "./_markup.ts";
import { placeLabels } from "./_place_labels.ts";
import { gridImage } from "./_raster.ts";
import { deepestNeuron, largestRegion } from "./_region.ts";
import { segmentBadge } from "./_segment_badge.ts";
import { fitText, textWidth, wrapText } from "./_text.ts";
import type { MapOptions } from "./_u_matrix.ts";
import { type Figure, toFigure, toFit } from "./figure.ts";
import { formatNumber, sharePercent } from "./format_number.ts";
import { BOLD, PLAIN, segmentColor, THEME } from "./theme.ts";

/** A segment as a figure names it. */
export interface SegmentName {
  readonly id: number;
  readonly name: string;
}

/** What a map of segments can be told. */
export interface SegmentMapOptions extends MapOptions {
  /** Every segment that a neuron may belong to. */
  readonly segments: readonly SegmentName[];
  /** [width × height], customers per neuron; drawn as dots and counted in the legend. */
  readonly hits?: ArrayLike<number>;
}

const WHAT = "draw a map of segments";

/**
 * The map coloured by segment, with each segment's number and name on its
 * largest region and its size in the legend.
 *
 * @param neuronSegments [width × height], the id of each neuron's segment
 * @throws {RangeError} when the size does not fit, or a neuron's segment is not among `segments`
 *
 * ```ts
 * import { segmentMapFigure } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const figure = segmentMapFigure(Int32Array.of(0, 0, 0, 1), {
 *   width: 2,
 *   height: 2,
 *   segments: [{ id: 0, name: "most" }, { id: 1, name: "few" }],
 *   title: "Most are alike",
 * });
 * assert.match(figure.alt, /0 most: 3 neurons \(75.0%\)/);
 * ```
 */
export function segmentMapFigure(
  neuronSegments: ArrayLike<number>,
  options: SegmentMapOptions,
): Figure {
  const { width, height, segments, hits } = options;
  assertGrid(WHAT, options);
  assertSome(WHAT, "segments", segments.length);
  assertValues(WHAT, "neuronSegments", neuronSegments, width * height);
  if (hits !== undefined) assertCounts(WHAT, "hits", hits, width * height);
  const rank = new Map(segments.map(({ id }, i) => [id, i]));
  for (let i = 0; i < neuronSegments.length; i++) {
    if (!rank.has(neuronSegments[i]!)) {
      throw new RangeError(
        `Cannot ${WHAT}: neuron ${i} is of segment ${neuronSegments[i]}, must be one of ` +
          [...rank.keys()].join(", "),
      );
    }
  }
  return toFit((room) => drawFor(room, neuronSegments, options));
}

function drawFor(
  figureWidth: number,
  neuronSegments: ArrayLike<number>,
  options: SegmentMapOptions,
): Figure {
  const { width, height, segments, hits } = options;
  const rank = new Map(segments.map(({ id }, i) => [id, i]));
  const frame = mapFrame(options, figureWidth);
  const image = gridImage((neuron) => rank.get(neuronSegments[neuron]!)!, {
    width,
    height,
    place: frame.place,
    palette: segments.map(({ id }) => rgb(segmentColor(id))),
  });
  // By its name: a page in the dark makes the paper's #ffffff dark.
  const dots = hits && drawHits(hits, { frame, color: "white", opacity: 0.65 });
  const sizes = describeSizes(neuronSegments, segments, hits);
  const room = figureWidth - frame.place.x - 40;
  // Names are never cut where a second line can take the sizes.
  const stacked = segments.some(({ name }, i) =>
    textWidth(name, BOLD) + textWidth(sizes[i]!, PLAIN) + 16 > room
  );
  const lines = sizes.map((size) =>
    stacked ? wrapText(size, { ...PLAIN, width: room, lines: 2 }) : [size]
  );
  const rowHeight = stacked ? 24 + 18 * Math.max(...lines.map(({ length }) => length)) : 26;
  const legend = segments.map(({ id, name }, i) =>
    at(
      frame.place.x,
      frame.bottom + 10 + i * rowHeight,
      segmentBadge(id, 11, 11) +
        label(fitText(name, room, BOLD), { x: 30, y: 15, "font-weight": 600 }) +
        lines[i]!.map((line, j) =>
          label(line, {
            x: stacked ? 30 : room + 30,
            y: stacked ? 32 + 17 * j : 15,
            "text-anchor": stacked ? undefined : "end",
            fill: THEME.quietInk,
            "font-variant": "tabular-nums",
          })
        ).join(""),
    )
  ).join("");
  const body = image + (dots?.dots ?? "") + drawBorders(neuronSegments, { ...options, frame }) +
    frame.axes +
    drawNames(neuronSegments, { ...options, frame }) + legend;
  const alt = options.alt ?? "Map of segments. " +
      segments.map(({ id, name }, i) => `${id} ${name}: ${sizes[i]}`).join("; ");
  const caption = options.caption ??
    "Each square is a neuron, coloured by the segment that its customers belong to." +
      (hits === undefined ? "" : " White dots: customers, area in proportion to their number.");
  const figureHeight = Math.ceil(frame.bottom + 10 + segments.length * rowHeight);
  return toFigure(body, { ...options, caption, alt, width: figureWidth, height: figureHeight });
}

/** Lines between segments: in grey print two of their colours may be one. */
function drawBorders(
  neuronSegments: ArrayLike<number>,
  { width, height, frame: { centre, cell } }: SegmentMapOptions & { frame: MapFrame },
): string {
  const half = cell / 2;
  let d = "";
  for (let neuron = 0; neuron < width * height; neuron++) {
    const { x, y } = centre(neuron);
    const [id, right, up] = [neuron, neuron + height, neuron + 1].map((n) => neuronSegments[n]);
    if (Math.floor(neuron / height) < width - 1 && right !== id) {
      d += `M${px(x + half)} ${px(y - half)}v${px(cell)}`;
    }
    if (neuron % height < height - 1 && up !== id) {
      d += `M${px(x - half)} ${px(y - half)}h${px(cell)}`;
    }
  }
  if (d === "") return "";
  const stroke = { d, fill: "none", "stroke-linecap": "square" };
  return tag("path", { ...stroke, stroke: "black", "stroke-width": 3 }) +
    tag("path", { ...stroke, stroke: "white", "stroke-width": 1.5 });
}

/** Numbers on the map, and names beside them where they meet nothing; the legend has all. */
function drawNames(
  neuronSegments: ArrayLike<number>,
  { segments, frame, ...size }: SegmentMapOptions & { frame: MapFrame },
): string {
  const spots = segments.flatMap(({ id, name }) => {
    const neuron = deepestNeuron(largestRegion(neuronSegments, id, size), size);
    const text = fitText(name, 300, BOLD);
    return neuron === undefined
      ? []
      : [{ id, text, ...frame.centre(neuron), radius: 12, bold: true }];
  });
  const { x, y, width, height } = frame.place;
  const bounds = { x0: x + 4, y0: y + 4, x1: x + width - 4, y1: y + height - 4 };
  return placeLabels(spots, { bounds, first: "below" }).markup +
    spots.map(({ id, x, y }) => segmentBadge(id, x, y, { ring: true })).join("");
}

function describeSizes(
  neuronSegments: ArrayLike<number>,
  segments: readonly SegmentName[],
  hits: ArrayLike<number> | undefined,
): string[] {
  const neurons = new Map<number, number>();
  const customers = new Map<number, number>();
  let all = 0;
  for (let i = 0; i < neuronSegments.length; i++) {
    const id = neuronSegments[i]!;
    neurons.set(id, (neurons.get(id) ?? 0) + 1);
    customers.set(id, (customers.get(id) ?? 0) + (hits?.[i] ?? 0));
    all += hits?.[i] ?? 0;
  }
  return segments.map(({ id }) => {
    const [cells, people] = [neurons.get(id) ?? 0, customers.get(id) ?? 0];
    return `${formatNumber(cells)} neurons (${sharePercent(cells, neuronSegments.length)})` +
      (hits === undefined
        ? ""
        : `, ${formatNumber(people)} customers (${sharePercent(people, all)})`);
  });
}

function rgb(color: string): readonly [number, number, number] {
  const [red, green, blue] = [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16));
  return [red!, green!, blue!];
}
