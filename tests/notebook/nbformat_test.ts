import assert from "node:assert/strict";
import { join } from "node:path";
import { type MimeBundle, type Output, runNotebook } from "feira/notebook";
import { assertIsNbformat } from "./_nbformat.ts";
import { outputsOf, runCellsIn } from "./_run_cells.ts";
import { type Code, TempWorkspace } from "./_temp_workspace.ts";

const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

async function runText(cells: readonly Code[]): Promise<{ text: string; outputs: Output[][] }> {
  await using workspace = await TempWorkspace.make();
  const { executed } = await runCellsIn(workspace, cells);
  const text = await workspace.read("reports/executed/01_test.ipynb");
  assertIsNbformat(text);
  return { text, outputs: outputsOf(executed) };
}

const dataOf = (output: Output | undefined): MimeBundle =>
  output && "data" in output ? output.data : {};

Deno.test("the executed copy is valid nbformat 4.5, whatever a cell shows", async () => {
  const raises = (code: string) => ({ code, tags: ["raises-exception"] });
  const { text, outputs } = await runText([
    { markdown: "# Title" },
    { code: "const k: number = 3;", tags: ["parameters"] },
    'console.log("out"); console.error("err"); k',
    `await Deno.jupyter.display({
  "text/plain": "plain", "text/html": "<b>two</b>\\n<i>lines</i>", "text/markdown": "# m",
  "image/png": "${PNG}", "image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'/>",
  "application/json": { a: [1, null] }, "application/vnd.feira.figure+json": { svg: "x" },
  "application/javascript": "1;", "text/latex": "$x$",
}, { raw: true });`,
    "({ a: 1 })",
    "Deno.jupyter.html`<b>x</b>`",
    "Deno.jupyter.md`# x`",
    "Deno.jupyter.svg`<svg xmlns='http://www.w3.org/2000/svg'/>`",
    raises('throw new AggregateError([new Error("a")], "b", { cause: 5 });'),
    raises("throw null;"),
    raises("const x = ;"),
    raises('Promise.reject("nobody");'),
    'await Deno.jupyter.broadcast("display_data", { data: {}, metadata: { a: 1 }, transient: {} });',
    'await Deno.jupyter.broadcast("display_data", { data: { "text/plain": 5 }, metadata: null });',
    'await Deno.jupyter.broadcast("execute_result", { data: { "text/plain": ["a", "b"] } });',
    'await Deno.jupyter.broadcast("stream", { name: "other", text: "odd" });',
    'await Deno.jupyter.broadcast("comm_open", { comm_id: "1", data: {} });',
    "",
  ]);
  const bundle = dataOf(outputs[2]?.[0]);
  assert.equal(bundle["image/png"], PNG);
  assert.equal(bundle["text/html"], "<b>two</b>\n<i>lines</i>");
  assert.deepEqual(bundle["application/json"], { a: [1, null] });
  const raw = JSON.parse(text).cells[4].outputs[0].data;
  assert.deepEqual(raw["text/html"], ["<b>two</b>\n", "<i>lines</i>"]);
  assert.equal(raw["image/png"], PNG);
});

Deno.test("a killed, a late and a cut cell leave valid nbformat 4.5 too", async () => {
  for (
    const [code, options] of [
      ["console.log(1); Deno.exit(3);", {}],
      ["await new Promise(() => {});", { cellTimeoutSeconds: 0.3 }],
      ['console.log("x".repeat(500)); ({ a: "y".repeat(500) })', { outputLimit: 100 }],
    ] as const
  ) {
    await using workspace = await TempWorkspace.make();
    await runCellsIn(workspace, [code, "2"], options);
    assertIsNbformat(await workspace.read("reports/executed/01_test.ipynb"), code);
  }
});

Deno.test("displays are updated in place and cleared as JupyterLab does", async () => {
  const { outputs } = await runText([
    'const show = (text: string, id: string, update = false) => Deno.jupyter.display({ "text/plain": text }, { raw: true, display_id: id, update });',
    'await show("a1", "a"); await show("b1", "b"); await show("a2", "a");',
    'await show("new a", "a", true); await show("nobody", "c", true); console.log("here");',
    'await show("b2", "b", true); await Deno.jupyter.broadcast("clear_output", { wait: false }); console.log("after");',
    'console.log("old"); await Deno.jupyter.broadcast("clear_output", { wait: true }); await show("only", "d");',
    'await show("gone", "e"); await Deno.jupyter.broadcast("clear_output", { wait: true });',
  ]);
  const texts = outputs.map((cell) =>
    cell.map((output) => "text" in output ? output.text : dataOf(output)["text/plain"])
  );
  assert.deepEqual(texts.slice(1), [
    ["new a", "b2", "new a"],
    ["here\n"],
    ["after\n"],
    ["only"],
    ["gone"],
  ]);
});

Deno.test("a notebook that JupyterLab has saved is run and stays valid", async () => {
  await using workspace = await TempWorkspace.make();
  const saved = {
    cells: [
      {
        cell_type: "raw",
        id: "a",
        metadata: {},
        source: ["---\n", "title: T\n", "job: elt\n", "reads: []\n", "writes: []\n", "---"],
      },
      {
        cell_type: "markdown",
        id: "b",
        metadata: {},
        attachments: { "p.png": { "image/png": PNG } },
        source: ["![p](attachment:p.png)"],
      },
      {
        cell_type: "code",
        id: "c",
        metadata: { execution: { "iopub.execute_input": "2026-01-01T00:00:00Z" }, collapsed: true },
        execution_count: 7,
        outputs: [{ name: "stdout", output_type: "stream", text: ["old\n"] }],
        source: ["1 +\n", " 1"],
      },
    ],
    metadata: { kernelspec: { name: "deno", display_name: "Deno" }, orig_nbformat: 4 },
    nbformat: 4,
    nbformat_minor: 5,
  };
  const path = await workspace.write("notebooks/01_saved.ipynb", JSON.stringify(saved));
  const executedPath = join(workspace.root, "executed.ipynb");
  const { state } = await runNotebook(path, { executedPath });
  assert.equal(state, "ran");
  const text = await Deno.readTextFile(executedPath);
  assertIsNbformat(text);
  const { cells } = JSON.parse(text);
  assert.deepEqual(cells[1].attachments, saved.cells[1]!.attachments);
  assert.equal(cells[2].execution_count, 1);
  // Timings that a front end left are no longer those of this copy.
  assert.deepEqual(cells[2].metadata, { collapsed: true });
});

Deno.test("the notebooks of this workspace are valid nbformat 4.5", async () => {
  const dir = new URL("../../notebooks/", import.meta.url);
  for await (const { name } of Deno.readDir(dir)) {
    if (name.endsWith(".ipynb")) {
      assertIsNbformat(await Deno.readTextFile(new URL(name, dir)), name);
    }
  }
});

Deno.test("assertIsNbformat() finds what is not", () => {
  const text = (cell: object) =>
    JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 });
  const good = { cell_type: "markdown", id: "a", metadata: {}, source: "" };
  assertIsNbformat(text(good));
  assert.throws(() => assertIsNbformat(text({ ...good, id: "a b" })), /is not nbformat 4\.5/);
  assert.throws(() => assertIsNbformat(text({ ...good, cell_type: "code" })), /is not nbformat/);
});
