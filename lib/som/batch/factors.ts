import { HEXAGONAL_ROW } from "../geometry.ts";
import type { Grid } from "../types.ts";

/** Beyond this many sigma a row's part in a mean is under 2e-8 of the nearest rows'. */
const REACH_SIGMAS = 6;

/**
 * The gaussian of one radius on one grid, by how far apart cells are. It is the
 * product of a factor along x and one along y, on a hexagonal grid too: there
 * the factor along x is of half cells where one row is shifted and one is not.
 */
export interface BatchFactors {
  /** `[2 · width + 1]`: the factor of cells k apart along x stands at width + k. */
  readonly whole: Float64Array;
  /** `[2 · width + 1]`: of cells k + ½ apart along x. */
  readonly half: Float64Array;
  /** `[2 · height + 1]`: the factor of rows of the grid k apart stands at height + k. */
  readonly down: Float64Array;
  /** Cells further away than this along x, and along y, are left out. */
  readonly reachAcross: number;
  readonly reachDown: number;
}

export function batchFactors({ width, height, topology }: Grid, sigma: number): BatchFactors {
  const isHexagonal = topology === "hexagonal";
  const rowStep = isHexagonal ? HEXAGONAL_ROW : 1;
  const reach = REACH_SIGMAS * sigma;
  return {
    whole: gaussian(width, sigma, (k) => k),
    half: gaussian(width, sigma, (k) => k + 0.5),
    down: gaussian(height, sigma, (k) => k * rowStep),
    reachAcross: Math.min(width, Math.ceil(reach) + (isHexagonal ? 1 : 0)),
    reachDown: Math.min(height, Math.ceil(reach / rowStep)),
  };
}

function gaussian(cells: number, sigma: number, distance: (k: number) => number): Float64Array {
  const spread = 2 * sigma * sigma;
  return Float64Array.from({ length: 2 * cells + 1 }, (_, at) => {
    const squared = distance(at - cells) ** 2;
    // Also where sigma is so small that its square is 0.
    return squared === 0 ? 1 : Math.exp(-squared / spread);
  });
}
