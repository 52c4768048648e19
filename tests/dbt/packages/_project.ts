import { join } from "node:path";
import { stringify } from "yaml";
import { repository } from "../_dbt.ts";
import { EXPECTATIONS_CASES } from "./_expectations_cases.ts";
import { OTHER, type PackageCase } from "./_case.ts";
import { UTILS_CASES } from "./_utils_cases.ts";

/** Every case with a name of its own, as `c07_dbt_utils_recency`. */
export const CASES: readonly (PackageCase & { readonly name: string })[] = [
  ...UTILS_CASES,
  ...EXPECTATIONS_CASES,
].map((packageCase, i) => ({
  ...packageCase,
  name: `c${String(i).padStart(2, "0")}_${packageCase.test.replace(".", "_")}`,
}));

/** A dbt project that has dbt/packages, and each case as a test of two sources. */
export async function writeProject(
  dir: string,
  { cases, packagesDir = join(repository.dbtDir, "packages") }: {
    readonly cases: typeof CASES;
    readonly packagesDir?: string;
  },
): Promise<void> {
  await Deno.mkdir(join(dir, "models"), { recursive: true });
  const write = (name: string, content: unknown) =>
    Deno.writeTextFile(join(dir, name), stringify(content));
  await write("dbt_project.yml", {
    name: "cases",
    version: "1.0.0",
    profile: "cases",
    "packages-install-path": packagesDir,
    vars: { "dbt_date:time_zone": "UTC" },
    flags: { send_anonymous_usage_stats: false },
  });
  await write("profiles.yml", {
    cases: {
      target: "{{ env_var('FEIRA_WAREHOUSE', 'duckdb') }}",
      outputs: {
        duckdb: { type: "duckdb", path: "{{ env_var('FEIRA_DUCKDB_PATH') }}", schema: "main" },
        bigquery: {
          type: "bigquery",
          method: "oauth",
          project: "nowhere",
          dataset: "main",
          threads: 2,
        },
      },
    },
  });
  await write("models/cases.yml", {
    sources: [{
      name: "cases",
      schema: "main",
      tables: cases.flatMap((packageCase) => [
        tested(packageCase, "good"),
        tested(packageCase, "bad"),
        ...(packageCase.other === undefined ? [] : [{ name: `${packageCase.name}_other` }]),
      ]),
    }],
  });
}

function tested(
  { name, test, args }: PackageCase & { readonly name: string },
  which: "good" | "bad",
) {
  const values = Object.entries(args).map(([key, value]) => [
    key,
    value === OTHER ? `source('cases', '${name}_other')` : value,
  ]);
  return {
    name: `${name}_${which}`,
    data_tests: [{ [test]: { name: `${which}_${name}`, arguments: Object.fromEntries(values) } }],
  };
}

/** SQL that makes the tables of all cases. */
export function tablesSql(cases: typeof CASES): string {
  return cases.flatMap(({ name, good, bad, other }) => [
    `create table ${name}_good as ${good}`,
    `create table ${name}_bad as ${bad}`,
    ...(other === undefined ? [] : [`create table ${name}_other as ${other}`]),
  ]).join(";\n");
}
