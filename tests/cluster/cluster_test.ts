import { adjustedRand, daviesBouldin, elbow, findKnee, kMeans, silhouette } from "feira/cluster";
import fc from "fast-check";
import assert from "node:assert/strict";

const PAIRS = { data: Float64Array.of(0, 1, 10, 11, 50, 52), rows: 6, cols: 1 };
const LABELS = [0, 0, 1, 1, 2, 2];

Deno.test("kMeans() finds three pairs, their centres and their inertia", async () => {
  const { labels, centroids, inertia, converged, iterations, k } = await kMeans(PAIRS, { k: 3 });
  assert.equal(adjustedRand(labels, LABELS), 1);
  assert.deepEqual([...centroids].sort((a, b) => a - b), [0.5, 10.5, 51]);
  assert.equal(inertia, 0.5 + 0.5 + 2);
  assert.deepEqual([converged, k], [true, 3]);
  assert.ok(iterations >= 1);
});

Deno.test("kMeans() gives labels and inertia of its own centroids, converged or not", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 8, maxLength: 60 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 3 }),
      async (values, k, maxIterations) => {
        fc.pre(new Set(values).size > 10);
        const matrix = { data: Float64Array.from(values), rows: values.length, cols: 1 };
        const { labels, centroids, inertia } = await kMeans(matrix, {
          k,
          maxIterations,
          restarts: 3,
        });
        let sum = 0;
        values.forEach((value, i) => {
          const own = (value - centroids[labels[i]!]!) ** 2;
          assert.ok(centroids.every((c) => (value - c) ** 2 >= own));
          sum += own;
        });
        assert.ok(Math.abs(sum - inertia) <= 1e-9 * (1 + sum));
        assert.equal(new Set(labels).size, k);
      },
    ),
    { seed: 1, numRuns: 60 },
  );
});

Deno.test("kMeans() with more restarts is never worse", async () => {
  const data = Float64Array.from({ length: 300 }, (_, i) => (i * 7919) % 101 + (i % 3) * 40);
  const matrix = { data, rows: 100, cols: 3 };
  const inertias: number[] = [];
  for (const restarts of [1, 5, 20]) {
    inertias.push((await kMeans(matrix, { k: 6, restarts })).inertia);
  }
  assert.deepEqual(inertias, inertias.toSorted((a, b) => b - a));
});

Deno.test("kMeans() refuses k out of range and fewer different rows than k", async () => {
  for (const k of [0, -1, 7, 1.5, NaN]) {
    await assert.rejects(kMeans(PAIRS, { k }), { name: "RangeError", message: /must be 1\.\.6/ });
  }
  const twins = { data: Float64Array.of(1, 1, 2, 2), rows: 4, cols: 1 };
  await assert.rejects(kMeans(twins, { k: 3 }), /found 2 different rows, must be at least k 3/);
  assert.equal((await kMeans(twins, { k: 2 })).inertia, 0);
  for (const change of [{ restarts: 0 }, { maxIterations: 0.5 }, { seed: NaN }]) {
    await assert.rejects(kMeans(PAIRS, { k: 2, ...change }), RangeError);
  }
});

Deno.test("elbow() has a point for each k, falling", async () => {
  const curve = await elbow(PAIRS, { from: 1, to: 6 });
  assert.deepEqual(curve.map(({ k }) => k), [1, 2, 3, 4, 5, 6]);
  assert.ok(curve.every(({ inertia }, i) => i === 0 || inertia <= curve[i - 1]!.inertia));
  assert.equal(curve.at(-1)!.inertia, 0);
  await assert.rejects(
    elbow(PAIRS, { from: 3, to: 2 }),
    /to is 2, must be a whole number of at least 3/,
  );
  await assert.rejects(elbow(PAIRS, { from: 0 }), /from is 0/);
});

Deno.test("silhouette() of hand-worked rows, one alone, and all the same", async () => {
  const { values, byCluster } = await silhouette(
    { data: Float64Array.of(0, 2, 10), rows: 3, cols: 1 },
    [0, 0, 1],
  );
  assert.deepEqual([...values], [1 - 2 / 10, 1 - 2 / 8, 0]);
  assert.deepEqual(byCluster, [(0.8 + 0.75) / 2, 0]);
  const same = { data: new Float64Array(4).fill(3), rows: 4, cols: 1 };
  assert.equal((await silhouette(same, [0, 0, 1, 1])).mean, 0);
});

Deno.test("silhouette() does as its definition for any rows and labels", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer(), fc.nat(2)), {
        minLength: 6,
        maxLength: 25,
      }),
      async (points) => {
        const labels = points.map(([, , label], i) => i < 3 ? i : label);
        const data = Float64Array.from(points.flatMap(([x, y]) => [x, y / 1e9]));
        const { values } = await silhouette({ data, rows: points.length, cols: 2 }, labels);
        const distance = (i: number, j: number) =>
          Math.hypot(data[2 * i]! - data[2 * j]!, data[2 * i + 1]! - data[2 * j + 1]!);
        labels.forEach((own, i) => {
          const means = [0, 1, 2].map((label) => {
            const others = labels.keys().toArray().filter((j) => j !== i && labels[j] === label);
            return others.reduce((sum, j) => sum + distance(i, j), 0) / others.length;
          });
          const a = means[own]!;
          const b = Math.min(...means.filter((_, label) => label !== own));
          const expected = Number.isNaN(a) || Math.max(a, b) === 0 ? 0 : (b - a) / Math.max(a, b);
          assert.ok(Math.abs(values[i]! - expected) < 1e-9);
        });
      },
    ),
    { seed: 1, numRuns: 40 },
  );
});

Deno.test("silhouette() and daviesBouldin() refuse labels that are not a clustering", async () => {
  const bad: [number[], string, RegExp][] = [
    [[0, 0, 1, 1, 2], "TypeError", /found 5 labels, must be 6/],
    [[0, 0, 0, 0, 0, 0], "RangeError", /found 1 cluster, must be at least 2/],
    [[0, 0, 2, 2, 2, 2], "RangeError", /cluster 1 of 3 is empty/],
    [[0, 0, 1, 1, 1, -1], "TypeError", /found label -1 at row 5/],
    [[0, 0, 1, 1, 1, 0.5], "TypeError", /found label 0\.5 at row 5/],
    [[0, 0, 1, 1, 1, 6], "RangeError", /found label 6 at row 5, must be below 6/],
    [[0, 1, 2, 3, 4, 5], "RangeError", /found 6 clusters of 6 rows, must be fewer/],
  ];
  for (const [labels, name, message] of bad) {
    await assert.rejects(silhouette(PAIRS, labels), { name, message });
    assert.throws(() => daviesBouldin(PAIRS, labels), { name, message });
  }
});

Deno.test("measures do not change what they are given", async () => {
  const labels = Int32Array.from(LABELS);
  await silhouette(PAIRS, labels);
  daviesBouldin(PAIRS, labels);
  await kMeans(PAIRS, { k: 2 });
  assert.deepEqual([...PAIRS.data], [0, 1, 10, 11, 50, 52]);
  assert.deepEqual([...labels], LABELS);
});

Deno.test("silhouette() stops when aborted and reports to the end", async () => {
  const controller = new AbortController();
  controller.abort(new Error("enough"));
  await assert.rejects(silhouette(PAIRS, LABELS, { signal: controller.signal }), /enough/);
  const heard: number[] = [];
  await silhouette(PAIRS, LABELS, { onProgress: ({ done, total }) => heard.push(done / total) });
  assert.equal(heard.at(-1), 1);
});

Deno.test("adjustedRand() ignores the clusters' numbers and takes degenerate clusterings", () => {
  assert.equal(adjustedRand([7, 7, 7], [0, 0, 0]), 1);
  assert.equal(adjustedRand([0, 1, 2], [2, 0, 1]), 1);
  assert.equal(adjustedRand([0], [5]), 1);
  assert.equal(adjustedRand([0, 0, 0], [0, 1, 2]), 0);
  assert.throws(() => adjustedRand([0], [0, 1]), TypeError);
  assert.throws(() => adjustedRand([], []), TypeError);
});

Deno.test("findKnee() refuses what is no curve", () => {
  const spec = { curve: "convex", direction: "decreasing" } as const;
  assert.throws(() => findKnee([1, 2], [1], spec), TypeError);
  assert.throws(() => findKnee([1, 1, 2], [3, 2, 1], spec), /x 1 is 1, must be above 1/);
  assert.throws(() => findKnee([1, 2, 3], [3, NaN, 1], spec), /point 1 is \(2, NaN\)/);
  assert.throws(() => findKnee([1, 2, 3], [3, 2, 1], { ...spec, sensitivity: -1 }), RangeError);
  assert.throws(
    () => findKnee([1, 2, 3], [3, 2, 1], { ...spec, curve: "bent" as "convex" }),
    /found "bent"/,
  );
});
