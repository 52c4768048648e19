import { neuronNeighbours, neuronPositions, type Topology } from "feira/som";
import fc from "fast-check";
import assert from "node:assert/strict";
import { areNeighbours, fourfoldSquaredDistance } from "../../lib/som/geometry.ts";

const grid = fc.record({
  width: fc.integer({ min: 1, max: 7 }),
  height: fc.integer({ min: 1, max: 7 }),
  topology: fc.constantFrom<Topology>("rectangular", "hexagonal"),
});

Deno.test("neuronPositions() shifts the last row of a hexagonal grid and every other from there", () => {
  const row = 1.5 / Math.sqrt(3);
  // MiniSom(2, 3, 1, topology="hexagonal").get_euclidean_coordinates()
  assert.deepEqual(
    [...neuronPositions({ width: 2, height: 3, topology: "hexagonal" })],
    [-0.5, 0, 0, row, -0.5, 2 * row, 0.5, 0, 1, row, 0.5, 2 * row],
  );
  assert.deepEqual(
    [...neuronPositions({ width: 1, height: 2, topology: "hexagonal" })],
    [0, 0, -0.5, row],
  );
});

Deno.test("neuronNeighbours() are those at distance 1, and at √2 on a rectangular grid", () => {
  fc.assert(
    fc.property(grid, (grid) => {
      const places = neuronPositions(grid);
      const neurons = grid.width * grid.height;
      const reach = grid.topology === "hexagonal" ? 1 : Math.SQRT2;
      for (let a = 0; a < neurons; a++) {
        const near: number[] = [];
        for (let b = 0; b < neurons; b++) {
          const dx = places[a * 2]! - places[b * 2]!;
          const dy = places[a * 2 + 1]! - places[b * 2 + 1]!;
          const squared = dx * dx + dy * dy;
          assert.ok(Math.abs(fourfoldSquaredDistance(grid, a, b) - 4 * squared) < 1e-12);
          const isNear = a !== b && Math.sqrt(squared) < reach + 1e-9;
          assert.equal(areNeighbours(grid, a, b), isNear);
          if (isNear) near.push(b);
        }
        assert.deepEqual(neuronNeighbours(grid, a).sort((p, q) => p - q), near);
      }
    }),
    { numRuns: 60, seed: 1 },
  );
});

Deno.test("neuronNeighbours() are mutual", () => {
  fc.assert(
    fc.property(grid, (grid) => {
      for (let a = 0; a < grid.width * grid.height; a++) {
        for (const b of neuronNeighbours(grid, a)) assert.ok(neuronNeighbours(grid, b).includes(a));
      }
    }),
    { numRuns: 60, seed: 1 },
  );
});
