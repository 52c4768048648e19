import assert from "node:assert/strict";
import { compareMeasures } from "../../bench/agreement/compare_measures.ts";
import { apart, Differences } from "../../bench/agreement/differences.ts";
import type { PeerMap } from "../../bench/agreement/peer_map.ts";
import { MINISOM, readNamed } from "../som/_fixtures.ts";

Deno.test("apart() is the largest difference, in units of large values, and loses none", () => {
  assert.equal(apart([1, 0.5], [1, 0.25]), 0.25);
  assert.equal(apart([100, 1], [100, 3]), 0.02);
  assert.equal(apart([1], [1, 2]), Infinity);
  assert.ok(Number.isNaN(apart([NaN, 1], [1, 1])));
});

Deno.test("Differences keep the largest and the number of maps, in the order of coming", () => {
  const differences = new Differences();
  differences.add("grid", "3×3", 1);
  differences.add("grid", "2×2", 5);
  differences.add("grid", "3×3", 2);
  differences.add("order", "random", NaN);
  differences.add("order", "random", 1);
  assert.deepEqual(differences.list(), [
    { kind: "grid", value: "3×3", maps: 2, largest: 2 },
    { kind: "grid", value: "2×2", maps: 1, largest: 5 },
    { kind: "order", value: "random", maps: 2, largest: NaN },
  ]);
});

Deno.test("compareMeasures() sees each measure that is not MiniSom's", async () => {
  const found = MINISOM.trained.find(({ settings }) => settings.neighbourhood === "bubble")!;
  const { settings, weights } = found;
  const { width, height } = settings;
  const topology = "rectangular" as const;
  const map = { weights: Float64Array.from(weights), width, height, features: 4, topology };
  const matrix = await readNamed(settings.data);
  const peer = found as unknown as PeerMap;

  const right = new Differences();
  await compareMeasures(map, matrix, { peer, into: right });
  assert.equal(right.list().length, 6);
  for (const { kind, largest } of right.list()) assert.ok(largest < 1e-12, kind);

  for (const measure of ["qe", "te", "distortion"] as const) {
    const wrong = new Differences();
    const changed = { ...peer, [measure]: peer[measure]! + 0.1 };
    await compareMeasures(map, matrix, { peer: changed, into: wrong });
    assert.equal(wrong.list().filter(({ largest }) => largest > 1e-6).length, 1, measure);
  }
  for (const measure of ["response", "uSum", "uMean"] as const) {
    const wrong = new Differences();
    const changed = { ...peer, [measure]: peer[measure]!.map((value) => value + 1) };
    await compareMeasures(map, matrix, { peer: changed, into: wrong });
    assert.equal(wrong.list().filter(({ largest }) => largest > 1e-6).length, 1, measure);
  }
});
