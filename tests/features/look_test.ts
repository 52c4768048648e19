import { correlations, FEATURES, fingerprintMatrix, summariseFeatures } from "feira/features";
import fc from "fast-check";
import assert from "node:assert/strict";
import { assertClose, ORACLE, ORACLE_MATRIX, toMatrix } from "./_matrix.ts";

Deno.test("FEATURES holds the guide's twelve in its order", () => {
  assert.deepEqual(FEATURES.map((feature) => feature.name), [
    "recency",
    "frequency",
    "monetary",
    "number_of_orders",
    "avg_order_value",
    "total_order_items",
    "total_payment_value",
    "avg_payment_installments",
    "avg_review_score",
    "num_reviews",
    "avg_product_category_value",
    "num_unique_products",
  ]);
});

Deno.test("FEATURES says of each that a missing value is 0, and of four that they count twice", () => {
  for (const { description } of FEATURES) assert.match(description, /; 0 (where|for)/);
  assert.equal(new Set(FEATURES.map((feature) => feature.label)).size, 12);
  const twice = FEATURES.filter(({ description }) => description.includes("counts twice"));
  assert.equal(twice.length, 4);
});

Deno.test("summariseFeatures() gives numpy's and scipy's figures", () => {
  const found = summariseFeatures(ORACLE_MATRIX);
  const of = (key: "mean" | "std" | "q1" | "median" | "q3" | "zeroShare" | "skewness") =>
    found.map((summary) => summary[key]);
  assertClose(of("mean"), ORACLE.mean);
  assertClose(of("std"), ORACLE.std, 1e-9);
  assertClose(of("q1"), ORACLE.quartiles[0]!);
  assertClose(of("median"), ORACLE.quartiles[1]!);
  assertClose(of("q3"), ORACLE.quartiles[2]!);
  assertClose(of("zeroShare"), ORACLE.zeroShare);
  assertClose(of("skewness"), ORACLE.skewness, 1e-6);
});

Deno.test("summariseFeatures() is worked by hand on four values", () => {
  const [summary] = summariseFeatures(toMatrix([4, 0, 0, 0]));
  assert.deepEqual(summary, {
    name: "one",
    count: 4,
    mean: 1,
    std: Math.sqrt(3),
    min: 0,
    q1: 0,
    median: 0,
    q3: 1,
    max: 4,
    zeroShare: 0.75,
    // (27 − 1 − 1 − 1) / 4 / 3^1.5
    skewness: 6 / 3 ** 1.5,
  });
});

Deno.test("summariseFeatures() has no skewness for one customer", () => {
  const [summary] = summariseFeatures(toMatrix([7]));
  assert.ok(Number.isNaN(summary!.skewness));
  assert.deepEqual([summary!.q1, summary!.q3, summary!.std], [7, 7, 0]);
});

Deno.test("correlations() gives numpy's, and NaN for constant features", () => {
  assertClose(correlations(ORACLE_MATRIX).data, ORACLE.correlation, 1e-8);
});

Deno.test("correlations() is symmetric and within −1 and 1", () => {
  const value = fc.integer({ min: -9, max: 9 });
  const rows = fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 20 });
  fc.assert(fc.property(rows, (triples) => {
    const { data } = correlations(toMatrix(triples.flat(), ["a", "b", "c"]));
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        assert.ok(Object.is(data[i * 3 + j], data[j * 3 + i]));
        assert.ok(!(Math.abs(data[i * 3 + j]!) > 1));
      }
      assert.ok([1, NaN].some((one) => Object.is(data[i * 3 + i], one)));
    }
  }));
});

Deno.test("summariseFeatures() and correlations() leave the matrix unchanged", () => {
  const matrix = toMatrix([3, 1, 2, 9], ["a", "b"]);
  const before = structuredClone(matrix);
  summariseFeatures(matrix);
  correlations(matrix);
  assert.deepEqual(matrix, before);
  const empty = { ...matrix, rows: 0, customerIds: [], data: new Float64Array() };
  assert.throws(() => summariseFeatures(empty), RangeError);
  assert.throws(() => correlations(empty), RangeError);
});

Deno.test("fingerprintMatrix() changes with any id, name or number, and only then", () => {
  const matrix = toMatrix([1, 2, 3, 4], ["a", "b"]);
  const prints = [
    matrix,
    { ...matrix, customerIds: ["c00000", "x"] },
    { ...matrix, featureNames: ["b", "a"] },
    { ...matrix, data: Float64Array.of(1, 2, 3, 4 + 1e-15 * 4) },
    { ...matrix, data: Float64Array.of(2, 1, 3, 4) },
    { ...matrix, customerIds: ["c00000c00001"], featureNames: ["a", "b"] },
  ].map(fingerprintMatrix);
  assert.equal(new Set(prints).size, prints.length);
  assert.equal(fingerprintMatrix(structuredClone(matrix)), prints[0]);
  assert.match(prints[0]!, /^[0-9a-f]{64}$/);
  const shifted = { ...matrix, data: Float64Array.of(9, 1, 2, 3, 4).subarray(1) };
  assert.equal(fingerprintMatrix(shifted), prints[0]);
});
