import assert from "node:assert/strict";
import { checkNotebooks, formatProblem, parseNotebook, stripNotebook } from "feira/notebook";
import { type Code, notebookText, TempWorkspace } from "./_temp_workspace.ts";

/** Of each problem what is told in one line, without the source below it. */
const headOf = (problem: Parameters<typeof formatProblem>[0]) =>
  formatProblem(problem).split("\n")[0]!;

/** What is found in the workspace's notebooks, a line each. */
async function found(workspace: TempWorkspace): Promise<string[]> {
  const { problems } = await checkNotebooks(workspace.path("notebooks"), workspace);
  return problems.map(headOf);
}

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
    .replace('"c2"', '"c1"')
    .replaceAll('"execution_count":null', '"execution_count":7')
    .replace('"id":"c3",', "");
  await workspace.write("notebooks/04_dirty.ipynb", withOutput);

  const { problems, notebooks } = await checkNotebooks(workspace.path("notebooks"), workspace);
  assert.equal(notebooks, 4);
  assert.deepEqual(problems.map(headOf), [
    `02_bad.ipynb, cell 1 ("Types"), line 3: Type 'number' is not assignable to type 'string' (TS2322)`,
    '02_bad.ipynb, cell 2 ("Types"), line 2: `unused` is never used (no-unused-vars)',
    '02_bad.ipynb, cell 2 ("Types"), line 2: `unused` is never reassigned (prefer-const)',
    '02_bad.ipynb, cell 3 ("Shape"), line 1: it makes a function, must call one: functions belong in lib with a test (function-in-cell)',
    '02_bad.ipynb, cell 4 ("Shape"), line 1: it makes a function, must call one: functions belong in lib with a test (function-in-cell)',
    '02_bad.ipynb, cell 5 ("Shape"): it has 16 lines, must have at most 15: the rest belongs in lib (long-cell)',
    '03_front.ipynb, cell at position 1, line 3: job is "nothing", must be elt or segmentation (notebook)',
    "04_dirty.ipynb, cell 1: it holds outputs of a run, must be stored without (outputs)",
    "04_dirty.ipynb, cell 1: execution_count is 7, must be stored without (execution-count)",
    '04_dirty.ipynb, cell 2: id is "c1" as an earlier cell\'s, must be its own (duplicate-id)',
    "04_dirty.ipynb, cell 2: execution_count is 7, must be stored without (execution-count)",
    "04_dirty.ipynb, cell at position 4: it has no id, must have one of its own (missing-id)",
    "04_dirty.ipynb, cell 3: execution_count is 7, must be stored without (execution-count)",
    "04_dirty.ipynb, cell 4: execution_count is 7, must be stored without (execution-count)",
  ]);
});

Deno.test("checkNotebooks() tells what cannot be parsed or found", async () => {
  await using workspace = await TempWorkspace.make();
  const only = () => found(workspace);
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
  assert.deepEqual(await check(), { problems: [], notebooks: 1, codeCells: 1, remembered: 0 });
  assert.equal((await check()).remembered, 1);
  await workspace.notebook("02", ["2;"]);
  assert.deepEqual(await check(), { problems: [], notebooks: 2, codeCells: 2, remembered: 1 });
  await workspace.notebook("01", [{ markdown: "# One\n\nMore of it." }, notebook]);
  assert.equal((await check()).remembered, 2);
  await workspace.write("lib/types.ts", "export type T = string;\n");
  const changed = await check();
  assert.equal(changed.remembered, 1);
  assert.equal(changed.problems[0]?.rule, "TS2322");
});

Deno.test("formatProblem() shows the line and puts a caret below what is meant", async () => {
  await using workspace = await TempWorkspace.make();
  await workspace.notebook("01", ["1;", "const a: string = 1;\nconsole.log(a);", "let b = 2;\nb;"]);
  const { problems } = await checkNotebooks(workspace.path("notebooks"), workspace);
  assert.deepEqual(problems.map(formatProblem), [
    `01.ipynb, cell 2, line 1: Type 'number' is not assignable to type 'string' (TS2322)
    const a: string = 1;
          ^`,
    `01.ipynb, cell 3, line 1: \`b\` is never reassigned (prefer-const)
    let b = 2;
        ^`,
  ]);
});

Deno.test("formatProblem() cuts a long line around the caret", () => {
  const text = `${"x".repeat(200)}HERE${"y".repeat(200)}`;
  const place = { file: "01.ipynb", line: 1, text, column: 201, endColumn: 205 };
  const [, line, caret] = formatProblem({ ...place, rule: "r", message: "m" }).split("\n");
  assert.match(line!, /^ {4}…x{20}HEREy+…$/);
  assert.equal(caret!.indexOf("^^^^"), line!.indexOf("HERE"));
  assert.equal(caret!.trim(), "^^^^");
});

Deno.test("checkNotebooks() finds a name that a later cell declares again", async () => {
  await using workspace = await TempWorkspace.make();
  const cells = ["const a = 1;", "console.log(a);", "const a = 2;\nlet a = 3;"];
  await workspace.notebook("01", [...cells, 'import { a } from "node:path";']);
  const redeclared = (await found(workspace)).filter((line) => /redeclared/.test(line));
  assert.deepEqual(redeclared, [
    "01.ipynb, cell 3, line 1: `a` is declared at cell 1, line 1 already, must be declared once (redeclared)",
    "01.ipynb, cell 3, line 2: `a` is declared at cell 1, line 1 already, must be declared once (redeclared)",
  ]);
});

Deno.test("checkNotebooks() tells a module's own fault at the module, again and again", async () => {
  await using workspace = await TempWorkspace.make();
  await workspace.write("lib/bad.ts", "export const x: string = 1;\n");
  await workspace.notebook("01", ['import { x } from "../lib/bad.ts";\nx;']);
  const options = { root: workspace.root, cacheFile: workspace.path("data/check.json") };
  for (let i = 0; i < 2; i++) {
    const { problems } = await checkNotebooks(workspace.path("notebooks"), options);
    assert.deepEqual(problems.map(({ file, line, rule }) => [file, line, rule]), [
      ["lib/bad.ts", 1, "TS2322"],
    ]);
  }
});

Deno.test("checkNotebooks() knows the tags and the keys of a front matter", async () => {
  await using workspace = await TempWorkspace.make();
  const tagged = (...tags: string[]): Code => ({ code: "1;", tags });
  await workspace.notebook("01", [
    tagged("hide-input", "remove-output", "raises-exception", "ignore-output", "tolerance:1e-3"),
    tagged("hide_input", "tolerance:much", "injected-parameters"),
    { code: "const a = 1; // one", tags: ["parameters"] },
    { code: "const b = 1; // two", tags: ["parameters"] },
  ], { reads: ["x/{what}/"] });
  const path = workspace.path("notebooks/01.ipynb");
  await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace("writes:", "write:"));
  const { problems } = await checkNotebooks(workspace.path("notebooks"), workspace);
  const rules = problems.filter(({ rule }) => !/unused/.test(rule));
  assert.deepEqual(rules.map(({ cell, line, rule }) => [cell, line, rule]), [
    [undefined, 4, "placeholder"],
    [undefined, 5, "front-matter"],
    [2, undefined, "unknown-tag"],
    [2, undefined, "unknown-tag"],
    [2, undefined, "injected-parameters"],
    [4, undefined, "parameters"],
  ]);
  assert.equal(
    formatProblem(rules[0]!),
    `01.ipynb, cell at position 1, line 4: {what} has no value, must be one of {project}, {a} (placeholder)
    reads: ["x/{what}/"]
             ^^^^^^^^^`,
  );
});

Deno.test("checkNotebooks() finds what two write, what nobody writes, and circles", async () => {
  await using workspace = await TempWorkspace.make();
  await workspace.write("seeds/states.csv", "SP\n");
  await workspace.notebook("01", [{ code: 'const raw = "";', tags: ["parameters"] }, "raw;"], {
    reads: ["{raw}/", "seeds/", "seeds/states.csv"],
    writes: ["data/raw/{project}/"],
  });
  await workspace.notebook("02", ["1;"], {
    reads: [
      "data/raw/{project}/orders.csv",
      "data/other/",
      "seeds/gone.csv",
      "raw_{project}.orders",
    ],
    writes: ["analytics_{project}.*"],
  });
  assert.deepEqual(await found(workspace), [
    "02.ipynb, cell at position 1, line 4: data/other/ is written by no notebook and is no source, must be (unwritten-read)",
    "02.ipynb, cell at position 1, line 4: seeds/gone.csv is written by no notebook and is no source, must be (unwritten-read)",
    "02.ipynb, cell at position 1, line 4: raw_{project}.orders is written by no notebook, must be (unwritten-read)",
  ]);
  await workspace.notebook("03", ["1;"], { writes: ["analytics_{project}.dim_customer"] });
  assert.deepEqual(await found(workspace), [
    "03.ipynb, cell at position 1, line 5: 03 writes analytics_{project}.dim_customer and 02 writes analytics_{project}.*, must be one of them (two-writers)",
  ]);
  await workspace.notebook("02", ["1;"], { reads: ["b_{project}.t"], writes: ["a_{project}.t"] });
  await workspace.notebook("03", ["1;"], { reads: ["a_{project}.t"], writes: ["b_{project}.t"] });
  assert.deepEqual(await found(workspace), [
    "02.ipynb: 02 needs 03 needs 02, must be without a circle (circle)",
  ]);
});

Deno.test("checkNotebooks() shows where a front matter is wrong", async () => {
  await using workspace = await TempWorkspace.make();
  await workspace.notebook("01", ["1;"], { job: "nothing" });
  await workspace.write("notebooks/02.ipynb", "{");
  const { problems } = await checkNotebooks(workspace.path("notebooks"), workspace);
  assert.equal(
    formatProblem(problems[0]!),
    `01.ipynb, cell at position 1, line 3: job is "nothing", must be elt or segmentation (notebook)
    job: "nothing"
    ^^^`,
  );
  assert.match(formatProblem(problems[1]!), /^02\.ipynb: it is not JSON .*\(notebook\)$/);
});

Deno.test("stripNotebook() takes out what a run left, and nothing else", () => {
  const clean = JSON.stringify(JSON.parse(notebookText(["1;", { markdown: "# Two" }])), null, 1) +
    "\n";
  assert.equal(stripNotebook(clean), clean);
  const dirty = clean
    .replace(
      '"outputs": []',
      '"outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}]',
    )
    .replace('"execution_count": null', '"execution_count": 4');
  assert.notEqual(dirty, clean);
  assert.equal(stripNotebook(dirty), clean);
  const bare = JSON.parse(clean);
  delete bare.cells[2].id;
  bare.cells[1].id = "cell-3";
  const { cells } = parseNotebook(stripNotebook(JSON.stringify(bare)), "/w/01.ipynb");
  assert.deepEqual(cells.map(({ id }) => id), ["c0", "cell-3", "cell-3-2"]);
});
