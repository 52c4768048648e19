import type { Matrix } from "feira/cluster";
import fc from "fast-check";
import assert from "node:assert/strict";
import { type DistanceSumsRun, sumDistances } from "../../lib/cluster/_distance_sums.ts";
import { sortRows } from "../../lib/cluster/_sorted_rows.ts";
import { irregular, makeClusters } from "./_fixtures.ts";

/** `[rows × k]`: each row's share of its sums by cluster, which no scale changes. */
async function sharesOf(
  matrix: Matrix,
  labels: ArrayLike<number>,
  run: Partial<DistanceSumsRun>,
): Promise<Float64Array> {
  const sizes = new Int32Array(Math.max(...Array.from(labels)) + 1);
  for (const label of Array.from(labels)) sizes[label]! += 1;
  const sorted = sortRows(matrix, Array.from(labels), sizes);
  const shares = new Float64Array(matrix.rows * sizes.length).fill(NaN);
  await sumDistances(sorted, {
    ...run,
    onRow: (place, sums) => {
      const total = sums.reduce((sum, value) => sum + value, 0);
      shares.set(
        sums.map((sum) => total === 0 ? 0 : sum / total),
        sorted.order[place]! * sums.length,
      );
    },
  });
  return shares;
}

/** Kernel and reference take the same distances, and add them up in another order. */
const APART = { float64: 2e-11, float32: 2 ** -22 };

function assertNear(a: Float64Array, b: Float64Array, what: string, apart = APART.float64): void {
  assert.equal(a.length, b.length);
  a.forEach((value, i) => {
    assert.ok(
      Math.abs(value - b[i]!) <= apart * Math.abs(b[i]!),
      `${what}: ${value}, ${b[i]} at ${i}`,
    );
  });
}

for (
  const [rows, cols, k] of [
    [3, 1, 2],
    [4, 2, 2],
    [5, 3, 4],
    [37, 7, 3],
    [64, 8, 2],
    [301, 9, 5],
    [700, 12, 3],
    [1100, 1, 2],
    [530, 33, 60],
  ] as const
) {
  Deno.test(`sumDistances() of the kernel is its plain reference on ${rows} × ${cols} in ${k}`, async () => {
    const { matrix } = makeClusters({ rows, cols, k });
    const labels = Int32Array.from({ length: rows }, (_, i) => i < k ? i : i * 7 % k);
    for (const precision of ["float64", "float32"] as const) {
      const plain = await sharesOf(matrix, labels, { engine: "plain", precision });
      for (const threads of [1, 2]) {
        const kernel = await sharesOf(matrix, labels, { engine: "kernel", threads, precision });
        assertNear(kernel, plain, `${precision}, ${threads} threads`, APART[precision]);
      }
    }
  });
}

Deno.test("sumDistances() has the same bits for any number of threads", async () => {
  const { matrix, labels } = makeClusters({ rows: 2600, cols: 5, k: 3 });
  for (const precision of ["float64", "float32"] as const) {
    const run = { engine: "kernel", precision } as const;
    const one = await sharesOf(matrix, labels, { ...run, threads: 1 });
    for (const threads of [2, 3, 7]) {
      assert.deepEqual(await sharesOf(matrix, labels, { ...run, threads }), one);
    }
  }
});

Deno.test("sumDistances() gives rows that ask the sums that they have among all", async () => {
  const { matrix, labels } = makeClusters({ rows: 900, cols: 6, k: 4 });
  const asking = Int32Array.of(899, 0, 17, 18, 401, 402, 403);
  for (const engine of ["kernel", "plain"] as const) {
    for (const [precision, apart] of [["float64", 1e-12], ["float32", 2 ** -22]] as const) {
      const all = await sharesOf(matrix, labels, { engine, precision });
      const some = await sharesOf(matrix, labels, { engine, precision, asking });
      assert.equal(some.filter((value) => !Number.isNaN(value)).length, asking.length * 4);
      some.forEach((value, i) => {
        if (!Number.isNaN(value)) assert.ok(Math.abs(value - all[i]!) < apart);
      });
    }
  }
});

Deno.test("sumDistances() of many clusters goes by batches and says the same", async () => {
  const { matrix } = makeClusters({ rows: 400, cols: 2, k: 3 });
  const labels = Int32Array.from({ length: 400 }, (_, i) => i % 50);
  for (const precision of ["float64", "float32"] as const) {
    const heard: number[] = [];
    const kernel = await sharesOf(matrix, labels, {
      engine: "kernel",
      precision,
      mostSums: 1000,
      onProgress: ({ done, total }) => heard.push(done / total),
    });
    const plain = await sharesOf(matrix, labels, { engine: "plain", precision });
    assertNear(kernel, plain, "batches", APART[precision]);
    assert.deepEqual(heard, heard.toSorted((a, b) => a - b));
    assert.equal(heard.at(-1), 1);
  }
});

/** Data on which distances by products alone lose most or all of their digits. */
const ADVERSARIAL: Record<string, (draw: () => number) => number> = {
  "far from the origin": (draw) => 1e9 + draw(),
  "huge": (draw) => (draw() - 0.5) * 1e300,
  "tiny": (draw) => (draw() - 0.5) * 1e-300,
  "subnormal": (draw) => Math.round(draw() * 50) * 5e-324,
  "mostly equal": (draw) => draw() < 0.9 ? 0.1 : draw(),
  "one far out": (draw) => draw() < 0.002 ? 1e12 : draw(),
  "clumps within clumps": (draw) => Math.round(draw() * 2) * 1e6 + draw() * 1e-6,
  "whole numbers": (draw) => Math.floor(draw() * 3),
};

for (const [name, make] of Object.entries(ADVERSARIAL)) {
  Deno.test(`sumDistances() keeps 2e-11 of each sum on data that is ${name}`, async () => {
    const numbers = irregular(9);
    const draw = () => numbers.next().value;
    const [rows, cols] = [420, 4];
    const data = Float64Array.from({ length: rows * cols }, () => make(draw));
    const labels = Int32Array.from({ length: rows }, (_, i) => i % 3);
    const matrix = { data, rows, cols };
    const kernel = await sharesOf(matrix, labels, { engine: "kernel" });
    assertNear(kernel, await sharesOf(matrix, labels, { engine: "plain" }), name);
  });
}

Deno.test("sumDistances() takes equal columns for as many as they are, and drops constant ones", async () => {
  const { matrix: { data }, labels } = makeClusters({ rows: 200, cols: 2, k: 3 });
  const cols = 6;
  const repeated = Float64Array.from({ length: 200 * cols }, (_, at) => {
    const from = [0, 1, 0, 0, 1, undefined][at % cols];
    return from === undefined ? 1e200 : data[Math.floor(at / cols) * 2 + from]!;
  });
  const weighted = data.map((value, at) => value * Math.sqrt(at % 2 === 0 ? 3 : 2));
  for (const engine of ["kernel", "plain"] as const) {
    for (const [precision, apart] of [["float64", 2e-11], ["float32", 1e-6]] as const) {
      assertNear(
        await sharesOf({ data: repeated, rows: 200, cols }, labels, { engine, precision }),
        await sharesOf({ data: weighted, rows: 200, cols: 2 }, labels, { engine }),
        `${engine}, ${precision}`,
        apart,
      );
    }
  }
});

Deno.test("sumDistances() of rows that are all the same are 0", async () => {
  const matrix = { data: new Float64Array(27).fill(0.1), rows: 9, cols: 3 };
  for (const engine of ["kernel", "plain"] as const) {
    for (const precision of ["float64", "float32"] as const) {
      const shares = await sharesOf(matrix, [0, 0, 0, 0, 0, 1, 1, 1, 1], { engine, precision });
      assert.deepEqual(shares, new Float64Array(18));
    }
  }
});

Deno.test("sumDistances() of the kernel is its plain reference on any data", async () => {
  const value = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.constantFrom(1e150, -1e150, 1e-150, 0),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 13 }).chain((cols) =>
        fc.array(fc.array(value, { minLength: cols, maxLength: cols }), {
          minLength: 3,
          maxLength: 40,
        })
      ),
      async (points) => {
        const [rows, cols] = [points.length, points[0]!.length];
        const matrix = { data: Float64Array.from(points.flat()), rows, cols };
        const labels = points.map((_, i) => i % 2);
        const kernel = await sharesOf(matrix, labels, { engine: "kernel" });
        assertNear(kernel, await sharesOf(matrix, labels, { engine: "plain" }), "any");
      },
    ),
    { seed: 1, numRuns: 100 },
  );
});

for (const engine of ["kernel", "plain"] as const) {
  Deno.test(`sumDistances() by ${engine} stops when aborted`, async () => {
    const { matrix, labels } = makeClusters({ rows: 60_000, cols: 8, k: 2 });
    const controller = new AbortController();
    const started = sharesOf(matrix, labels, { engine, threads: 2, signal: controller.signal });
    await new Promise((resolve) => setTimeout(resolve, 250));
    controller.abort(new Error("enough"));
    await assert.rejects(started, /enough/);
  });
}
