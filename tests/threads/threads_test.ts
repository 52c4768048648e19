import assert from "node:assert/strict";
import fc from "fast-check";
import { Arena, Threads } from "feira/threads";
import { MODULE } from "./_module.ts";

/** Counts of a task that takes about a millisecond. */
const MILLISECOND = 100_000;

function open(count: number, words = 1000) {
  const arena = new Arena({ words: ["i32", words] });
  return { arena, threads: new Threads({ module: MODULE, memory: arena.memory, count }) };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

Deno.test("Threads.run() calls the function once for each task, for any number of threads", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 999 }),
      fc.integer({ min: 1, max: 4 }),
      async (tasks, count) => {
        const { arena, threads } = open(count);
        await using _ = threads;
        await threads.run({ name: "tally", tasks, args: [arena.at.words] });
        await threads.run({ name: "tally", tasks, args: [arena.at.words] });
        assert.deepEqual(
          [...arena.views.words],
          Array.from({ length: 1000 }, (_, i) => i < tasks ? 2 : 0),
        );
      },
    ),
    { numRuns: 12 },
  );
});

Deno.test("Threads.run() has every worker help", async () => {
  const { arena, threads } = open(3, 201);
  await using _ = threads;
  const { words } = arena.views;
  // Until all three have signed: workers start when the machine lets them.
  for (let round = 0; round < 100 && new Set(words.subarray(1)).size < 4; round++) {
    words.fill(0);
    await pause(5);
    await threads.run({ name: "sign", tasks: 199, args: [arena.at.words, MILLISECOND / 10] });
  }
  assert.deepEqual([...new Set(words.subarray(1))].sort(), [0, 1, 2, 3]);
  assert.equal(words.subarray(1).indexOf(0), 199);
});

Deno.test("Threads.run() works on this thread alone when count is 1", async () => {
  const { arena, threads } = open(1);
  await using _ = threads;
  await threads.run({ name: "sign", tasks: 50, args: [arena.at.words, 1] });
  assert.ok(arena.views.words.subarray(1, 51).every((signature) => signature === 1));
});

Deno.test("Threads.run() leaves the event loop its turns and reports how far it is", async () => {
  for (const count of [1, 2]) {
    const { arena, threads } = open(count);
    await using _ = threads;
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const reports: number[] = [];
    await threads.run({
      name: "toil",
      tasks: 300,
      args: [arena.at.words, MILLISECOND],
      onProgress: ({ done, total }) => reports.push(done / total),
    });
    clearInterval(timer);
    assert.ok(turns > 0);
    assert.ok(reports.length > 1, "reports while it works");
    assert.deepEqual(reports, reports.toSorted((a, b) => a - b));
    assert.equal(reports.at(-1), 1);
  }
});

Deno.test("Threads.run() rejects with the signal's reason and leaves nobody at work", async () => {
  for (const count of [1, 2, 3]) {
    const { arena, threads } = open(count);
    await using _ = threads;
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error("enough")), 60);
    const tasks = 1_000_000;
    const run = { name: "toil", tasks, args: [arena.at.words, MILLISECOND], signal: abort.signal };
    await assert.rejects(threads.run(run), /^Error: enough$/);
    const [counted] = arena.views.words;
    await pause(30);
    assert.equal(arena.views.words[0], counted, "no task runs on");
    await assert.rejects(
      threads.run({ ...run, signal: new AbortController().signal }),
      /have ended/,
    );
  }
});

Deno.test("Threads.run() does nothing when the signal is aborted already", async () => {
  const { arena, threads } = open(1);
  await using _ = threads;
  const run = { name: "tally", tasks: 5, args: [arena.at.words] };
  const signal = AbortSignal.abort(new Error("before"));
  await assert.rejects(threads.run({ ...run, signal }), /before/);
  assert.ok(arena.views.words.every((word) => word === 0));
  await threads.run(run);
  assert.equal(arena.views.words[4], 1);
});

Deno.test("Threads.run() rejects with the task, the thread and the message of a trap", async () => {
  const { threads } = open(1);
  await using _ = threads;
  const run = { name: "trap", tasks: 9, args: [3] };
  const message = /^Error: Cannot run trap: task 3 failed on thread 0: unreachable$/;
  await assert.rejects(threads.run(run), message);
  await assert.rejects(threads.run(run), message);
});

Deno.test("Threads.run() rejects when a worker traps, and leaves nobody at work", async () => {
  const { arena, threads } = open(2);
  await using _ = threads;
  const run = { name: "trapAway", tasks: 1_000_000, args: [arena.at.words, MILLISECOND] };
  await assert.rejects(
    threads.run(run),
    /^Error: Cannot run trapAway: task \d+ failed on thread 1: unreachable$/,
  );
  const [counted] = arena.views.words;
  await pause(30);
  assert.equal(arena.views.words[0], counted);
});

Deno.test("Threads.run() passes on what onProgress throws", async () => {
  const { arena, threads } = open(2);
  await using _ = threads;
  const onProgress = () => {
    throw new Error("no more paper");
  };
  const run = { name: "toil", tasks: 1_000_000, args: [arena.at.words, MILLISECOND], onProgress };
  await assert.rejects(threads.run(run), /^Error: no more paper$/);
});

Deno.test("Threads.run() refuses a second run, an unknown function and a bad number of tasks", async () => {
  const { arena, threads } = open(1);
  await using _ = threads;
  const run = { name: "toil", tasks: 100, args: [arena.at.words, MILLISECOND] };
  const first = threads.run(run);
  await assert.rejects(threads.run(run), /Cannot run toil: threads are in another run/);
  await first;
  await assert.rejects(threads.run({ ...run, name: "nap" }), {
    name: "TypeError",
    message: "Cannot run nap: module exports no such function, must be of " +
      "tally, toil, trap, trapAway, sign",
  });
  for (const tasks of [-1, 0.5, NaN, 2 ** 31]) {
    await assert.rejects(threads.run({ ...run, tasks }), RangeError);
  }
});

Deno.test("Threads() refuses a count out of range", () => {
  const { memory } = new Arena({});
  for (const count of [0, 65, 1.5, NaN]) {
    assert.throws(() => new Threads({ module: MODULE, memory, count }), {
      name: "RangeError",
      message: `Cannot start threads: threads is ${count}, must be a whole number from 1 to 64`,
    });
  }
});

Deno.test("Threads end when disposed of", async () => {
  const { arena, threads } = open(2);
  await threads[Symbol.asyncDispose]();
  await threads[Symbol.asyncDispose]();
  const run = { name: "tally", tasks: 5, args: [arena.at.words] };
  await assert.rejects(threads.run(run), /threads have ended, must be idle/);
});
