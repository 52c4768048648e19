import assert from "node:assert/strict";
import { formatNotebook, NotebookError, parseNotebook, readNotebooks } from "feira/notebook";
import { notebookText, TempWorkspace } from "./_temp_workspace.ts";

const change = (edit: (content: Record<string, unknown>) => void): string => {
  const content = JSON.parse(notebookText(["1;"]));
  edit(content);
  return JSON.stringify(content);
};

const cellOf = (content: Record<string, unknown>, index: number) =>
  (content.cells as Record<string, unknown>[])[index]!;

Deno.test("parseNotebook() reads front matter, cells and parameters", () => {
  const text = notebookText([
    { markdown: "# Hello" },
    { code: "const k = 3;", tags: ["parameters"] },
  ], { title: "Load", job: "segmentation", reads: ["a.b"], writes: ["data/x/"] });
  const { title, job, reads, writes, name, path, cells, parameters } = parseNotebook(
    text,
    "/w/notebooks/03_load.ipynb",
  );
  assert.deepEqual({ title, job, reads, writes, name, path }, {
    title: "Load",
    job: "segmentation",
    reads: ["a.b"],
    writes: ["data/x/"],
    name: "03_load",
    path: "/w/notebooks/03_load.ipynb",
  });
  assert.deepEqual(cells.map((cell) => cell.cell_type), ["raw", "markdown", "code"]);
  assert.deepEqual(parameters, [{ name: "k", type: "number", default: 3, description: "" }]);
});

Deno.test("parseNotebook() says what a file has and what it must have", () => {
  const front = (yaml: string) => change((c) => cellOf(c, 0).source = yaml);
  const cases: [string, RegExp][] = [
    ["{", /^Cannot read x\.ipynb: it is not JSON/],
    ["[]", /: it is no JSON object, must be a notebook$/],
    [change((c) => c.nbformat = 3), /: nbformat is 3, must be 4$/],
    [change((c) => delete c.cells), /: it has no cells, must be an array$/],
    [
      change((c) => cellOf(c, 1).cell_type = "sql"),
      /^Cannot read x\.ipynb, cell at position 2: cell_type is "sql", must be raw, markdown or code$/,
    ],
    [change((c) => delete cellOf(c, 1).source), /position 2: source is missing/],
    [change((c) => cellOf(c, 1).id = "a b"), /position 2: id is "a b"/],
    [change((c) => cellOf(c, 0).cell_type = "markdown"), /position 1: front matter is missing/],
    [
      front("title: x"),
      /front matter is missing, must be a raw cell of YAML between two lines ---$/,
    ],
    [front("---\na: [\n---"), /front matter is not YAML/],
    [front("---\njob: elt\n---"), /title is undefined, must be a text$/],
    [front("---\ntitle: x\njob: all\n---"), /job is "all", must be elt or segmentation$/],
    [front("---\ntitle: x\njob: elt\nreads: data/\n---"), /reads is "data\/", must be a list/],
    [
      front("---\ntitle: x\njob: elt\nwrites: [orders]\n---"),
      /writes is \["orders"\], must be a list/,
    ],
  ];
  for (const [text, message] of cases) {
    assert.throws(
      () => parseNotebook(text, "/w/x.ipynb"),
      (error) =>
        error instanceof NotebookError && error.kind === "data" && message.test(error.message),
      String(message),
    );
  }
});

Deno.test("readNotebooks() reads a folder by name and names the bad file", async () => {
  await using workspace = await TempWorkspace.make();
  await workspace.notebook("02_b", []);
  await workspace.notebook("01_a", []);
  await workspace.write("notebooks/notes.txt", "no notebook");
  const dir = workspace.path("notebooks");
  assert.deepEqual((await readNotebooks(dir)).map(({ name }) => name), ["01_a", "02_b"]);
  await workspace.write("notebooks/03_c.ipynb", "oops");
  await assert.rejects(readNotebooks(dir), /Cannot read 03_c\.ipynb: it is not JSON/);
  await assert.rejects(readNotebooks(workspace.path("none")), { kind: "environment" });
});

Deno.test("formatNotebook() is stable, sorted and keeps every character", () => {
  const source = "line one\n\nünï \u2028 last\n";
  const text = notebookText([source, { markdown: "a\nb" }]);
  const once = formatNotebook(parseNotebook(text, "/w/x.ipynb"));
  const again = parseNotebook(once, "/w/x.ipynb");
  assert.equal(again.cells[1]!.source, source);
  assert.equal(formatNotebook(again), once);
  assert.deepEqual(Object.keys(JSON.parse(once)), [
    "cells",
    "metadata",
    "nbformat",
    "nbformat_minor",
  ]);
  assert.equal(once.endsWith("}\n"), true);
  assert.match(once, /^\{\n "cells": \[\n {2}\{\n {3}"cell_type"/);
});

Deno.test("formatNotebook() writes outputs as Jupyter does and reads them back", () => {
  const outputs = [
    { output_type: "stream" as const, name: "stdout" as const, text: "a\nb" },
    {
      output_type: "execute_result" as const,
      execution_count: 1,
      metadata: {},
      data: { "text/html": "<p>\n</p>", "image/png": "AAAA\n", "application/json": { b: ["x"] } },
    },
    { output_type: "error" as const, ename: "E", evalue: "v", traceback: ["t"] },
  ];
  const notebook = parseNotebook(notebookText(["1;"]), "/w/x.ipynb");
  const cells = notebook.cells.map((c) => c.cell_type === "code" ? { ...c, outputs } : c);
  const text = formatNotebook({ cells, metadata: {} });
  assert.deepEqual(JSON.parse(text).cells[1].outputs[0].text, ["a\n", "b"]);
  assert.deepEqual(JSON.parse(text).cells[1].outputs[1].data["image/png"], "AAAA\n");
  assert.deepEqual(parseNotebook(text, "/w/x.ipynb").cells[1]!.outputs, outputs);
});
