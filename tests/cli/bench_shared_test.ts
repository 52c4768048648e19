import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProgram } from "feira/python";
import { FeiraError } from "feira/workspace";
import { readCustomers } from "../../bench/shared/customers.ts";
import { formatFigure, formatTable } from "../../bench/shared/format_table.ts";
import { readFloats, readIntegers, writeNumbers } from "../../bench/shared/number_file.ts";
import { type Answer, runJob } from "../../bench/shared/run_job.ts";
import { takeTurns } from "../../bench/shared/take_turns.ts";

const signal = new AbortController().signal;

async function withScratch(work: (scratchDir: string) => Promise<void>): Promise<void> {
  const scratchDir = await Deno.makeTempDir();
  try {
    await work(scratchDir);
  } finally {
    await Deno.remove(scratchDir, { recursive: true });
  }
}

/** A program that answers by the code given; `Deno.args[0]` is the job. */
function program(code: string) {
  return { command: Deno.execPath(), args: ["eval", code] };
}

/** The number that another process writes into a file, once it is there. */
async function waitForNumber(path: string): Promise<number> {
  for (;;) {
    const text = await Deno.readTextFile(path).catch(() => "");
    if (text !== "") return Number(text);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

Deno.test("formatTable() sets columns but the first to the right", () => {
  const text = formatTable({ head: ["what", "s"], rows: [["online", "1.25"], ["x", "10"]] });
  assert.equal(
    text,
    [
      "| what   |    s |",
      "| ------ | ---: |",
      "| online | 1.25 |",
      "| x      |   10 |",
    ].join("\n"),
  );
  assert.throws(() => formatTable({ head: ["a", "b"], rows: [["1"]] }), TypeError);
});

Deno.test("formatFigure() keeps three digits and has a sign for none", () => {
  const figures = [0, 0.5, 1.2345, 237.04, 1234.5, 4.4e-16, null, undefined];
  assert.deepEqual(figures.map((figure) => formatFigure(figure)), [
    "0",
    "0.500",
    "1.23",
    "237",
    "1235",
    "4.4e-16",
    "–",
    "–",
  ]);
});

Deno.test("readFloats() gives the first numbers of what writeNumbers() wrote", async () => {
  await withScratch(async (scratchDir) => {
    const path = join(scratchDir, "numbers.bin");
    await writeNumbers(path, Float64Array.of(9, 1.5, -2, 1e-300).subarray(1));
    assert.deepEqual([...await readFloats(path)], [1.5, -2, 1e-300]);
    assert.deepEqual([...await readFloats(path, 2)], [1.5, -2]);
    await assert.rejects(readFloats(path, 4), /found 24 bytes, must be at least 32/);
    await writeNumbers(path, Int32Array.of(3, -1));
    assert.deepEqual([...await readIntegers(path, 1)], [3]);
  });
});

Deno.test("takeTurns() interleaves the sides, keeps the fastest, asks a slow one once", async () => {
  const asked: string[] = [];
  const side = (name: string, times: number[]) => () => {
    asked.push(name);
    return Promise.resolve<Answer>({ seconds: times.shift()!, cpuSeconds: 1, mb: null });
  };
  const turns = await takeTurns(
    { ours: side("ours", [3, 1, 2]), peer: side("peer", [240]) },
    { tries: 3 },
  );
  assert.deepEqual(asked, ["ours", "peer", "ours", "ours"]);
  assert.deepEqual([turns.ours.seconds, turns.peer.seconds], [1, 240]);
  assert.deepEqual([turns.ourRuns, turns.peerRuns], [3, 1]);
});

Deno.test("runJob() hands over the job and takes the last line", async () => {
  await withScratch(async (scratchDir) => {
    const code = `const job = JSON.parse(Deno.readTextFileSync(Deno.args[0]));
      console.log("chatter");
      console.log(JSON.stringify({ seconds: 2, cpuSeconds: 3, twice: job.value * 2 }));`;
    const job = { task: "double", value: 21 };
    const answer = await runJob(program(code), job, { scratchDir, signal });
    assert.deepEqual(answer, { seconds: 2, cpuSeconds: 3, twice: 42, mb: null });
  });
});

Deno.test("runJob() clears OpenBLAS's settings", async () => {
  await withScratch(async (scratchDir) => {
    // A process of its own has the setting: this one's are shared by all tests.
    const { success, lastLines } = await runProgram(Deno.execPath(), [
      "eval",
      `import { runJob } from "${new URL("../../bench/shared/run_job.ts", import.meta.url)}";
      const code = \`console.log(JSON.stringify({
        seconds: 2, cpuSeconds: 3, core: Deno.env.get("OPENBLAS_CORETYPE") ?? null }))\`;
      const program = { command: Deno.execPath(), args: ["eval", code] };
      const signal = new AbortController().signal;
      const scratchDir = ${JSON.stringify(scratchDir)};
      console.log((await runJob(program, { task: "any" }, { scratchDir, signal })).core);`,
    ], {
      cwd: fileURLToPath(new URL("../../", import.meta.url)),
      env: { OPENBLAS_CORETYPE: "Haswell", NO_COLOR: "1" },
    });
    assert.deepEqual([success, ...lastLines], [true, "null"]);
  });
});

Deno.test("runJob() says what failed when a program fails or does not answer", async () => {
  await withScratch(async (scratchDir) => {
    const run = (code: string) => runJob(program(code), { task: "x" }, { scratchDir, signal });
    await assert.rejects(run(`console.error("no such map"); Deno.exit(3)`), (error) => {
      assert.ok(error instanceof FeiraError);
      assert.match(error.message, /ended with code 3, must be 0\nno such map$/);
      return true;
    });
    await assert.rejects(run(`console.log("done")`), /answered "done", must be a line of JSON/);
    await assert.rejects(run(`console.log("{}")`), /took undefined seconds, must be above 0/);
  });
});

Deno.test("runJob() ends the program when aborted", async () => {
  await withScratch(async (scratchDir) => {
    const controller = new AbortController();
    const pidFile = join(scratchDir, "pid");
    const code = `Deno.writeTextFileSync(${JSON.stringify(pidFile)}, String(Deno.pid));
      setTimeout(() => {}, 60_000);`;
    const running = runJob(program(code), { task: "wait" }, {
      scratchDir,
      signal: controller.signal,
    });
    const pid = await waitForNumber(pidFile);
    controller.abort(new Error("stopped"));
    await assert.rejects(running, /stopped/);
    assert.throws(() => Deno.kill(pid, "SIGCONT"), Deno.errors.NotFound);
  });
});

Deno.test("readCustomers() makes a market up where no file is given, and says so", async () => {
  await withScratch(async (scratchDir) => {
    const { source, isSynthetic, scaled } = await readCustomers(undefined, {
      scratchDir,
      orders: 400,
    });
    assert.match(source, /^a synthetic market of 400 orders .*: \d+ × 12, z-scored$/);
    assert.ok(isSynthetic);
    assert.equal(scaled.data.length, scaled.rows * 12);
    for (let col = 0; col < 12; col++) {
      let [sum, squares] = [0, 0];
      for (let row = 0; row < scaled.rows; row++) {
        sum += scaled.data[row * 12 + col]!;
        squares += scaled.data[row * 12 + col]! ** 2;
      }
      assert.ok(Math.abs(sum / scaled.rows) < 1e-9);
      assert.ok(Math.abs(squares / scaled.rows - 1) < 1e-9, scaled.featureNames[col]);
    }
  });
});

Deno.test("readCustomers() refuses a file that is not there", async () => {
  await withScratch(async (scratchDir) => {
    await assert.rejects(
      readCustomers(join(scratchDir, "none.parquet"), { scratchDir }),
      (error) => error instanceof FeiraError && error.kind === "usage",
    );
  });
});
