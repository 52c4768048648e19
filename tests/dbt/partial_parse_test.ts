import assert from "node:assert/strict";
import { join } from "node:path";
import { maybeLogLine } from "../../lib/dbt/dbt_event.ts";
import { needsPython, runDbt, skipped } from "./_dbt.ts";
import { projectCopy } from "./_market.ts";

Deno.test(`a build in another copy of the file parses nothing anew${skipped}`, {
  ...needsPython,
}, async () => {
  const { dbtDir, dbtTargetDir, root } = await projectCopy("tiny");
  const parse = async (file: string, args: readonly string[] = []) => {
    const events: string[] = [];
    const { code, lastLines } = await runDbt(["parse", "--log-format", "json", ...args], {
      projectDir: dbtDir,
      targetDir: dbtTargetDir,
      env: { FEIRA_DUCKDB_PATH: join(root, file) },
      onLine: (line) => events.push(maybeLogLine(line)?.info.name ?? ""),
    });
    assert.equal(code, 0, lastLines.join("\n"));
    return events.includes("UnableToPartialParse");
  };
  assert.equal(await parse("a.duckdb"), true);
  assert.equal(await parse("b.duckdb"), false);
  assert.equal(await parse("b.duckdb", ["--vars", "project: other"]), true);
  await Deno.remove(root, { recursive: true });
});
