import assert from "node:assert/strict";
import { join } from "node:path";
import { stringify } from "yaml";
import { needsPython, repository, runDbt, skipped } from "./_dbt.ts";

/** A project of nothing but the macro, which is parsed in no time. */
async function writeProject(dir: string): Promise<void> {
  const settings = await Deno.readTextFile(join(repository.dbtDir, "dbt_project.yml"));
  const [comment] = settings.match(/^query-comment:\n(?: .*\n)+/m)!;
  await Deno.writeTextFile(
    join(dir, "dbt_project.yml"),
    `name: comments\nversion: "1.0.0"\nprofile: comments\n${comment}`,
  );
  const outputs = { duckdb: { type: "duckdb", path: ":memory:" } };
  await Deno.writeTextFile(
    join(dir, "profiles.yml"),
    stringify({ comments: { target: "duckdb", outputs } }),
  );
  await Deno.mkdir(join(dir, "macros"));
  const macro = join("macros", "query_comment.sql");
  await Deno.copyFile(join(repository.dbtDir, macro), join(dir, macro));
}

/** The comments before the statements that dbt runs. */
async function commentsOf(
  projectDir: string,
  env: Readonly<Record<string, string | null>>,
): Promise<unknown[]> {
  const comments: unknown[] = [];
  const { code, lastLines } = await runDbt([
    ...["show", "--inline", "select 1 as one", "--vars", "project: demo"],
    ...["--log-level", "debug", "--log-format", "json"],
  ], {
    projectDir,
    targetDir: join(projectDir, "target"),
    env,
    onLine(line) {
      const sql = line.startsWith("{") ? JSON.parse(line).data.sql : undefined;
      const comment = /^\/\* (\{.*?\}) \*\//.exec(sql ?? "")?.[1];
      if (sql?.includes("as one")) comments.push(comment && JSON.parse(comment));
    },
  });
  assert.equal(code, 0, lastLines.join("\n"));
  return comments;
}

Deno.test(`statements say which project and notebook they are of${skipped}`, {
  ...needsPython,
}, async () => {
  const dir = await Deno.makeTempDir({ prefix: "feira-comment-" });
  await writeProject(dir);
  const env = { FEIRA_NOTEBOOK: "04_transform", FEIRA_RUN: null };
  assert.deepEqual(await commentsOf(dir, env), [
    { app: "dbt", feira_project: "demo", notebook: "04_transform", node: "inline_query" },
  ]);
  await Deno.remove(dir, { recursive: true });
});
