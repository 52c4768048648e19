import assert from "node:assert/strict";
import { join } from "node:path";
import { repository } from "./_dbt.ts";
import { DUCKDB_ONLY } from "./_duckdb_only.ts";

/** Every SQL file of the project, without comments and what Jinja puts in. */
async function sqlFiles(dir: string): Promise<{ path: string; sql: string }[]> {
  const found: { path: string; sql: string }[] = [];
  for await (const { name, isDirectory } of Deno.readDir(dir)) {
    const path = join(dir, name);
    if (isDirectory) found.push(...await sqlFiles(path));
    else if (name.endsWith(".sql")) {
      const text = await Deno.readTextFile(path);
      found.push({ path, sql: text.replace(/\{#[^]*?#\}|\{\{[^]*?\}\}|--.*/g, "") });
    }
  }
  return found;
}

Deno.test("what only DuckDB knows stands in macros that BigQuery has its own of", async () => {
  const files = await sqlFiles(repository.dbtDir);
  const forBigQuery = files.flatMap(({ sql }) =>
    [...sql.matchAll(/macro bigquery__(\w+)\(/g)].map((match) => match[1]!)
  );
  assert.ok(forBigQuery.length > 10 && files.length > 60);
  for (const { path, sql } of files) {
    const common = sql.replace(
      /\{%-? macro default__(\w+)\([^]*?endmacro -?%\}/g,
      (macro, name) => forBigQuery.includes(name) ? "" : macro,
    ).replace(/\{%[^]*?%\}/g, "");
    assert.equal(DUCKDB_ONLY.exec(common)?.[0], undefined, path);
  }
});
