import assert from "node:assert/strict";
import { type CellError, formatCellError } from "feira/notebook";
import { type CellsRun, runCells } from "./_run_cells.ts";

const failing = (code: string) => ({ code, tags: ["raises-exception"] });

/** The error outputs of cells that are meant to fail, as their executed copy shows them. */
function shownErrors({ outputs }: CellsRun): string[] {
  return outputs.map((cell) => {
    const last = cell.at(-1);
    return last?.output_type === "error" ? last.traceback.join("\n") : "";
  });
}

async function errorOf(...cells: string[]): Promise<CellError> {
  const { result } = await runCells(cells);
  assert.ok(result.error, "the run must fail");
  return result.error;
}

Deno.test("formatCellError() shows the line with a caret, and the way there", async () => {
  const error = await errorOf(
    'import { fail } from "../lib/thrower.ts";\nconst early = (n: number) => {\n\n  if (n > 0) fail();\n};',
    "// two\n\nconst rows = [1];\nrows.map((row) => early(row));",
  );
  assert.equal(
    formatCellError(error),
    `Cannot run 01_test.ipynb: cell 2, line 4: TypeError: deep
    rows.map((row) => early(row));
                      ^
    at fail (lib/thrower.ts:2)
    at early (01_test.ipynb, cell 1, line 4)
    at 01_test.ipynb, cell 2, line 4, 2 times`,
  );
});

Deno.test("formatCellError() shows causes and gathered errors", async () => {
  const error = await errorOf(
    `const inner = new RangeError("inner");
const middle = new TypeError("middle", { cause: inner });
throw new AggregateError([new Error("one"), "two"], "outer", { cause: middle });`,
  );
  assert.equal(
    formatCellError(error),
    `Cannot run 01_test.ipynb: cell 1, line 3: AggregateError: outer
    throw new AggregateError([new Error("one"), "two"], "outer", { cause: middle });
          ^
    at 01_test.ipynb, cell 1, line 3
error 1 of 2: Error: one
    at 01_test.ipynb, cell 1, line 3
error 2 of 2: "two"
caused by: TypeError: middle
    at 01_test.ipynb, cell 1, line 2
caused by: RangeError: inner
    at 01_test.ipynb, cell 1, line 1`,
  );
});

Deno.test("CellError keeps the kind of a FeiraError, whose exit code is its own", async () => {
  const throwing = (kind: string) =>
    `class FeiraError extends Error { kind = "${kind}"; }\nthrow new FeiraError("Cannot x: y");`;
  for (
    const [kind, expected, code] of [
      ["usage", "usage", 2],
      ["environment", "environment", 2],
      ["data", "data", 1],
      ["failed", "failed", 1],
      ["nonsense", "failed", 1],
    ] as const
  ) {
    const error = await errorOf(throwing(kind));
    assert.deepEqual([error.kind, error.exitCode], [expected, code]);
  }
});

Deno.test("the executed copy shows every kind of error readably", async () => {
  const run = await runCells([
    failing(
      'import assert from "node:assert/strict";\nassert.deepEqual({ a: [1, 2] }, { a: [1, 3] });',
    ),
    failing('throw new Error(Array.from({ length: 10_000 }, (_, i) => `line ${i}`).join("\\n"));'),
    failing('throw new Error("x".repeat(300_000));'),
    failing("throw { not: 'an error' };"),
    failing("throw undefined;"),
    failing("const down = (n: number): number => down(n + 1) + 1;\ndown(0);"),
    failing("const f = ;"),
    failing('const e = new Error("no stack"); e.stack = undefined; throw e;'),
  ]);
  const [diff, long, wide, value, nothing, deep, syntax, stackless] = shownErrors(run);
  assert.match(
    diff!,
    /cell 1, line 2: AssertionError: Expected[\s\S]+\+ {5}2\n- {5}3\n[\s\S]+\n {4}assert\.deepEqual\([^\n]+\n {11}\^\n/,
  );
  const lines = long!.split("\n");
  assert.ok(lines.length < 210, `${lines.length}`);
  assert.ok(lines.includes("… 9800 lines left out …"));
  assert.ok(lines.includes("line 9999"));
  assert.ok(wide!.length < 21_000, `${wide!.length}`);
  assert.match(wide!, /… \d+ characters left out …/);
  assert.match(value!, /cell 4: Cannot go on: the cell threw \[object Object\], must be an Error$/);
  assert.match(
    nothing!,
    /cell 5: Cannot go on: the cell threw (undefined|null), must be an Error$/,
  );
  assert.match(
    deep!,
    /Maximum call stack size exceeded[\s\S]+at down \(.+cell 6, line 1\), \d+ times$/,
  );
  assert.match(
    syntax!,
    /cell 7, line 1: SyntaxError: Expression expected\n {4}const f = ;\n {14}\^$/,
  );
  assert.match(stackless!, /cell 8: Error: no stack/);
});

Deno.test("formatCellError() leaves the middle of a long message out on a terminal", async () => {
  const error = await errorOf('throw new Error("line\\n".repeat(5_000));');
  const lines = formatCellError(error).split("\n");
  assert.ok(lines.length < 50, `${lines.length}`);
  assert.match(lines.find((line) => /left out/.test(line))!, /^… \d+ lines left out …$/);
});
