import { type LongRun, Pace } from "feira/threads";
import { Search } from "./search.ts";
import { Tiles } from "./tiles.ts";
import type { BestMatchingUnits } from "../best_matching_units.ts";
import type { Matrix, SomMap } from "../types.ts";

const SLICE = 128;

/** Best-matching units in plain TypeScript: what the kernel is held to. */
export async function findUnitsPlainly(
  map: SomMap,
  { data, rows, cols }: Matrix,
  run: LongRun,
): Promise<BestMatchingUnits> {
  const tiles = new Tiles(map, cols);
  tiles.fit(map.weights);
  const search = new Search(tiles, map.weights);
  const bmu = new Int32Array(rows);
  const second = new Int32Array(rows);
  const distance = new Float64Array(rows);
  const pace = new Pace(rows, run);
  for (let i = 0; i < rows; i++) {
    if (i % SLICE === 0 && pace.isDue) await pace.breathe(i);
    search.nearestTwo(data, i * cols);
    bmu[i] = search.best;
    second[i] = search.second;
    distance[i] = Math.sqrt(search.bestSquared);
  }
  pace.finish();
  return { bmu, second, distance };
}
