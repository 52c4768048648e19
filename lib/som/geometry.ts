import type { Grid } from "./types.ts";

/** How far apart two rows of a hexagonal grid are; cells of a row are 1 apart. */
export const HEXAGONAL_ROW = (3 / 2) / Math.sqrt(3);

/** The eight cells around a cell of a rectangular grid, in MiniSom's order. */
const RECTANGULAR = [[0, -1], [-1, -1], [-1, 0], [-1, 1], [0, 1], [1, 1], [1, 0], [1, -1]] as const;
/** The six around a cell of a hexagonal grid, in a row that is shifted and in one that is not. */
const SHIFTED = [[0, 1], [1, 0], [0, -1], [-1, -1], [-1, 0], [-1, 1]] as const;
const UNSHIFTED = [[1, 1], [1, 0], [1, -1], [0, -1], [-1, 0], [0, 1]] as const;

/**
 * Whether the cells of row `y` of a hexagonal grid stand half a cell to the
 * left: the last row, and from it every other one, as MiniSom lays them out.
 */
export function isShifted({ topology, height }: Grid, y: number): boolean {
  return topology === "hexagonal" && (height - 1 - y) % 2 === 0;
}

/**
 * Where the neurons stand in the plane, as MiniSom's `get_euclidean_coordinates`.
 *
 * On a rectangular grid neuron (x, y) stands at (x, y). On a hexagonal one its
 * place is (x - ½, y · √3/2) in the last row and every other from there, else
 * (x, y · √3/2), so that each neuron is 1 away from its up to six neighbours.
 *
 * @returns `[width × height × 2]`, x and y of each neuron by flat index, in cells
 *
 * @example
 * ```ts
 * import { neuronPositions } from "feira/som";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual([...neuronPositions({ width: 1, height: 2 })], [0, 0, 0, 1]);
 * const [, , x, y] = neuronPositions({ width: 1, height: 2, topology: "hexagonal" });
 * assert.equal(x, -0.5);
 * assert.ok(Math.abs(y! - Math.sqrt(3) / 2) < 1e-15);
 * ```
 */
export function neuronPositions(grid: Grid): Float64Array {
  const { width, height, topology } = grid;
  const step = topology === "hexagonal" ? HEXAGONAL_ROW : 1;
  const positions = new Float64Array(width * height * 2);
  for (let x = 0, at = 0; x < width; x++) {
    for (let y = 0; y < height; y++, at += 2) {
      positions[at] = isShifted(grid, y) ? x - 0.5 : x;
      positions[at + 1] = y * step;
    }
  }
  return positions;
}

/**
 * Flat indices of the neurons next to one: up to eight on a rectangular grid,
 * diagonals included, up to six on a hexagonal one.
 *
 * @example
 * ```ts
 * import { neuronNeighbours } from "feira/som";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(neuronNeighbours({ width: 2, height: 2 }, 0).sort(), [1, 2, 3]);
 * assert.deepEqual(neuronNeighbours({ width: 2, height: 2, topology: "hexagonal" }, 1).sort(), [0, 3]);
 * ```
 */
export function neuronNeighbours(grid: Grid, neuron: number): number[] {
  const { width, height } = grid;
  const x = Math.floor(neuron / height);
  const y = neuron % height;
  const found: number[] = [];
  for (const [dx, dy] of stepsFrom(grid, y)) {
    if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
    found.push((x + dx) * height + y + dy);
  }
  return found;
}

/**
 * Four times the squared distance of two neurons in the plane: a whole number on
 * either grid, so that equal distances are equal numbers.
 */
export function fourfoldSquaredDistance(grid: Grid, a: number, b: number): number {
  const { height, topology } = grid;
  const ya = a % height;
  const yb = b % height;
  const dx = 2 * (Math.floor(a / height) - Math.floor(b / height)) -
    Number(isShifted(grid, ya)) + Number(isShifted(grid, yb));
  const dy = ya - yb;
  return dx * dx + (topology === "hexagonal" ? 3 : 4) * dy * dy;
}

/** Whether two different neurons are each other's neighbours. */
export function areNeighbours(grid: Grid, a: number, b: number): boolean {
  const fourfold = fourfoldSquaredDistance(grid, a, b);
  return fourfold > 0 && fourfold <= (grid.topology === "hexagonal" ? 4 : 8);
}

function stepsFrom(grid: Grid, y: number): readonly (readonly [number, number])[] {
  if (grid.topology !== "hexagonal") return RECTANGULAR;
  return isShifted(grid, y) ? SHIFTED : UNSHIFTED;
}
