import {
  bestMatchingUnits,
  combinedError,
  distortion,
  explainedVariance,
  type Matrix,
  neighbourhoodPreservation,
  quantizationError,
  type SomMap,
  topographicError,
  trainBatch,
  trustworthiness,
} from "feira/som";
import assert from "node:assert/strict";
import { randomMatrix } from "./_fixtures.ts";

const BATCH = { width: 6, height: 5, epochs: 4, radiusStart: 2, radiusEnd: 0.5 };

Deno.test("measures refuse units of another map or of fewer rows, and name the row", async () => {
  const matrix = randomMatrix(20, 3);
  const map = await trainBatch(matrix, BATCH);
  const small = await trainBatch(matrix, { ...BATCH, width: 2, height: 2 });
  const units = await bestMatchingUnits(map, matrix);
  const row = units.bmu.findIndex((bmu, i) => bmu > 3 || units.second[i]! > 3);
  const measures = [
    topographicError,
    combinedError,
    quantizationError,
    explainedVariance,
    trustworthiness,
    neighbourhoodPreservation,
    (map: SomMap, matrix: Matrix, run: { units: typeof units }) =>
      distortion(map, matrix, { sigma: 1, ...run }),
  ];
  for (const measure of measures) {
    const message = new RegExp(`found units \\d+ and \\d+ at row ${row}, must be neurons 0..3`);
    await assert.rejects(measure(small, matrix, { units }), { name: "RangeError", message });
    for (const name of ["bmu", "second", "distance"] as const) {
      const cut = { ...units, [name]: units[name].slice(1) };
      const message = /units are of 19 rows, must be the matrix's 20/;
      await assert.rejects(measure(map, matrix, { units: cut }), { name: "TypeError", message });
    }
  }
  const one = await trainBatch(matrix, { ...BATCH, width: 1, height: 1 });
  const ofOne = await bestMatchingUnits(one, matrix);
  assert.equal(
    await quantizationError(one, matrix, { units: ofOne }),
    await quantizationError(one, matrix),
  );
});
