import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { needsPython, repository, runDbt, skipped } from "../_dbt.ts";
import { query } from "../_tiny_market.ts";
import { CASES, tablesSql, writeProject } from "./_project.ts";

/** A folder with dbt_utils, dbt_expectations and dbt_date as their projects publish them. */
const realPackages = Deno.env.get("FEIRA_DBT_PACKAGES");

/** What each test counts on the good and on the bad rows of its case. */
async function verdicts(packagesDir?: string): Promise<Record<string, unknown>> {
  const root = await Deno.realPath(await Deno.makeTempDir({ prefix: "feira-packages-" }));
  const duckdbPath = join(root, "cases.duckdb");
  await writeProject(root, { cases: CASES, ...(packagesDir && { packagesDir }) });
  await query(duckdbPath, tablesSql(CASES));
  const end = await runDbt(["test", "--threads", "2"], {
    projectDir: root,
    targetDir: join(root, "target"),
    env: { FEIRA_DUCKDB_PATH: duckdbPath },
  });
  // 1: tests have failed, as half of them must; 2: dbt itself has.
  assert.equal(end.code, 1, end.lastLines.join("\n"));
  const { results } = JSON.parse(
    await Deno.readTextFile(join(root, "target", "run_results.json")),
  );
  await Deno.remove(root, { recursive: true });
  return Object.fromEntries(
    results.map(({ unique_id, status, failures, message }: Record<string, string>) => [
      unique_id!.split(".").at(-2),
      status === "error" ? message : failures,
    ]),
  );
}

const expected = Object.fromEntries(CASES.flatMap(({ name, failures }) => [
  [`good_${name}`, 0],
  [`bad_${name}`, failures],
]));

Deno.test(`the generic tests of dbt/packages pass on good rows and count bad ones${skipped}`, {
  ...needsPython,
}, async () => assert.deepEqual(await verdicts(), expected));

Deno.test("the packages of those names give the same verdicts (FEIRA_DBT_PACKAGES)", {
  ignore: needsPython.ignore || realPackages === undefined,
}, async () => {
  const passes = (counts: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count === 0]));
  assert.deepEqual(passes(await verdicts(realPackages)), passes(expected));
});

Deno.test("every generic test of dbt/packages has a case", async () => {
  const packages = join(repository.dbtDir, "packages");
  const names: string[] = [];
  for (const name of ["dbt_utils", "dbt_expectations"]) {
    for await (const file of Deno.readDir(join(packages, name, "macros"))) {
      const text = await Deno.readTextFile(join(packages, name, "macros", file.name));
      const tests = [...text.matchAll(/\{% test (\w+)\(/g)].map((match) => match[1]!);
      if (!file.name.startsWith("_")) assert.deepEqual(tests, [basename(file.name, ".sql")]);
      names.push(...tests.map((test) => `${name}.${test}`));
    }
  }
  assert.deepEqual([...new Set(CASES.map(({ test }) => test))].sort(), names.sort());
});
