// @ts-types="npm:@types/d3-array@3.2.2"
import { ticks } from "d3-array";
import { binValues } from "./_bins.ts";
import { packHistograms } from "./_neuron_histograms.ts";
import { pack, packLevels } from "./_pack.ts";
import { type PaletteName, paletteOf } from "./_palette.ts";
import { colorRange, type GridSize } from "./_raster.ts";
import { deepestNeuron, largestRegion } from "./_region.ts";
import type { ExplorerMap } from "./map_explorer_figure.ts";
import type { SegmentName } from "./segment_map_figure.ts";
import { inkOn, segmentColor } from "./theme.ts";

/** Customers on each neuron: [neurons]. */
export function countHits(customerNeurons: ArrayLike<number>, neurons: number): Uint32Array {
  const hits = new Uint32Array(neurons);
  for (let i = 0; i < customerNeurons.length; i++) hits[customerNeurons[i]!]!++;
  return hits;
}

/**
 * All that the explorer's script reads: per neuron the customers, the segment,
 * the distance to its neighbours, and of each feature the plane's value, the
 * customers' sum and their histogram. Regions are sums over neurons, so no
 * single customer is in it.
 */
export function explorerData(
  { uMatrix, neuronSegments, customerNeurons, features }: ExplorerMap,
  { width, height, segments }: GridSize & { segments: readonly SegmentName[] },
) {
  const neurons = width * height;
  const rank = new Map(segments.map(({ id }, i) => [id, i]));
  const hits = countHits(customerNeurons, neurons);
  const ranks = Uint8Array.from({ length: neurons }, (_, i) => rank.get(neuronSegments[i]!)!);
  return {
    width,
    height,
    customers: customerNeurons.length,
    palettes: { cividis: packPalette("cividis"), greys: packPalette("greys") },
    segments: segments.map(({ id, name }) => ({
      id,
      name,
      color: segmentColor(id),
      ink: inkOn(segmentColor(id)),
      at: deepestNeuron(largestRegion(neuronSegments, id, { width, height }), { width, height }) ??
        null,
    })),
    neuronSegments: pack(ranks, "u8"),
    hits: pack(hits, "u32"),
    hitsRange: colorRange(hits),
    uMatrix: { ...packLevels(uMatrix), range: colorRange(uMatrix) },
    features: features.map(({ label, unit = "", plane, values, log = hasLongTail(values) }) => {
      const bins = binValues(values, { log, ticksOf: (lo, hi) => ticks(lo, hi, 3) });
      const { mean, sd } = momentsOf(values);
      return {
        label,
        unit,
        mean,
        sd,
        plane: { ...packLevels(plane), range: colorRange(plane) },
        sums: pack(sumUp(values, { customerNeurons, neurons }), "f32"),
        bins: {
          lo: bins.edges[0]!,
          hi: bins.edges.at(-1)!,
          count: bins.edges.length - 1,
          log: bins.log,
          ticks: bins.ticks,
        },
        histograms: packHistograms(values, { customerNeurons, neurons, bins }),
      };
    }),
  };
}

function packPalette(name: PaletteName): string {
  return pack(paletteOf(name).flat(), "u8");
}

/** Whether the largest lies so far out that on an even scale all others share a bin or two. */
function hasLongTail(values: ArrayLike<number>): boolean {
  let [lo, hi, sum] = [Infinity, -Infinity, 0];
  for (let i = 0; i < values.length; i++) {
    lo = Math.min(lo, values[i]!);
    hi = Math.max(hi, values[i]!);
    sum += values[i]!;
  }
  return lo >= 0 && hi > 10 * sum / values.length;
}

function momentsOf(values: ArrayLike<number>): { mean: number; sd: number } {
  let [mean, squares] = [0, 0];
  // Welford (1962): one pass that does not lose digits where the mean is large beside the spread.
  for (let i = 0; i < values.length; i++) {
    const away = values[i]! - mean;
    mean += away / (i + 1);
    squares += away * (values[i]! - mean);
  }
  return { mean, sd: Math.sqrt(squares / values.length) };
}

function sumUp(
  values: ArrayLike<number>,
  { customerNeurons, neurons }: { customerNeurons: ArrayLike<number>; neurons: number },
): Float64Array {
  const sums = new Float64Array(neurons);
  for (let i = 0; i < values.length; i++) sums[customerNeurons[i]!]! += values[i]!;
  return sums;
}
