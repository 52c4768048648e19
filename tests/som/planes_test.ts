import { componentPlane, hitMap, uMatrix } from "feira/som";
import assert from "node:assert/strict";

const MAP = {
  weights: Float64Array.of(0, 9, 0, 8, 3, 7, 3, 6),
  width: 2,
  height: 2,
  features: 2,
};

Deno.test("uMatrix() is all 0 when all neurons are alike", () => {
  const weights = new Float64Array(8).fill(2);
  assert.deepEqual([...uMatrix({ ...MAP, weights })], [0, 0, 0, 0]);
});

Deno.test("uMatrix() of one neuron is 0", () => {
  const map = { weights: Float64Array.of(4), width: 1, height: 1, features: 1 };
  for (const scaling of ["sum", "mean"] as const) {
    assert.deepEqual([...uMatrix(map, { scaling })], [0]);
  }
});

Deno.test("uMatrix() refuses another scaling", () => {
  assert.throws(() => uMatrix(MAP, { scaling: "max" as "sum" }), /scaling is "max"/);
});

Deno.test("componentPlane() takes one feature of every neuron", () => {
  assert.deepEqual([...componentPlane(MAP, 0)], [0, 0, 3, 3]);
  assert.deepEqual([...componentPlane(MAP, 1)], [9, 8, 7, 6]);
  for (const feature of [-1, 2, 0.5]) assert.throws(() => componentPlane(MAP, feature), RangeError);
});

Deno.test("hitMap() counts each customer once and refuses neurons that are not there", () => {
  const units = { bmu: Int32Array.of(3, 3, 0) };
  assert.deepEqual([...hitMap(MAP, units)], [1, 0, 0, 2]);
  for (const bad of [-1, 4]) assert.throws(() => hitMap(MAP, Int32Array.of(bad)), RangeError);
});
