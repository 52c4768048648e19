import assert from "node:assert/strict";
import { join } from "node:path";
import { runNotebook } from "feira/notebook";
import { countOutputs, sumCounts } from "../../bench/notebook/count_outputs.ts";
import { craftNotebooks } from "../../bench/notebook/crafted.ts";

/** An executed notebook whose code cells show these texts. */
function executed(...shown: string[]): string {
  const cells = shown.map((text) => ({
    cell_type: "code",
    outputs: text === "" ? [] : [{ output_type: "stream", name: "stdout", text: [text] }],
  }));
  return JSON.stringify({ cells: [{ cell_type: "raw", source: "<0>" }, ...cells] });
}

Deno.test("countOutputs() tells outputs that are lost from those under another cell", () => {
  const marks = [["<0>"], ["<1>", "<1b>"], ["<2>"]];
  const count = (...shown: string[]) => countOutputs(executed(...shown), marks);
  assert.deepEqual(count("<0>", "<1> <1b>", "<2>"), { expected: 4, lost: 0, misplaced: 0 });
  assert.deepEqual(count("<0>", "<1>", ""), { expected: 4, lost: 2, misplaced: 0 });
  assert.deepEqual(count("", "<0> <1> <1b>", "<2>"), { expected: 4, lost: 0, misplaced: 1 });
  assert.deepEqual(count(), { expected: 4, lost: 4, misplaced: 0 }, "a copy that was cut off");
});

Deno.test("sumCounts() adds up", () => {
  const one = { expected: 4, lost: 1, misplaced: 2 };
  assert.deepEqual(sumCounts([one, one]), { expected: 8, lost: 2, misplaced: 4 });
  assert.deepEqual(sumCounts([]), { expected: 0, lost: 0, misplaced: 0 });
});

Deno.test("craftNotebooks() writes cells that show their marks, each mark its own", async () => {
  const dir = await Deno.makeTempDir({ prefix: "feira-bench-" });
  try {
    const crafted = await craftNotebooks(dir, { notebooks: 2, cells: 8 });
    const marks = crafted.flatMap(({ marks }) => marks.flat());
    assert.equal(new Set(marks).size, 20);
    const [{ source, target, marks: expected }] = crafted as [typeof crafted[0]];
    assert.ok(source.startsWith(join(dir, "")));
    assert.equal((await runNotebook(source, { executedPath: target })).state, "ran");
    assert.deepEqual(countOutputs(await Deno.readTextFile(target), expected), {
      expected: 10,
      lost: 0,
      misplaced: 0,
    });
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
