import { assertFits, assertWhole } from "../_check.ts";
import { Pace } from "feira/threads";
import { RandomState } from "../_random_state.ts";
import { type MapErrorOptions, toUnits, withoutProgress } from "../search/to_units.ts";
import { DataRanks } from "./data_ranks.ts";
import { GridRanks } from "./grid_ranks.ts";
import type { Ranks } from "./ranks.ts";
import type { Matrix, SomMap } from "../types.ts";

/** Settings of {@linkcode trustworthiness} and {@linkcode neighbourhoodPreservation}. */
export interface NeighbourhoodSpec extends MapErrorOptions {
  /** Nearest rows that make a row's neighbourhood; below half of the rows. @default 5 */
  neighbours?: number;
  /**
   * Rows whose neighbourhoods are looked at, drawn without replacement; `Infinity`
   * for all. At least 2; ranks are among all rows either way. @default 1000
   */
  sample?: number;
  /** Of the sample. @default 42 */
  seed?: number;
}

/** A measure of neighbourhoods, and how sure it is. */
export interface NeighbourhoodMeasure {
  /** 0..1, more is better. */
  readonly value: number;
  /** Rows whose neighbourhoods were looked at. */
  readonly sampled: number;
  /** Of the value, by the sample's spread; 0 when all rows were looked at. */
  readonly standardError: number;
}

/** In which of the two spaces the neighbourhoods are taken; ranks are those in the other. */
export type NeighbourhoodSpace = "grid" | "data";

/**
 * 1 - 2 / (N k (2N - 3k - 1)) · Σ_i Σ_j (r(i, j) - k) over the k nearest rows j of
 * row i in one space that rank after k in the other (Venna and Kaski 2001). Ties
 * are in every order equally likely, in both spaces: each term is its mean.
 */
export async function measureRanks(
  map: SomMap,
  matrix: Matrix,
  { spec, within, action }: {
    readonly spec: NeighbourhoodSpec;
    readonly within: NeighbourhoodSpace;
    readonly action: string;
  },
): Promise<NeighbourhoodMeasure> {
  const { neighbours = 5, sample = 1000, seed = 42, ...options } = spec;
  assertFits(map, matrix, action);
  const { rows } = matrix;
  assertWhole(neighbours, `Cannot ${action}: neighbours`, 1);
  if (neighbours * 2 >= rows) {
    throw new RangeError(
      `Cannot ${action}: neighbours is ${neighbours}, must be below half of ${rows} rows`,
    );
  }
  if (sample !== Infinity) assertWhole(sample, `Cannot ${action}: sample`, 2);
  const { bmu } = await toUnits(map, matrix, withoutProgress(options), action);
  const asked = drawRows(rows, sample, seed).sort((a, b) => bmu[a]! - bmu[b]! || a - b);
  const inData = new DataRanks(matrix);
  const onGrid = new GridRanks(map, bmu);
  const [near, far] = within === "grid" ? [onGrid, inData] : [inData, onGrid];
  const pace = new Pace(asked.length, options);
  const penalties = new Float64Array(asked.length);
  for (const [at, row] of asked.entries()) {
    if (pace.isDue) await pace.breathe(at);
    inData.centre(row);
    onGrid.centre(row);
    const others = near.nearest(neighbours);
    const ranksHere = near.ranksOf(others);
    const ranksThere = far.ranksOf(others);
    ranksHere.forEach((ranks, i) => {
      penalties[at]! += shareWithin(ranks, neighbours) * excessOver(ranksThere[i]!, neighbours);
    });
  }
  pace.finish();
  const scale = 2 / (neighbours * (2 * rows - 3 * neighbours - 1));
  return toMeasure(penalties.map((penalty) => penalty * scale), rows);
}

/** The share of a tie's ranks that are at most k. */
function shareWithin({ first, last }: Ranks, k: number): number {
  return Math.max(0, Math.min(last, k) - first + 1) / (last - first + 1);
}

/** The mean of max(0, r - k) over a tie's ranks r. */
function excessOver({ first, last }: Ranks, k: number): number {
  const from = Math.max(first, k + 1);
  if (from > last) return 0;
  return (last - from + 1) * ((from + last) / 2 - k) / (last - first + 1);
}

function drawRows(rows: number, sample: number, seed: number): Int32Array {
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  if (sample >= rows) return all;
  new RandomState(seed).shuffle(all);
  return all.slice(0, sample);
}

function toMeasure(penalties: Float64Array, rows: number): NeighbourhoodMeasure {
  const sampled = penalties.length;
  const mean = penalties.reduce((sum, value) => sum + value, 0) / sampled;
  const squares = penalties.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  // Sampling without replacement: the more of the rows are in it, the less is left to chance.
  const left = (rows - sampled) / rows;
  const standardError = left === 0 ? 0 : Math.sqrt(squares / (sampled - 1) / sampled * left);
  return { value: 1 - mean, sampled, standardError };
}
