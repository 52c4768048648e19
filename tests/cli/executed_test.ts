import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { listNotebooks } from "feira/notebook";
import { openWorkspace } from "feira/workspace";
import { assertIsNbformat } from "../notebook/_nbformat.ts";
import { pipelineRun } from "../_pipeline_run.ts";

const NBCONVERT = join(openWorkspace().venvDir, "lab", "bin", "jupyter-nbconvert");
const hasNbconvert = await Deno.stat(NBCONVERT).then(() => true, () => false);
const NBCONVERT_SECONDS = 120;

Deno.test("the executed notebooks are valid nbformat 4.5", async () => {
  await using run = await pipelineRun();
  assert.equal(run.end.code, 0, run.end.text);
  const paths = await listNotebooks(join(run.root, "reports", "executed"));
  assert.equal(paths.length, 9);
  for (const path of paths) assertIsNbformat(await Deno.readTextFile(path), basename(path));
});

// Skipped where JupyterLab, of which nbconvert is a part, has not been installed by `deno task lab`.
Deno.test({
  name: "nbconvert renders an executed notebook with its figures",
  ignore: !hasNbconvert,
  fn: async () => {
    await using run = await pipelineRun();
    const dir = await Deno.makeTempDir();
    try {
      const { success, stderr } = await new Deno.Command(NBCONVERT, {
        args: ["--to", "html", "--output-dir", dir, "06_features.ipynb"],
        cwd: join(run.root, "reports", "executed"),
        env: { JUPYTER_PLATFORM_DIRS: "1" },
        signal: AbortSignal.timeout(NBCONVERT_SECONDS * 1_000),
      }).output();
      assert.ok(success, new TextDecoder().decode(stderr));
      const page = await Deno.readTextFile(join(dir, "06_features.html"));
      const executed = JSON.parse(
        await Deno.readTextFile(join(run.root, "reports", "executed", "06_features.ipynb")),
      );
      type Output = { data?: Record<string, unknown> };
      const outputs: Output[] = executed.cells.flatMap((cell: { outputs?: Output[] }) =>
        cell.outputs ?? []
      );
      const figures = outputs.filter(({ data }) => data?.["application/vnd.feira.figure+json"]);
      assert.ok(figures.length > 0);
      assert.equal(
        page.match(/<img alt="[^"]+"[^>]* src="data:image\/svg/g)?.length,
        figures.length,
      );
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  },
});
