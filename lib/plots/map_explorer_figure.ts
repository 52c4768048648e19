import { assertCounts, assertGrid, assertSome, assertValues } from "./_check.ts";
import { countHits, explorerData } from "./_explorer_data.ts";
import type { MapOptions } from "./_u_matrix.ts";
import { amendFigure, type Figure } from "./figure.ts";
import { segmentMapFigure, type SegmentName } from "./segment_map_figure.ts";

/** A feature over the map and over the customers. */
export interface ExplorerFeature {
  readonly label: string;
  /** The unit that `plane` and `values` are in. */
  readonly unit?: string | undefined;
  /** [width × height], the neurons' own values, neuron (x, y) at x * height + y. */
  readonly plane: ArrayLike<number>;
  /** [customers]. */
  readonly values: ArrayLike<number>;
  /** Bins even in log10(1 + value); by default where the largest is over ten times the mean. */
  readonly log?: boolean;
}

/** A trained map and who sits where on it. */
export interface ExplorerMap {
  /** [width × height], each neuron's distance to its neighbours, any unit, from 0. */
  readonly uMatrix: ArrayLike<number>;
  /** [width × height], the id of each neuron's segment. */
  readonly neuronSegments: ArrayLike<number>;
  /** [customers], each one's nearest neuron. */
  readonly customerNeurons: ArrayLike<number>;
  readonly features: readonly ExplorerFeature[];
}

/** What the explorer can be told. */
export interface MapExplorerOptions extends MapOptions {
  /** Every segment that a neuron may belong to; 256 at most. */
  readonly segments: readonly SegmentName[];
}

const WHAT = "explore a map";
const CAPTION =
  "Each square is a neuron; customers sit on the one nearest to them, and neighbours are alike. " +
  "On a screen the colours show what you choose, and a selected segment or region is compared with all " +
  "other customers; on paper they are segments, and white dots are customers, area in proportion to " +
  "their number.";

/**
 * The map to look around in: any feature's plane; every neuron's customers,
 * profile and neighbours under the pointer; and for a segment or a region how
 * its customers differ from all others. Where no script runs, it is the map
 * of segments.
 *
 * It carries sums over neurons and no customer's own row. Twelve features of
 * 95,420 customers on 3,200 neurons take some 650 KB, and
 * O(customers × features) time.
 *
 * @throws {RangeError} when sizes do not fit, a value is not finite, a customer's neuron or a
 *   neuron's segment does not exist, a value on a log axis is negative, or there is no feature,
 *   no customer or more than 256 segments
 *
 * ```ts
 * import { mapExplorerFigure } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const figure = mapExplorerFigure({
 *   uMatrix: [0, 1],
 *   neuronSegments: [0, 0],
 *   customerNeurons: [0, 0, 1],
 *   features: [{ label: "spend", unit: "BRL", plane: [10, 90], values: [8, 12, 90] }],
 * }, { width: 2, height: 1, segments: [{ id: 0, name: "all" }], title: "Look around" });
 * assert.equal(figure.interaction?.kind, "explorer");
 * assert.match(figure.alt, /3 customers/);
 * ```
 */
export function mapExplorerFigure(map: ExplorerMap, options: MapExplorerOptions): Figure {
  assertGrid(WHAT, options);
  const neurons = options.width * options.height;
  assertMap(map, neurons);
  if (options.segments.length > 256) {
    throw new RangeError(
      `Cannot ${WHAT}: there are ${options.segments.length} segments, must be 256 or fewer`,
    );
  }
  const drawn = segmentMapFigure(map.neuronSegments, {
    caption: CAPTION,
    ...options,
    hits: countHits(map.customerNeurons, neurons),
  });
  return amendFigure(drawn, {
    interaction: { kind: "explorer", data: explorerData(map, options) },
  });
}

function assertMap(
  { uMatrix, customerNeurons, features }: ExplorerMap,
  neurons: number,
): void {
  assertValues(WHAT, "uMatrix", uMatrix, neurons);
  assertSome(WHAT, "customerNeurons", customerNeurons.length);
  for (let i = 0; i < customerNeurons.length; i++) {
    const neuron = customerNeurons[i]!;
    if (!Number.isInteger(neuron) || neuron < 0 || neuron >= neurons) {
      throw new RangeError(
        `Cannot ${WHAT}: customerNeurons is ${neuron} at ${i}, must be from 0 to ${neurons - 1}`,
      );
    }
  }
  assertSome(WHAT, "features", features.length);
  for (const { label, plane, values, log = false } of features) {
    assertValues(WHAT, `plane of ${label}`, plane, neurons);
    assertValues(WHAT, `values of ${label}`, values, customerNeurons.length);
    if (log) assertCounts(WHAT, `values of ${label} on a log axis`, values, values.length);
  }
}
