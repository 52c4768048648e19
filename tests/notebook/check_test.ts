import assert from "node:assert/strict";
import { checkNotebooks, formatProblem } from "feira/notebook";
import { TempWorkspace } from "./_temp_workspace.ts";

Deno.test("checkNotebooks() finds every problem at notebook, cell and line", async () => {
  await using workspace = await TempWorkspace.make({ tool: "./lib/tool.ts" });
  await workspace.write("lib/tool.ts", "export const twice = (x: number): number => 2 * x;\n");
  await workspace.write("lib/other.ts", "export const one = 1;\n");
  await workspace.notebook("01_good", [
    'import { twice } from "tool";\nimport { one } from "../lib/other.ts";',
    "console.log(twice(one))",
    "[1, 2].length",
    'await Deno.jupyter.display({ "text/plain": "x" }, { raw: true });',
  ]);
  await workspace.notebook("02_bad", [
    { markdown: "# Bad\n\n## Types" },
    'import { twice } from "tool";\n\nconst a: string = twice(1);',
    "console.log(a);\nlet unused = 1;",
    { markdown: "## Shape" },
    "function f() {}\nf();",
    "const g = async (x: number) => await x;\ng(1);",
    Array.from({ length: 16 }, (_, i) => `console.log(${i});`).join("\n"),
  ]);
  await workspace.notebook("03_front", ["1;"], { job: "nothing" });
  const withOutput = (await workspace.read("notebooks/01_good.ipynb"))
    .replace('"outputs":[]', '"outputs":[{"output_type":"stream","name":"stdout","text":"x"}]')
    .replace('"c2"', '"c1"');
  await workspace.write("notebooks/04_dirty.ipynb", withOutput);

  const { problems, notebooks } = await checkNotebooks(workspace.path("notebooks"), workspace);
  assert.equal(notebooks, 4);
  assert.deepEqual(problems.map(formatProblem), [
    `02_bad.ipynb, cell 1 ("Types"), line 3: Type 'number' is not assignable to type 'string' (TS2322)`,
    '02_bad.ipynb, cell 2 ("Types"), line 2: `unused` is never used (no-unused-vars)',
    '02_bad.ipynb, cell 2 ("Types"), line 2: `unused` is never reassigned (prefer-const)',
    '02_bad.ipynb, cell 3 ("Shape"), line 1: it makes a function, must call one: functions belong in lib with a test (function-in-cell)',
    '02_bad.ipynb, cell 4 ("Shape"), line 1: it makes a function, must call one: functions belong in lib with a test (function-in-cell)',
    '02_bad.ipynb, cell 5 ("Shape"): it has 16 lines, must have at most 15: the rest belongs in lib (long-cell)',
    '03_front.ipynb, cell at position 1: job is "nothing", must be elt or segmentation (notebook)',
    "04_dirty.ipynb, cell 1: it holds outputs of a run, must be stored without (outputs)",
    '04_dirty.ipynb, cell at position 3: id is "c1" as an earlier cell\'s, must be its own (duplicate-id)',
  ]);
});

Deno.test("checkNotebooks() tells what cannot be parsed or found", async () => {
  await using workspace = await TempWorkspace.make();
  const only = async () => {
    const { problems } = await checkNotebooks(workspace.path("notebooks"), workspace);
    return problems.map(formatProblem);
  };
  await workspace.notebook("01", ["1;", "2;\nconst x = ;"]);
  assert.deepEqual(await only(), ["01.ipynb, cell 2, line 2: Expression expected (module)"]);
  await workspace.notebook("01", ["1;", 'import "nowhere/x";']);
  assert.match(
    (await only())[0]!,
    /^01\.ipynb, cell 2, line 1: Import "nowhere\/x" not a dependency and not in import map \(TS2307\)$/,
  );
  await workspace.notebook("01", ["import.meta.url;"]);
  assert.match((await only())[0]!, /^01\.ipynb, cell 1, line 1: import\.meta is there/);
});

Deno.test("checkNotebooks() remembers its result until code or a module changes", async () => {
  await using workspace = await TempWorkspace.make();
  await workspace.write("lib/types.ts", "export type T = number;\n");
  const notebook = 'import type { T } from "../lib/types.ts";\nconst x: T = 1;\nconsole.log(x);';
  await workspace.notebook("01", [{ markdown: "# One" }, notebook]);
  const options = { root: workspace.root, cacheFile: workspace.path("data/check.json") };
  const check = () => checkNotebooks(workspace.path("notebooks"), options);
  assert.deepEqual(await check(), {
    problems: [],
    notebooks: 1,
    codeCells: 1,
    isRemembered: false,
  });
  assert.equal((await check()).isRemembered, true);
  await workspace.notebook("01", [{ markdown: "# Two" }, notebook]);
  assert.equal((await check()).isRemembered, true);
  await workspace.write("lib/types.ts", "export type T = string;\n");
  const changed = await check();
  assert.equal(changed.isRemembered, false);
  assert.equal(changed.problems[0]?.rule, "TS2322");
});
