import assert from "node:assert/strict";
import { notebookText } from "../notebook/_temp_workspace.ts";
import { copyWorkspace } from "./_workspace_copy.ts";

Deno.test("deno task check", async (t) => {
  await using workspace = await copyWorkspace();
  const path = workspace.path("notebooks", "01_one.ipynb");
  await Deno.remove(workspace.path("notebooks"), { recursive: true });
  await Deno.mkdir(workspace.path("notebooks"));
  const clean = notebookText(["const a: number = 1;\nconsole.log(a);"]);
  await Deno.writeTextFile(path, clean);

  await t.step("says that all is well", async () => {
    const { code, text } = await workspace.command("check");
    assert.equal(code, 0, text);
    assert.match(text, /^1 notebooks, 1 code cells, 0 problems$/m);
  });

  await t.step("ends with 1, shows the line and says what mends it", async () => {
    const dirty = clean.replace("number", "string")
      .replace('"execution_count":null', '"execution_count":3');
    await Deno.writeTextFile(path, dirty);
    const { code, text } = await workspace.command("check");
    assert.equal(code, 1, text);
    assert.match(text, /^ {4}const a: string = 1;\n {10}\^$/m);
    assert.match(text, /^deno task check --fix takes outputs and execution counts out/m);
    assert.match(text, /^1 notebooks, 1 code cells, 2 problems$/m);
  });

  await t.step("tells editors where", async () => {
    const { code, text } = await workspace.command("check", "--json");
    assert.equal(code, 1);
    const { problems } = JSON.parse(text);
    assert.deepEqual(problems[1], {
      ...{ path: "notebooks/01_one.ipynb", file: "01_one.ipynb", cell: 1, position: 2, title: "" },
      ...{ line: 1, column: 7, endColumn: 8, text: "const a: string = 1;", rule: "TS2322" },
      message: "Type 'number' is not assignable to type 'string'",
    });
  });

  await t.step("takes out what a run left, and leaves the rest", async () => {
    const { code, text } = await workspace.command("check", "--fix");
    assert.equal(code, 1, text);
    assert.match(text, /^01_one\.ipynb: stored without what a run left in it$/m);
    assert.match(text, /1 problems$/m);
    const { cells } = JSON.parse(await Deno.readTextFile(path));
    assert.equal(cells[1].execution_count, null);
    assert.match(cells[1].source, /const a: string/);
  });
});
