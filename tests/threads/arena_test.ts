import assert from "node:assert/strict";
import fc from "fast-check";
import { Arena } from "feira/threads";

Deno.test("Arena() lays out arrays side by side after the module's page", () => {
  const arena = new Arena({ a: ["f64", 3], b: ["f32", 1], c: ["i32", 0], d: ["i32", 9] });
  assert.deepEqual(arena.at, { a: 65_536, b: 65_568, c: 65_584, d: 65_584 });
  assert.ok(arena.views.a instanceof Float64Array);
  assert.ok(arena.views.b instanceof Float32Array);
  assert.ok(arena.views.d instanceof Int32Array);
  assert.equal(arena.memory.buffer.byteLength, 2 * 65_536);
  assert.ok(arena.memory.buffer instanceof SharedArrayBuffer);
});

Deno.test("Arena() gives every array room of its own, all zeros, within less than a page more", () => {
  const kind = fc.constantFrom("f64", "f32", "i32");
  const layout = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.tuple(kind, fc.nat(9999)));
  fc.assert(
    fc.property(layout, (spec) => {
      const arena = new Arena(spec);
      const arrays = Object.values(arena.views);
      arrays.forEach((array, i) => {
        assert.ok(array.every((value) => value === 0), "nobody else wrote here");
        array.fill(i + 1);
        assert.equal(array.byteOffset % 16, 0);
      });
      arrays.forEach((array, i) => assert.ok(array.every((value) => value === i + 1)));
      const asked = arrays.reduce(
        (sum, array) => sum + Math.ceil(array.byteLength / 16) * 16,
        65_536,
      );
      const got = arena.memory.buffer.byteLength;
      assert.ok(got >= asked && got < asked + 65_536);
    }),
    { numRuns: 30 },
  );
});

Deno.test("Arena() refuses lengths that are none, and more than 4 GiB", () => {
  for (const length of [-1, 0.5, NaN]) {
    assert.throws(() => new Arena({ rows: ["f64", length] }), {
      name: "RangeError",
      message:
        `Cannot lay out memory: length of rows is ${length}, must be a whole number of at least 0`,
    });
  }
  assert.throws(() => new Arena({ rows: ["f64", 2 ** 29] }), {
    name: "RangeError",
    message: "Cannot lay out memory: arrays take 4295032832 bytes, must be at most 4294967296",
  });
});
