import assert from "node:assert/strict";
import fc from "fast-check";
import { cumulate, type Curve, Dice, idMaker, interpolate, mix32 } from "../../lib/olist/_dice.ts";

Deno.test("Dice gives the same numbers for a seed and others for another seed or stream", () => {
  const numbers = (dice: Dice) => Array.from({ length: 20 }, () => dice.below(1_000_000));
  assert.deepEqual(numbers(new Dice(42, 1)), numbers(new Dice(42, 1)));
  assert.notDeepEqual(numbers(new Dice(42, 1)), numbers(new Dice(43, 1)));
  assert.notDeepEqual(numbers(new Dice(42, 1)), numbers(new Dice(42, 2)));
});

Deno.test("Dice.next() stays in [0, 1) and fills it evenly", () => {
  const dice = new Dice(7, 0);
  const tenths = new Array<number>(10).fill(0);
  for (let i = 0; i < 100_000; i++) tenths[Math.floor(dice.next() * 10)]!++;
  assert.equal(tenths.reduce((sum, count) => sum + count), 100_000);
  // Five standard deviations of a binomial count of 10,000.
  for (const count of tenths) assert.ok(Math.abs(count - 10_000) < 475, String(tenths));
});

Deno.test("Dice.index() draws by weight and never what weighs nothing", () => {
  const dice = new Dice(1, 0);
  const counts = [0, 0, 0];
  for (let i = 0; i < 10_000; i++) counts[dice.index(cumulate([1, 0, 3]))]!++;
  assert.equal(counts[1], 0);
  assert.ok(Math.abs(counts[2]! - 7_500) < 220, String(counts));
});

Deno.test("Dice.between() reaches both ends", () => {
  const dice = new Dice(3, 0);
  const seen = new Set(Array.from({ length: 200 }, () => dice.between(4, 6)));
  assert.deepEqual([...seen].sort(), [4, 5, 6]);
});

Deno.test("interpolate() meets its points, runs straight between them, level beyond", () => {
  const curve: Curve = [[0, 10], [0.5, 20], [1, 100]];
  assert.deepEqual([-1, 0, 0.25, 0.5, 0.75, 1, 2].map((x) => interpolate(curve, x)), [
    ...[10, 10, 15, 20, 60, 100, 100],
  ]);
});

Deno.test("mix32() is the finaliser of MurmurHash3", () => {
  // Reference: fmix32 of smhasher's MurmurHash3.cpp, run with a C compiler's arithmetic.
  assert.equal(mix32(0), 0);
  assert.equal(mix32(1), 0x514e28b7);
  assert.equal(mix32(0xdeadbeef), 0x0de5c6a9);
});

Deno.test("idMaker() makes 32 hexadecimal digits and no id twice", () => {
  const id = idMaker(42, 1);
  const ids = new Set(Array.from({ length: 50_000 }, (_, i) => id(i)));
  assert.equal(ids.size, 50_000);
  fc.assert(fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.integer(), (index, seed) => {
    assert.match(idMaker(seed, 3)(index), /^[0-9a-f]{32}$/);
  }));
  assert.notEqual(idMaker(42, 1)(5), idMaker(42, 2)(5));
});
