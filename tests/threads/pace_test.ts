import assert from "node:assert/strict";
import { defaultThreads, hasSimd, Pace, toThreadCount } from "feira/threads";

function burn(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end;);
}

Deno.test("Pace.isDue is true after a while, and no more after a breath", async () => {
  const pace = new Pace(10, {});
  assert.equal(pace.isDue, false);
  burn(45);
  assert.equal(pace.isDue, true);
  await pace.breathe(1);
  assert.equal(pace.isDue, false);
});

Deno.test("Pace.breathe() gives timers a turn, reports, and throws when aborted", async () => {
  const reports: unknown[] = [];
  const abort = new AbortController();
  const pace = new Pace(10, { onProgress: (p) => reports.push(p), signal: abort.signal });
  let turns = 0;
  setTimeout(() => turns++);
  await pace.breathe(4);
  assert.equal(turns, 1);
  abort.abort(new Error("enough"));
  await assert.rejects(pace.breathe(5), /enough/);
  assert.deepEqual(reports, [{ done: 4, total: 10 }, { done: 5, total: 10 }]);
});

Deno.test("Pace() throws when aborted already", () => {
  assert.throws(() => new Pace(1, { signal: AbortSignal.abort(new Error("before")) }), /before/);
});

Deno.test("toThreadCount() takes 1 to 64 and defaults to a thread a core", () => {
  assert.equal(toThreadCount(1, "x"), 1);
  assert.equal(toThreadCount(64, "x"), 64);
  assert.equal(toThreadCount(undefined, "x"), defaultThreads());
  for (const threads of [0, 65, 1.5, NaN, Infinity]) {
    assert.throws(() => toThreadCount(threads, "train map"), {
      name: "RangeError",
      message: `Cannot train map: threads is ${threads}, must be a whole number from 1 to 64`,
    });
  }
});

Deno.test("hasSimd() finds vectors where there are some", () => {
  // V8 has had them since 9.1; the module must be well-formed for that to show.
  assert.equal(hasSimd(), true);
});
