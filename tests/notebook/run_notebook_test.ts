import assert from "node:assert/strict";
import { isAlive } from "./_is_alive.ts";
import { runCells as run, runCellsIn as runIn, textOf } from "./_run_cells.ts";
import { TempWorkspace } from "./_temp_workspace.ts";

Deno.test("runNotebook() loses no output and gives none to another cell", async () => {
  const cells = Array.from(
    { length: 100 },
    (_, i) =>
      `console.log("out ${i}"); console.error("err ${i}");
for (let j = 0; j < 20; j++) console.log(j);
await Deno.jupyter.display({ "text/plain": "shown ${i}" }, { raw: true });
"result ${i}"`,
  );
  const { outputs } = await run(cells);
  const numbers = Array.from({ length: 20 }, (_, j) => `${j}\n`).join("");
  outputs.forEach((cell, i) => {
    assert.deepEqual(
      cell.map((output) => output.output_type === "stream" ? output.name : output.output_type),
      ["stdout", "stderr", "stdout", "display_data", "execute_result"],
    );
    assert.equal(
      textOf(cell),
      `out ${i}\nerr ${i}\n${numbers}shown ${i}'result ${i}'`.replaceAll("'", '"'),
    );
  });
});

Deno.test("runNotebook() tells a throw at notebook, cell, heading and line", async () => {
  const { result, outputs, executed } = await run([
    { markdown: "# One\n\n## Load *it*" },
    "const fine = 1;",
    '// why\n\nconst many = [\n  1, 2,\n  3];\nif (fine)\n\n  throw new RangeError("too " + many.length);',
    "console.log('never')",
  ]);
  const { error } = result;
  assert.equal(result.state, "failed");
  assert.equal(
    error?.message,
    'Cannot run 01_test.ipynb: cell 2 ("Load it"), line 8: RangeError: too 3',
  );
  const { cell, position, line, lineText, errorName, reason, kind } = error;
  assert.deepEqual({ cell, position, line, errorName, reason, kind }, {
    cell: 2,
    position: 4,
    line: 8,
    errorName: "RangeError",
    reason: "too 3",
    kind: "failed",
  });
  assert.equal(lineText?.trim(), 'throw new RangeError("too " + many.length);');
  assert.equal(textOf(outputs[1]), "RangeError: too 3");
  assert.deepEqual(outputs[2], []);
  const { state, error: record } = executed.metadata.feira as Record<
    string,
    Record<string, unknown>
  >;
  assert.deepEqual([state, record?.line, record?.cell], ["failed", 8, 2]);
});

Deno.test("runNotebook() maps stacks through lib and callbacks", async () => {
  const { result } = await run([
    'import { fail } from "../lib/thrower.ts";',
    "const rows = [1];\n\nrows.map((row) => {\n  if (row) fail();\n});",
  ]);
  assert.deepEqual([result.error?.line, result.error?.frames], [4, [
    "fail (lib/thrower.ts:2)",
    "01_test.ipynb, cell 2, line 4",
    "01_test.ipynb, cell 2, line 3",
  ]]);
});

Deno.test("runNotebook() shows the house's own errors as they are", async () => {
  const { result } = await run([
    'class DbtError extends Error { override name = "DbtError"; }\nthrow new DbtError("Cannot x: found y");',
  ]);
  assert.equal(
    result.error?.message,
    "Cannot run 01_test.ipynb: cell 1, line 2: Cannot x: found y",
  );
});

Deno.test("runNotebook() fails a cell for every way it can go wrong", async (t) => {
  const failing: [string, string, RegExp][] = [
    ["syntax", "const a = 1;\nconst x = ;", /cell 1, line 2: SyntaxError: Expression expected$/],
    ["import", 'import x from "nowhere/x";', /cell 1, line 1: .*nowhere\/x.*/],
    ["dynamic import", 'await import("./no.ts");', /line 1: TypeError: Module not found/],
    [
      "text",
      "throw 'just text';",
      /cell 1: Cannot go on: the cell threw just text, must be an Error$/,
    ],
    [
      "display",
      '({ [Symbol.for("Jupyter.display")]() {\n  throw new Error("no picture");\n} })',
      /cell 1(, line \d)?: Error: no picture$/,
    ],
    ["rejection", 'Promise.reject(new Error("lost"));\n1', /line 1: Error: lost \(nobody awaited/],
    ["timer", 'setTimeout(() => { throw new Error("late"); }, 0);', /Error: late \(nobody awaited/],
    ["prompt", 'prompt("name?");', /cell 1, line 1: Cannot ask with prompt\(\)/],
    [
      "exit",
      'console.log("last words"); Deno.exit(3);',
      /cell 1: Cannot go on: the kernel ended with exit code 3/,
    ],
    ["kill", 'Deno.kill(Deno.pid, "SIGKILL");\nawait new Promise(() => {});', /signal SIGKILL/],
  ];
  for (const [name, code, message] of failing) {
    await t.step(name, async () => {
      const { result, outputs } = await run([code, "1;"]);
      assert.equal(result.state, "failed");
      assert.match(result.error!.message, message);
      assert.equal(outputs[0]!.filter((output) => output.output_type === "error").length, 1);
      assert.deepEqual(outputs[1], []);
    });
  }
});

Deno.test("runNotebook() goes on after an error that a cell is tagged to raise", async () => {
  const { result, outputs } = await run([
    { code: 'throw new Error("the point");', tags: ["raises-exception"] },
    { code: "const x = ;", tags: ["raises-exception"] },
    '"after"',
  ]);
  assert.equal(result.state, "ran");
  assert.deepEqual(outputs.map(textOf), [
    "Error: the point",
    "SyntaxError: Expression expected",
    '"after"',
  ]);
});

Deno.test("runNotebook() keeps the last words of a cell that ends its kernel", async () => {
  for (const code of ["Deno.exit(3);", 'import process from "node:process"; process.exit(3);']) {
    const { outputs, result } = await run([`console.log("last words"); ${code}`]);
    assert.match(result.error!.message, /the kernel ended with exit code 3/);
    assert.match(textOf(outputs[0]), /^last words\nKernelDeath: Cannot go on/);
  }
});

Deno.test("runNotebook() keeps what a cell tagged progress printed only if it failed", async () => {
  const seen: string[] = [];
  const { outputs } = await run([
    { code: 'console.log("1 of 2"); console.error("2 of 2"); "done"', tags: ["progress"] },
    { code: 'console.log("1 of 2"); throw new Error("then");', tags: ["progress"] },
  ], { onEvent: (event) => void (event.type === "output" && seen.push(event.text)) });
  assert.deepEqual(outputs.map(textOf), ['"done"', "1 of 2\nError: then"]);
  assert.deepEqual(seen, ["1 of 2\n", "2 of 2\n", "1 of 2\n"]);
});

Deno.test("runNotebook() makes the same copy twice, but for one block of its metadata", async () => {
  const copyOf = async () => {
    const { executed } = await run([
      { code: "const k: number = 3;", tags: ["parameters"] },
      'console.log(k); ({ a: [1, 2], b: new Map([["c", "d"]]) })',
      {
        code: 'throw new Error("the point", { cause: new TypeError("why") });',
        tags: ["raises-exception"],
      },
      'Promise.reject(new Error("lost"));',
    ], { parameters: { k: "4" } });
    const { provenance, ...feira } = executed.metadata.feira as Record<string, unknown>;
    assert.deepEqual(Object.keys(provenance as object).sort(), [
      "cells",
      "deno",
      "seconds",
      "started",
    ]);
    return { ...executed, path: "", metadata: { ...executed.metadata, feira } };
  };
  assert.deepEqual(await copyOf(), await copyOf());
});

Deno.test("runNotebook() ends a cell that takes too long", async () => {
  const { result } = await run(["await new Promise(() => {});"], { cellTimeoutSeconds: 0.5 });
  assert.match(result.error!.message, /cell 1: Cannot go on: the cell took longer than 0.5 s/);
  assert.ok(result.seconds < 10);
});

Deno.test("runNotebook() updates displays, clears outputs, shows raw writes, strips colours", async () => {
  const { outputs } = await run([
    'await Deno.jupyter.display({ "text/plain": "old" }, { raw: true, display_id: "d" });',
    'await Deno.jupyter.display({ "text/plain": "new" }, { raw: true, display_id: "d", update: true });',
    'console.log("a"); await Deno.jupyter.broadcast("clear_output", { wait: true }); console.log("b");',
    'console.log("a"); await Deno.jupyter.broadcast("clear_output", { wait: false });',
    'Deno.stdout.writeSync(new TextEncoder().encode("raw\\n")); null',
    'console.log("\\x1b[31mred\\x1b[0m");',
    'const console = "shadowed"; console',
  ]);
  assert.deepEqual(outputs.map(textOf), ["new", "", "b\n", "", "raw\n", "red\n", '"shadowed"']);
});

Deno.test("runNotebook() injects typed parameters and records them", async () => {
  const cells = [
    {
      code: 'const k: number = 3;\nconst name: string = "a";\nconst quick = false;',
      tags: ["parameters"],
    },
    "[k + 1, name, quick]",
  ];
  const own = await run(cells);
  assert.equal(textOf(own.outputs[1]), '[ 4, "a", false ]');
  assert.equal(own.executed.cells.length, 3);
  const { outputs, executed, result } = await run(cells, {
    parameters: { k: "4", name: 'quote " and \\', quick: "true" },
  });
  assert.equal(textOf(outputs[2]), `[ 5, 'quote " and \\\\', true ]`);
  assert.deepEqual(executed.cells[2]?.metadata, { tags: ["injected-parameters"] });
  assert.equal(
    executed.cells[2]?.source,
    'const k = 4;\nconst name = "quote \\" and \\\\";\nconst quick = true;',
  );
  assert.deepEqual(
    (executed.metadata.feira as Record<string, unknown>).parameters,
    result.parameters,
  );
  assert.equal(result.cells.length, 2);
  await assert.rejects(run(cells, { parameters: { q: "1" } }), { kind: "usage" });
});

Deno.test("runNotebook() writes a copy whose errors name cells of the source", async () => {
  const { result } = await run([
    { code: "const k: number = 3;", tags: ["parameters"] },
    "1;\nnull!.x;",
  ], { parameters: { k: 4 } });
  assert.deepEqual([result.error?.cell, result.error?.position, result.error?.line], [2, 3, 2]);
});

Deno.test("runNotebook() gives the kernel its environment and the notebook's folder", async () => {
  const { outputs } = await run(
    ['[Deno.env.get("FEIRA_TEST"), Deno.cwd().endsWith("notebooks")]'],
    {
      env: { FEIRA_TEST: "here" },
    },
  );
  assert.equal(textOf(outputs[0]), '[ "here", true ]');
});

Deno.test("runNotebook() leaves no process behind when it is aborted", async () => {
  await using workspace = await TempWorkspace.make();
  const stop = new AbortController();
  const reason = new Error("Ctrl-C");
  let pids: number[] = [];
  const running = runIn(workspace, [
    'const child = new Deno.Command("sleep", { args: ["1000"] }).spawn();\nconsole.log(Deno.pid, child.pid);\nawait new Promise(() => {});',
  ], {
    signal: stop.signal,
    onEvent: (event) => {
      if (event.type !== "output") return;
      pids = event.text.trim().split(" ").map(Number);
      stop.abort(reason);
    },
  });
  await assert.rejects(running, reason);
  assert.equal(pids.length, 2);
  for (const pid of pids) assert.equal(await isAlive(pid), false, `process ${pid}`);
  assert.match(await workspace.read("reports/executed/01_test.ipynb"), /"state": "aborted"/);
});

Deno.test("runNotebook() leaves no connection file behind", async () => {
  await using workspace = await TempWorkspace.make();
  const path = await workspace.notebook("01_test", ["1", "Deno.exit(1)"]);
  const temp = workspace.path("temp");
  await Deno.mkdir(temp);
  // In a process of its own, whose temporary files are not those of other tests.
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      `import { runNotebook } from "feira/notebook";
      const { error } = await runNotebook(Deno.args[0], { executedPath: Deno.args[1] });
      console.log(error?.message);`,
      path,
      workspace.path("reports/executed/01_test.ipynb"),
    ],
    cwd: new URL("../../", import.meta.url),
    env: { TMPDIR: temp, TEMP: temp, TMP: temp, NO_COLOR: "1" },
  }).output();
  assert.match(new TextDecoder().decode(stdout), /kernel/);
  assert.deepEqual([...Deno.readDirSync(temp)], []);
});
