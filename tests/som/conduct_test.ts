import { bestMatchingUnits, type Matrix, trainBatch, trainOnline } from "feira/som";
import assert from "node:assert/strict";
import { RandomState } from "../../lib/som/_random_state.ts";

const GRID = { width: 13, height: 9 };
const BATCH = { ...GRID, epochs: 4, radiusStart: 3, radiusEnd: 0.5, threads: 3 };
const ONLINE = { ...GRID, iterations: 500, sigma: 2, learningRate: 0.5 };

/** Three columns of a thousand rows, in a buffer of their own and as parts of others. */
function views(): Matrix[] {
  const random = new RandomState(3);
  const data = Float64Array.from({ length: 3000 }, () => random.double());
  const part = new Float64Array(3100).subarray(50, 3050);
  const shared = new Float64Array(new SharedArrayBuffer(8 * 3100), 8 * 50, 3000);
  part.set(data);
  shared.set(data);
  return [data, part, shared].map((data) => Object.freeze({ data, rows: 1000, cols: 3 }));
}

Deno.test("training and search take views of buffers and shared memory, and frozen settings", async () => {
  const [own, ...others] = views();
  const all = async (matrix: Matrix) => {
    const map = await trainBatch(matrix, Object.freeze({ ...BATCH }));
    const weights = new Float64Array(new SharedArrayBuffer(map.weights.byteLength));
    weights.set(map.weights);
    const shared = Object.freeze({ ...map, weights });
    return {
      map,
      online: await trainOnline(matrix, Object.freeze({ ...ONLINE, init: shared })),
      units: await bestMatchingUnits(shared, matrix),
    };
  };
  const expected = await all(own!);
  for (const matrix of others) {
    const before = matrix.data.slice();
    assert.deepEqual(await all(matrix), expected);
    assert.deepEqual(matrix.data.slice(), before);
  }
});

Deno.test("trainings at the same time do not disturb each other", async () => {
  const [matrix] = views();
  const expected = await trainBatch(matrix!, BATCH);
  const stopped = new AbortController();
  const reason = new Error("enough");
  const [a, b, c] = await Promise.allSettled([
    trainBatch(matrix!, BATCH),
    trainBatch(matrix!, {
      ...BATCH,
      epochs: 100_000,
      signal: stopped.signal,
      onProgress: () => stopped.abort(reason),
    }),
    trainBatch(matrix!, { ...BATCH, threads: 1 }),
  ]);
  assert.deepEqual(a, { status: "fulfilled", value: expected });
  assert.deepEqual(b, { status: "rejected", reason });
  assert.deepEqual(c, { status: "fulfilled", value: expected });
});

Deno.test("training passes on what onProgress throws, and refuses to start when aborted", async () => {
  const [matrix] = views();
  const reason = new Error("of the listener");
  const onProgress = () => {
    throw reason;
  };
  const aborted = { signal: AbortSignal.abort(reason) };
  for (const run of [{ onProgress }, aborted]) {
    await assert.rejects(trainBatch(matrix!, { ...BATCH, epochs: 100_000, ...run }), reason);
    await assert.rejects(trainOnline(matrix!, { ...ONLINE, iterations: 1e6, ...run }), reason);
    const map = { ...GRID, weights: new Float64Array(13 * 9 * 3), features: 3 };
    await assert.rejects(bestMatchingUnits(map, matrix!, { threads: 2, ...run }), reason);
  }
});

Deno.test("trainOnline() can be stopped while it draws the order of rows", async () => {
  const [matrix] = views();
  const reports: number[] = [];
  const abort = new AbortController();
  const run = trainOnline(matrix!, {
    ...ONLINE,
    iterations: 20_000_000,
    signal: abort.signal,
    onProgress: ({ done }) => {
      reports.push(done);
      abort.abort(new Error("enough"));
    },
  });
  await assert.rejects(run, /enough/);
  assert.deepEqual(reports, [0]);
});

Deno.test("a process ends by itself after trainings that were finished, stopped and failed", async () => {
  const code = `
    import { trainBatch } from "feira/som";
    const matrix = { data: Float64Array.from({ length: 3000 }, (_, i) => i % 7), rows: 1000, cols: 3 };
    const spec = { width: 9, height: 9, epochs: 1e5, radiusStart: 2, radiusEnd: 1, threads: 3 };
    await trainBatch(matrix, { ...spec, epochs: 2 });
    const stop = new AbortController();
    const run = { ...spec, signal: stop.signal, onProgress: () => stop.abort() };
    await trainBatch(matrix, run).catch(() => {});
    const fail = () => { throw new Error(); };
    await trainBatch(matrix, { ...spec, onProgress: fail }).catch(() => {});
    console.log("end of the program");`;
  const config = new URL("../../deno.json", import.meta.url).pathname;
  const { code: exit, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--config", config, code],
    signal: AbortSignal.timeout(60_000),
  }).output();
  assert.equal(exit, 0);
  assert.equal(new TextDecoder().decode(stdout), "end of the program\n");
});
