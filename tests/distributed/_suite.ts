import { daviesBouldin } from "feira/cluster";
import {
  fitScalerInWarehouse,
  measureInWarehouse,
  sampleRows,
  type ScaledTable,
  scoreInWarehouse,
  trainInWarehouse,
} from "feira/distributed";
import { type CustomerMatrix, fitScaler, scale } from "feira/features";
import {
  bestMatchingUnits,
  type Grid,
  hitMap,
  quantizationError,
  type SomMap,
  topographicError,
  trainBatch,
} from "feira/som";
import type { Warehouse } from "feira/warehouse";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";

export const DATASET = "marts_test";

const FEATURES = ["f0", "f1", "f2"];

/** Numbers from 0 to 1 that look random, the same for the same seed. */
export function* uniform(seed: number): Generator<number, never> {
  for (let state = BigInt(seed) * 2654435761n + 1n;;) {
    state = (state * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n;
    yield Number(state >> 11n) / 2 ** 53;
  }
}

/** Skewed rows in a few heaps, far from 0 in one column. */
export function heaps(rows: number, seed = 1): CustomerMatrix {
  const numbers = uniform(seed);
  const next = () => numbers.next().value;
  const cols = FEATURES.length;
  const data = new Float64Array(rows * cols);
  for (let row = 0; row < rows; row++) {
    const heap = Math.floor(next() * 4);
    data[row * cols] = 1000 * heap - 300 * Math.log(next());
    data[row * cols + 1] = 1 + Math.floor(next() ** 3 * 5);
    data[row * cols + 2] = 1e7 + heap * next() + data[row * cols]! / 1000;
  }
  return toMatrix(data, cols);
}

/** Rows whose values are small whole numbers: full of ties, and summed exactly in any order. */
export function lattice(rows: number): CustomerMatrix {
  const numbers = uniform(7);
  const data = Float64Array.from(
    { length: rows * FEATURES.length },
    () => Math.floor(numbers.next().value * 5),
  );
  return toMatrix(data, FEATURES.length);
}

export function toMatrix(data: Float64Array, cols: number): CustomerMatrix {
  const rows = data.length / cols;
  return {
    customerIds: Array.from({ length: rows }, (_, row) => `c${row}`),
    featureNames: FEATURES.slice(0, cols),
    data,
    rows,
    cols,
  };
}

/** Puts a matrix into the warehouse as a table. */
export async function load(warehouse: Warehouse, table: string, matrix: CustomerMatrix) {
  const { customerIds, featureNames, data, cols } = matrix;
  await warehouse.replaceTables(DATASET, [{
    name: table,
    columns: [
      { name: "who", type: "text" },
      ...featureNames.map((name) => ({ name, type: "float" }) as const),
    ],
    from: {
      rows: customerIds.map((who, row) => ({
        who,
        ...Object.fromEntries(
          featureNames.map((name, d) => [name, data[row * cols + d]]),
        ),
      })),
    },
  }]);
}

export function near(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  assert.equal(found.length, expected.length);
  for (let at = 0; at < found.length; at++) {
    const [a, b] = [found[at]!, expected[at]!];
    assert.ok(
      Object.is(a, b) || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b)),
      `${at}: found ${a}, expected ${b}`,
    );
  }
}

/** Puts a matrix into the warehouse; the table, the matrix, and the matrix scaled. */
async function stage(warehouse: Warehouse, table: string, here: CustomerMatrix) {
  await load(warehouse, table, here);
  const scaler = fitScaler(here);
  const source: ScaledTable = { dataset: DATASET, table, scaler };
  return { source, here, scaled: scale(here, scaler) };
}

/** A map that stands as training would leave it, for a few epochs more. */
function roughMap(scaled: CustomerMatrix, grid: Grid): Promise<SomMap> {
  return trainBatch(scaled, { ...grid, epochs: 4, radiusStart: 3, radiusEnd: 1 });
}

export const GRIDS: Readonly<Record<string, Grid>> = {
  "5 × 4": { width: 5, height: 4 },
  "a hexagonal 4 × 6": { width: 4, height: 6, topology: "hexagonal" },
  // More units than the lists of near ones can hold: some rows meet all units.
  "12 × 9": { width: 12, height: 9 },
  "one unit": { width: 1, height: 1 },
};

/** Radii that shrink to where units move by themselves. */
const EPOCHS = { epochs: 2, radiusStart: 1.5, radiusEnd: 0.4 } as const;

export async function trainsAsHere(warehouse: Warehouse, matrix: CustomerMatrix, grid: Grid) {
  const { source, scaled } = await stage(warehouse, "training", matrix);
  const start = await roughMap(scaled, grid);
  const errors: number[] = [];
  const map = await trainInWarehouse(warehouse, source, {
    start,
    ...EPOCHS,
    onEpoch: (done) => errors.push(done.quantizationError),
  });
  const expected = await trainBatch(scaled, { ...grid, ...EPOCHS, init: start });
  near(map.weights, expected.weights, 1e-9);
  assert.deepEqual({ ...map, weights: 0 }, { ...expected, weights: 0 });
  assert.equal(errors.length, 2);
  near([errors[0]!], [await quantizationError(start, scaled)], 1e-9);
}

export async function scoresAsHere(warehouse: Warehouse, matrix: CustomerMatrix, grid: Grid) {
  const { source, scaled } = await stage(warehouse, "scoring", matrix);
  const map = await roughMap(scaled, grid);
  const units = grid.width * grid.height;
  const segments = Int32Array.from({ length: units }, (_, unit) => unit % Math.min(3, units));
  const { bmu, distance } = await bestMatchingUnits(map, scaled);
  const into = { dataset: DATASET, table: "scores" };
  const spec = { map, segments, key: "who", into };
  assert.deepEqual(await scoreInWarehouse(warehouse, source, spec), { rows: matrix.rows });
  const found = await warehouse.columns(
    `select who, unit, distance, segment from ${warehouse.nameOf(DATASET, "scores")}`,
  );
  const order = found.texts["who"]!.map((who) => Number(who.slice(1)));
  assert.equal(new Set(order).size, matrix.rows);
  assert.deepEqual([...found.numbers["unit"]!], order.map((row) => bmu[row]));
  assert.deepEqual([...found.numbers["segment"]!], order.map((row) => segments[bmu[row]!]));
  near(found.numbers["distance"]!, order.map((row) => distance[row]!), 1e-9);
}

export async function measuresAsHere(warehouse: Warehouse, matrix: CustomerMatrix, grid: Grid) {
  const { source, here, scaled } = await stage(warehouse, "measuring", matrix);
  const map = await roughMap(scaled, grid);
  const units = await bestMatchingUnits(map, scaled);
  const half = Math.floor(grid.width * grid.height / 2);
  const segments = Int32Array.from(
    { length: grid.width * grid.height },
    (_, unit) => Number(unit >= half),
  );
  const found = await measureInWarehouse(warehouse, source, { map, segments });
  assert.equal(found.rows, matrix.rows);
  near([found.quantizationError], [await quantizationError(map, scaled, { units })], 1e-9);
  if (half > 0) {
    assert.equal(found.topographicError, await topographicError(map, scaled, { units }));
  } else assert.ok(Number.isNaN(found.topographicError));
  assert.deepEqual(found.hits, hitMap(map, units));
  const labels = units.bmu.map((unit) => segments[unit]!);
  const sizes = [0, 1].map((segment) => labels.filter((label) => label === segment).length);
  assert.deepEqual(found.segments.map(({ rows }) => rows), sizes);
  if (half === 0) return;
  near([found.daviesBouldin], [daviesBouldin(scaled, labels)], 1e-9);
  found.segments.forEach(({ mean, rows }, segment) => {
    const sums = new Float64Array(here.cols);
    labels.forEach((label, row) => {
      if (label !== segment) return;
      for (let d = 0; d < here.cols; d++) sums[d]! += here.data[row * here.cols + d]! / rows;
    });
    near(mean, sums, 1e-9);
  });
}

export async function fitsScalerAsHere(warehouse: Warehouse, matrix: CustomerMatrix) {
  const { source, here } = await stage(warehouse, "scaling", matrix);
  const expected = fitScaler(here);
  const found = await fitScalerInWarehouse(warehouse, { ...source, features: here.featureNames });
  assert.deepEqual(found.featureNames, expected.featureNames);
  assert.deepEqual(found.constantFeatures, expected.constantFeatures);
  for (const which of ["mean", "scale"] as const) {
    found[which].forEach((value, d) => {
      const wanted = expected[which][d]!;
      const off = Math.abs(value - wanted);
      assert.ok(off <= 1e-12 * Math.abs(wanted), `${which} ${d}: ${value}, ${wanted}`);
    });
  }
}

/** Which rows are drawn is held to the formula, computed here. */
export async function drawsTheStatedSample(warehouse: Warehouse) {
  const matrix = heaps(60);
  await load(warehouse, "sampled", matrix);
  const source = { dataset: DATASET, table: "sampled", features: ["f0", "f2"] };
  const sample = await sampleRows(warehouse, source, { key: "who", size: 7, seed: -3 });
  const hash = (who: string) => createHash("md5").update(`-3:${who}`).digest("hex");
  const drawn = matrix.customerIds.toSorted((a, b) => hash(a) < hash(b) ? -1 : 1).slice(0, 7);
  assert.deepEqual(sample.customerIds, drawn);
  assert.deepEqual([sample.rows, sample.cols], [7, 2]);
  assert.deepEqual(
    [...sample.data],
    drawn.flatMap((who) => {
      const at = Number(who.slice(1)) * 3;
      return [matrix.data[at], matrix.data[at + 2]];
    }),
  );
  const all = await sampleRows(warehouse, source, { key: "who", size: 1000 });
  assert.equal(all.rows, 60);
}
