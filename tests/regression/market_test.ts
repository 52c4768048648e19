import assert from "node:assert/strict";
import { basename } from "node:path";
import { listNotebooks, readNotebook } from "feira/notebook";
import {
  compareDigests,
  digestNotebook,
  formatDifference,
  formatDigest,
  type NotebookDigest,
  parseDigest,
} from "feira/regression";
import { pipelineRun } from "../_pipeline_run.ts";

const STORED = new URL("../fixtures/outputs/", import.meta.url);
/** `deno task test --update`: what the notebooks show now is right. */
const UPDATE = Deno.args.includes("--update");

const fileOf = (name: string) => new URL(`${name}.yaml`, STORED);

async function maybeStored(name: string): Promise<NotebookDigest | undefined> {
  try {
    return parseDigest(await Deno.readTextFile(fileOf(name)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

Deno.test("the notebooks show on a small synthetic market what is stored of them", async (t) => {
  await using run = await pipelineRun();
  assert.equal(run.end.code, 0, run.end.text);
  const paths = await listNotebooks(`${run.root}/reports/executed`);
  const names = paths.map((path) => basename(path, ".ipynb"));
  for (const [i, name] of names.entries()) {
    await t.step(name, async () => {
      const found = digestNotebook(await readNotebook(paths[i]!));
      if (UPDATE) return await Deno.writeTextFile(fileOf(name), formatDigest(found));
      const differences = compareDigests(await maybeStored(name), found);
      if (differences.length === 0) return;
      const told = differences.map(formatDifference).join("\n");
      assert.fail(`${told}\nIf that is right, accept it: deno task test --update tests/regression`);
    });
  }
  await t.step("and nothing is stored of others", async () => {
    for await (const { name } of Deno.readDir(STORED)) {
      if (names.includes(basename(name, ".yaml"))) continue;
      assert.ok(UPDATE, `tests/fixtures/outputs/${name} is of no notebook`);
      await Deno.remove(new URL(name, STORED));
    }
  });
});
