import assert from "node:assert/strict";
import { join } from "node:path";
import { maybeLogLine } from "../../lib/dbt/dbt_event.ts";
import { needsPython, runDbt, skipped } from "./_dbt.ts";
import { projectCopy } from "./_market.ts";

Deno.test(`another copy of the file is parsed by what is known, another folder anew${skipped}`, {
  ...needsPython,
}, async () => {
  const { dbtDir, dbtTargetDir, root } = await projectCopy("tiny");
  const moved = `${root}-moved`;
  let place = (path: string) => path;
  const parse = async (file: string, args: readonly string[] = []) => {
    const events: string[] = [];
    const { code, lastLines } = await runDbt(["parse", "--log-format", "json", ...args], {
      projectDir: place(dbtDir),
      targetDir: place(dbtTargetDir),
      env: { FEIRA_DUCKDB_PATH: place(join(root, file)) },
      onLine: (line) => events.push(maybeLogLine(line)?.info.name ?? ""),
    });
    assert.equal(code, 0, lastLines.join("\n"));
    return events.includes("UnableToPartialParse");
  };
  assert.equal(await parse("a.duckdb"), true);
  assert.equal(await parse("b.duckdb"), false);
  assert.equal(await parse("b.duckdb", ["--vars", "project: other"]), true);
  await Deno.rename(root, moved);
  place = (path) => path.replace(root, moved);
  assert.equal(await parse("b.duckdb", ["--vars", "project: other"]), true);
  await Deno.remove(moved, { recursive: true });
});
