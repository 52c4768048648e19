import assert from "node:assert/strict";
import fc from "fast-check";
import { Kernel, type OutputMessage } from "feira/notebook";
import { isAlive } from "./_is_alive.ts";
import { killRunnerOf } from "./_killed_runner.ts";
import { runCells, textOf } from "./_run_cells.ts";
import { TempWorkspace } from "./_temp_workspace.ts";

const lineOf = (text: string) => text.replaceAll("\n", "|");

Deno.test("runNotebook() shows what children inherit, in the cell that ran them", async () => {
  const { outputs, result } = await runCells([
    `const run = (code: string, stdout?: "inherit") =>
  new Deno.Command(Deno.execPath(), { args: ["eval", code], ...(stdout ? { stdout } : {}) });`,
    `const child = run('console.log("out"); console.error("err");').spawn();
console.log((await child.status).code);
try { child.stdout } catch (error) { console.log((error as Error).message) }`,
    `const { code } = run('console.log("sync")', "inherit").outputSync();
console.log(code);`,
    `const output = await run('console.log("piped")').output();
console.log(new TextDecoder().decode(output.stdout).trim());`,
    `const writer = run('console.log("through")');
await run('console.log("stream")').output();
const piped = new Deno.Command(Deno.execPath(), { args: ["eval", 'console.log("flows")'], stdout: "piped" }).spawn();
await piped.stdout.pipeTo(Deno.stdout.writable, { preventClose: true });`,
  ]);
  assert.equal(result.state, "ran", result.error?.message);
  const streams = outputs[1]!.map((output) =>
    output.output_type === "stream" ? `${output.name} ${output.text}` : ""
  ).join("");
  assert.match(streams, /out\n/);
  assert.match(streams, /stderr err\n/);
  assert.match(streams, /0\nCannot get 'stdout': 'stdout' is not piped\n$/);
  assert.deepEqual(outputs.slice(2).map(textOf).map(lineOf), ["sync|0|", "piped|", "flows|"]);
});

Deno.test("runNotebook() keeps text in the order in which it was written, whichever way", async () => {
  const { outputs } = await runCells([
    `import process from "node:process";
const write = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(text));
console.log("1"); write("2"); process.stdout.write("3"); console.log("4");
await Deno.jupyter.display({ "text/plain": "5" }, { raw: true });
console.group("6"); console.log("7"); console.groupEnd(); console.log("8");`,
    'console.group("open");',
    'console.log("in the group");',
  ]);
  assert.deepEqual(outputs.map(textOf).map(lineOf), [
    "1|234|56|  7|8|",
    "open|",
    "  in the group|",
  ]);
});

Deno.test("runNotebook() makes bytes and broken characters readable", async () => {
  const { outputs } = await runCells([
    "const write = (...bytes: number[]) => void Deno.stdout.writeSync(new Uint8Array(bytes));",
    "write(0xff, 0xfe, 65, 10, 0, 7, 10);",
    "write(0xc3); write(0xa9, 10);",
    'console.log("lone \\ud800.");',
    'console.log("\\x1b[31mred\\x1b]0;title\\x07\\x1b[0m tab\\t.");',
    'console.log("😀".repeat(40_000) === "" ? "" : "😀".repeat(40_000));',
    "String.fromCharCode(0xd800)",
  ]);
  assert.deepEqual(outputs.slice(1, 5).map(textOf), [
    "\ufffd\ufffdA\n\ufffd\ufffd\n",
    "é\n",
    "lone \ufffd.\n",
    "red tab\t.\n",
  ]);
  assert.equal(textOf(outputs[5]), "😀".repeat(40_000) + "\n");
  assert.match(textOf(outputs[6]), /the kernel says "Unterminated string literal" about the cell/);
});

Deno.test("runNotebook() gives late text to the cell that runs when it comes", async () => {
  const { outputs, result } = await runCells([
    'setTimeout(() => console.log("late"), 30); "first"',
    'await new Promise((done) => setTimeout(done, 100)); "second"',
    'setTimeout(() => { throw new Error("thrown late"); }, 30); "third"',
    'await new Promise((done) => setTimeout(done, 1_000)); "fourth"',
  ]);
  assert.deepEqual(outputs.slice(0, 2).map(textOf), ['"first"', 'late\n"second"']);
  assert.equal(
    result.error?.message,
    "Cannot run 01_test.ipynb: cell 4: Error: thrown late (nobody awaited or caught it)",
  );
  assert.deepEqual(result.error.frames, ["Timeout._onTimeout (01_test.ipynb, cell 3, line 1)"]);
});

Deno.test("Kernel.execute() tells the first of any number of errors that nobody handles", async () => {
  await using workspace = await TempWorkspace.make();
  await using kernel = await Kernel.start({ cwd: workspace.root });
  const told: unknown[] = [];
  const { error } = await kernel.execute(
    "for (let i = 0; i < 20_000; i++) Promise.reject(new Error(`no ${i}`));",
    ({ content }) => told.push(content.evalue),
  );
  assert.equal(error?.message, "no 0 (nobody awaited or caught it)");
  // Twenty while the cell runs, and again as many while its error is asked for.
  assert.ok(told.length >= 20 && told.length <= 40, `${told.length}`);
  assert.equal((await kernel.execute("1", () => {})).status, "ok");
});

Deno.test("runNotebook() shows a worker's error with its place", async () => {
  const { result } = await runCells([
    `const code = 'const worker = 1;\\nthrow new RangeError("too deep");';
const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
const worker = new Worker(url, { type: "module" });
await new Promise((done) => worker.addEventListener("error", done));`,
  ]);
  assert.match(result.error!.message, /RangeError: too deep \(nobody awaited or caught it\)$/);
  assert.match(result.error!.frames[0]!, /^blob:.+:2$/);
});

Deno.test("runNotebook() bounds what a cell prints, keeps its result, and marks the cut", async () => {
  const { outputs, result } = await runCells([
    'const line = "x".repeat(99);\nfor (let i = 0; i < 20_000; i++) console.log(line);\n"result"',
    'Deno.stdout.writeSync(new Uint8Array(3_000_000).fill(65)); console.log("y".repeat(2_000_000));',
    'await Deno.jupyter.display({ "text/plain": "z".repeat(2_000_000) }, { raw: true });\n"next"',
  ], { outputLimit: 1_000_000 });
  assert.equal(result.state, "ran");
  const [lines, bytes, shown] = outputs.map(textOf);
  const cut = "\n[1000000 more characters were cut: a cell keeps 1000000]\n";
  assert.equal(lines, ("x".repeat(99) + "\n").repeat(10_000) + '"result"' + cut);
  assert.equal(bytes!.length, 1_000_000 + cut.length);
  assert.match(bytes!, /A\n\[4000001 more characters were cut: a cell keeps 1000000\]\n$/);
  assert.match(
    shown!,
    /^\[a display of 2\d{6} characters was cut\]"next"\n\[2\d{6} more characters were cut/,
  );
});

Deno.test("runNotebook() ends a cell that prints for ever, and keeps how it began", async () => {
  const { outputs, result } = await runCells(['while (true) console.log("endless");'], {
    outputLimit: 10_000,
    cellTimeoutSeconds: 1,
  });
  assert.match(result.error!.message, /the cell took longer than 1 s/);
  const text = textOf(outputs[0]);
  assert.ok(text.startsWith("endless\nendless\n"));
  assert.match(text, /\[what came then was cut: a cell keeps 10000\]/);
  assert.ok(text.length < 10_300, `${text.length}`);
});

Deno.test("Kernel.execute() passes on text unchanged up to the limit, whatever its pieces", async () => {
  await using workspace = await TempWorkspace.make();
  const outputLimit = 100_000;
  await using kernel = await Kernel.start({ cwd: workspace.root, outputLimit });
  const piece = fc.record({
    size: fc.integer({ min: 1, max: 40_000 }),
    text: fc.constantFrom("a", "é", "😀", "line\n"),
    isError: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
      const texts = pieces.map(({ size, text, isError }) => ({
        name: isError ? "stderr" : "stdout",
        text: text.repeat(Math.ceil(size / text.length)),
      }));
      const code = pieces.map(({ size, text, isError }) =>
        `Deno.${isError ? "stderr" : "stdout"}.writeSync(new TextEncoder().encode(${
          JSON.stringify(text)
        }.repeat(${Math.ceil(size / text.length)})));`
      ).join("\n");
      const seen: OutputMessage[] = [];
      const { status, cut } = await kernel.execute(code + "\nundefined", (output) => {
        seen.push(output);
      });
      assert.equal(status, "ok");
      const written = texts.map(({ text }) => text).join("");
      const found = seen.map(({ content }) => String(content.text)).join("");
      assert.ok(written.startsWith(found));
      assert.equal(found.length + cut, written.length);
      // At most one character of two units does not fit.
      assert.ok(cut === 0 || outputLimit - found.length < 2 * pieces.length);
      for (const { content } of seen) assert.ok(String(content.text).length <= 40_000);
    }),
    { numRuns: 12, seed: 7 },
  );
});

Deno.test("Kernel.execute() loses nothing of large displays, errors right behind them", async () => {
  await using workspace = await TempWorkspace.make();
  await using kernel = await Kernel.start({ cwd: workspace.root });
  for (let i = 0; i < 5; i++) {
    let size = 0;
    const { error } = await kernel.execute(
      `await Deno.jupyter.display({ "text/plain": "d".repeat(1_500_000) }, { raw: true });
console.log("t".repeat(500_000));
throw new Error("behind ${i}");`,
      ({ content }) => {
        const data = content.data as Record<string, string> | undefined;
        size += String(data?.["text/plain"] ?? content.text ?? "").length;
      },
    );
    assert.equal(size, 2_000_001);
    assert.equal(error?.message, `behind ${i}`);
  }
});

Deno.test({
  name: "runNotebook() ends a kernel that takes too much memory, and says so",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const { result } = await runCells(
      ["const a: Uint8Array[] = [];\nwhile (true) a.push(new Uint8Array(5_000_000).fill(1));"],
      { memoryLimitBytes: 400_000_000, cellTimeoutSeconds: 60 },
    );
    assert.match(
      result.error!.message,
      /cell 1: Cannot go on: the kernel holds \d\.\d\d GB of memory, must stay below 0\.37 GB$/,
    );
  },
});

Deno.test("runNotebook() says when the heap of JavaScript is full", async () => {
  const { result } = await runCells(
    ["const a: unknown[] = [];\nwhile (true) a.push(new Array(10_000).fill(1.5));"],
    { env: { DENO_V8_FLAGS: "--max-old-space-size=150" }, cellTimeoutSeconds: 60 },
  );
  assert.match(
    result.error!.message,
    /cell 1: Cannot go on: the kernel's JavaScript heap was full/,
  );
});

Deno.test("Kernel ends when its runner is killed while a cell computes for ever", async () => {
  await using workspace = await TempWorkspace.make();
  const [pid] = await killRunnerOf("console.log(Deno.pid); await 0; while (true);", workspace);
  assert.ok(pid! > 0);
  assert.equal(await isAlive(pid!), false);
});
