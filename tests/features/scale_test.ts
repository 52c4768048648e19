import { fitScaler, scale, summariseFeatures, unscale } from "feira/features";
import fc from "fast-check";
import assert from "node:assert/strict";
import { assertClose, ORACLE, ORACLE_MATRIX, toMatrix } from "./_matrix.ts";

const AMOUNT = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const MATRIX = fc.integer({ min: 1, max: 5 }).chain((cols) =>
  fc.array(fc.array(AMOUNT, { minLength: cols, maxLength: cols }), { minLength: 1, maxLength: 30 })
    .map((rows) => toMatrix(rows.flat(), Array.from({ length: cols }, (_, col) => `f${col}`)))
);

Deno.test("fitScaler() gives scikit-learn's mean, scale and constant columns", () => {
  const scaler = fitScaler(ORACLE_MATRIX);
  assertClose(scaler.mean, ORACLE.mean);
  assertClose(scaler.scale, ORACLE.scale, 1e-9);
  assert.deepEqual(scaler.constantFeatures, ORACLE.constant);
  assert.deepEqual(scaler.featureNames, ORACLE.names);
});

Deno.test("scale() gives scikit-learn's z-scores", () => {
  // far_off is 10^9 ± 1: seven of sixteen digits are left for its z-scores.
  assertClose(scale(ORACLE_MATRIX, fitScaler(ORACLE_MATRIX)).data, ORACLE.scaled, 1e-6);
});

Deno.test("scale() gives mean 0 and deviation 1 to all columns but constant ones", () => {
  const scaled = fitScaler(scale(ORACLE_MATRIX, fitScaler(ORACLE_MATRIX)));
  assertClose(scaled.mean, ORACLE.names.map(() => 0), 1e-6);
  assertClose(scaled.scale, ORACLE.names.map(() => 1), 1e-6);
});

Deno.test("unscale() undoes scale()", () => {
  fc.assert(fc.property(MATRIX, (matrix) => {
    const scaler = fitScaler(matrix);
    const back = unscale(scale(matrix, scaler), scaler);
    const size = Math.max(1, ...matrix.data.map(Math.abs));
    matrix.data.forEach((value, i) => assert.ok(Math.abs(back.data[i]! - value) <= 1e-12 * size));
    assert.deepEqual({ ...back, data: 0 }, { ...matrix, data: 0 });
  }));
});

Deno.test("scale() is the same when all values are stretched and shifted", () => {
  const stretched = ORACLE_MATRIX.data.map((value) => value * 4 - 1024);
  const matrix = { ...ORACLE_MATRIX, data: stretched };
  assertClose(
    scale(matrix, fitScaler(matrix)).data,
    [...scale(ORACLE_MATRIX, fitScaler(ORACLE_MATRIX)).data],
    1e-6,
  );
});

Deno.test("scale() centres a single row and a constant column to 0", () => {
  for (const matrix of [toMatrix([5, -2], ["a", "b"]), toMatrix([0.1, 0.1, 0.1])]) {
    const scaler = fitScaler(matrix);
    assert.deepEqual(scaler.constantFeatures, matrix.featureNames);
    assertClose(scaler.scale, matrix.featureNames.map(() => 1));
    assertClose(scale(matrix, scaler).data, [...matrix.data].map(() => 0));
  }
});

Deno.test("fitScaler() and summariseFeatures() take a constant for one, whatever its sum rounds to", () => {
  fc.assert(fc.property(AMOUNT, fc.integer({ min: 1, max: 3000 }), (value, rows) => {
    const matrix = toMatrix(Array(rows).fill(value));
    assert.deepEqual(fitScaler(matrix).constantFeatures, ["one"]);
    const [summary] = summariseFeatures(matrix);
    assert.ok(summary!.std >= 0 && summary!.std <= 1e-9 * Math.abs(value));
    assert.ok(Number.isNaN(summary!.skewness));
  }));
});

Deno.test("scale() applies a scaler to customers it was not fitted on", () => {
  const scaler = fitScaler(toMatrix([10, 30]));
  assert.deepEqual([...scale(toMatrix([20, 50, 0]), scaler).data], [0, 3, -2]);
});

Deno.test("fitScaler(), scale() and unscale() leave what they are given unchanged", () => {
  const matrix = toMatrix([1, 2, 3, 5], ["a", "b"]);
  const before = structuredClone(matrix);
  const scaler = fitScaler(matrix);
  const scalerBefore = structuredClone(scaler);
  unscale(scale(matrix, scaler), scaler);
  assert.deepEqual(matrix, before);
  assert.deepEqual(scaler, scalerBefore);
});

Deno.test("fitScaler() refuses a matrix without rows or of another size", () => {
  const matrix = toMatrix([1, 2]);
  assert.throws(() => fitScaler({ ...matrix, rows: 0 }), /found 0 customers, must be at least 1/);
  assert.throws(() => fitScaler({ ...matrix, rows: 3 }), RangeError);
  assert.throws(() => fitScaler({ ...matrix, featureNames: [] }), RangeError);
});

Deno.test("scale() and unscale() refuse other features than the scaler's", () => {
  const scaler = fitScaler(toMatrix([1, 2, 3, 4], ["a", "b"]));
  const swapped = toMatrix([1, 2], ["b", "a"]);
  assert.throws(() => scale(swapped, scaler), /found features b, a, must be a, b/);
  assert.throws(() => unscale(swapped, scaler), RangeError);
});
