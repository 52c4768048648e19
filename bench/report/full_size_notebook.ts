import { kMeans } from "feira/cluster";
import { FEATURES } from "feira/features";
import {
  componentPlanesFigure,
  mapExplorerFigure,
  segmentMapFigure,
  uMatrixFigure,
  uMatrixHitsFigure,
} from "feira/plots";
import { bestMatchingUnits, componentPlane, hitMap, trainBatch, uMatrix } from "feira/som";
import type { Customers } from "../shared/customers.ts";

/** The grid of the guide. */
const GRID = { width: 80, height: 40 };
const SEGMENTS = 3;

/**
 * An executed notebook with every figure of the map at full size: 80 × 40
 * neurons, twelve planes, all customers. Made without a kernel.
 *
 * @returns its JSON.
 */
export async function fullSizeNotebook({ raw, scaled }: Customers): Promise<string> {
  const map = await trainBatch(scaled, { ...GRID, epochs: 20, radiusStart: 10, radiusEnd: 0.44 });
  const units = await bestMatchingUnits(map, scaled);
  const neurons = { data: map.weights, rows: GRID.width * GRID.height, cols: map.features };
  const { labels } = await kMeans(neurons, { k: SEGMENTS });
  const walls = uMatrix(map);
  const hits = hitMap(map, units);
  const segments = Array.from({ length: SEGMENTS }, (_, id) => ({ id, name: `Segment ${id}` }));
  const planes = FEATURES.map(({ label }, j) => ({ label, values: componentPlane(map, j) }));
  const features = FEATURES.map(({ label, unit }, j) => {
    const values = column(raw, j);
    return { label, unit, plane: toRaw(componentPlane(map, j), values), values };
  });
  const figures = [
    mapExplorerFigure({
      uMatrix: walls,
      neuronSegments: labels,
      customerNeurons: units.bmu,
      features,
    }, { ...GRID, segments, title: "The map to look around in" }),
    segmentMapFigure(labels, { ...GRID, segments, hits, title: "The map with its segments" }),
    uMatrixFigure(walls, { ...GRID, title: "How far each neuron is from its neighbours" }),
    uMatrixHitsFigure({ uMatrix: walls, hits }, { ...GRID, title: "Where the customers are" }),
    componentPlanesFigure(planes, { ...GRID, title: "Twelve features on one map" }),
  ];
  const display = Symbol.for("Jupyter.display");
  const outputs = figures.map((figure) => ({
    output_type: "display_data",
    metadata: {},
    data: (figure as unknown as Record<symbol, () => unknown>)[display]!(),
  }));
  return toNotebook(outputs);
}

/** Z-scores → the column's own unit, none below its least value. */
function toRaw(scores: Float64Array, values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const least = values.reduce((least, value) => Math.min(least, value), Infinity);
  return scores.map((z) => Math.max(least, mean + z * Math.sqrt(variance)));
}

function column(
  { data, rows, cols }: {
    readonly data: Float64Array;
    readonly rows: number;
    readonly cols: number;
  },
  j: number,
): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => data[i * cols + j]!);
}

function toNotebook(outputs: readonly unknown[]): string {
  const code = outputs.map((output, i) => ({
    cell_type: "code",
    id: `figure-${i}`,
    metadata: {},
    execution_count: i + 1,
    source: "figure",
    outputs: [output],
  }));
  const title = { cell_type: "markdown", id: "title", metadata: {}, source: "# The whole map" };
  const metadata = {
    kernelspec: { name: "deno", display_name: "Deno", language: "typescript" },
    language_info: { name: "typescript", file_extension: ".ts", mimetype: "text/x.typescript" },
  };
  return JSON.stringify({ cells: [title, ...code], metadata, nbformat: 4, nbformat_minor: 5 });
}
