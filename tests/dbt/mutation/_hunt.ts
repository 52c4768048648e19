import { DuckDBInstance } from "@duckdb/node-api";
import { type Column, type Mutant, mutantsOf } from "./_mutants.ts";
import { type Built, type BuiltProject, type DataTest, descendantsOf } from "./_project.ts";

/** A mutant and what caught it. */
export interface Finding extends Mutant {
  readonly model: string;
  /** Name of the test, or `CONTRACT`; undefined for a survivor. */
  readonly caughtBy: string | undefined;
}

/** In a test's place where no test but the contract's `not_null` catches a mutant. */
export const CONTRACT = "contract";

/** What to hunt; everything is optional. */
export interface HuntOptions {
  /** Names of the models to break; default: all. */
  readonly models?: readonly string[];
  readonly onModel?: (name: string, findings: readonly Finding[]) => void;
}

type Run = (sql: string) => Promise<Record<string, unknown>[]>;

/**
 * Breaks every relation of a built project in every way that `mutantsOf` knows,
 * and asks the data tests. A mutant is looked at as a build would see it: tests
 * that read only the broken relation and what is before it come first; when they
 * let it pass, all tables after it are built again from it and the other tests
 * that read any of these are asked.
 *
 * Every mutant lives in a transaction that is rolled back: the file stays as it
 * was. Mutants that change nothing, as a swap of two columns that are equal, are
 * not counted.
 */
export async function hunt(
  duckdbPath: string,
  { built, tests }: BuiltProject,
  { models, onModel }: HuntOptions = {},
): Promise<Finding[]> {
  const instance = await DuckDBInstance.create(duckdbPath, { threads: "2" });
  const connection = await instance.connect();
  const run: Run = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
  const findings: Finding[] = [];
  try {
    for (const model of built) {
      if (models !== undefined && !models.includes(model.name)) continue;
      const columns = await columnsOf(model, run);
      const found: Finding[] = [];
      await run(`create temp table original as from ${model.relation} order by all`);
      for (const mutant of mutantsOf(columns, model)) {
        await run("begin");
        const caughtBy = await breakAndAsk(model, mutant, { built, tests, run });
        await run("rollback");
        if (caughtBy !== "nothing changed") {
          found.push({ ...mutant, model: model.name, caughtBy });
        }
      }
      await run("drop table original");
      findings.push(...found);
      onModel?.(model.name, found);
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return findings;
}

/** Returns the name of the test that caught the mutant; undefined where none did. */
async function breakAndAsk(
  model: Built,
  { sql }: Mutant,
  { built, tests, run }: BuiltProject & { readonly run: Run },
): Promise<string | undefined> {
  await run("create temp table mutant as from original");
  const [changed] = await run(sql);
  if (Number(Object.values(changed ?? {})[0] ?? 0) === 0) return "nothing changed";
  await run(`drop ${model.isView ? "view" : "table"} ${model.relation}`);
  await run(`create table ${model.relation} as from mutant`);
  const after = descendantsOf(model.id, built);
  // A snapshot keeps what it saw: a broken source shows in its next load, not in this one.
  const isStale = (id: string) => built.find((one) => one.id === id)?.isSnapshot;
  const concerned = tests.filter(({ reads }) =>
    reads.some((id) => id === model.id || after.has(id) && !isStale(id))
  );
  const isNear = ({ reads }: DataTest) => !reads.some((id) => after.has(id));
  const near = await firstFailing(concerned.filter(isNear), run);
  if (near !== undefined) return near;
  for (const one of built) {
    if (!after.has(one.id) || one.isView || one.isSnapshot) continue;
    try {
      await run(`create or replace table ${one.relation} as ${one.sql}`);
    } catch (error) {
      return `building ${one.name}: ${(error as Error).message}`;
    }
  }
  const far = await firstFailing(concerned.filter((test) => !isNear(test)), run);
  return far ?? (await breaksContract(model, run) ? CONTRACT : undefined);
}

async function breaksContract({ notNull }: Built, run: Run): Promise<boolean> {
  if (notNull.length === 0) return false;
  const isNull = notNull.map((name) => `${name} is null`).join(" or ");
  const [row] = await run(`select count(*)::integer as nulls from mutant where ${isNull}`);
  return row?.["nulls"] !== 0;
}

async function firstFailing(tests: readonly DataTest[], run: Run): Promise<string | undefined> {
  for (const { name, sql } of tests) {
    const [row] = await run(sql);
    if (row?.["is_failure"] === true) return name;
  }
  return undefined;
}

async function columnsOf({ relation }: Built, run: Run): Promise<Column[]> {
  const rows = await run(`describe ${relation}`);
  return rows.map((row) => ({
    name: String(row["column_name"]),
    type: String(row["column_type"]),
  }));
}

/** Names of the tests that fail on a project as it was built; there must be none. */
export async function failingTests(duckdbPath: string, { tests }: BuiltProject): Promise<string[]> {
  const instance = await DuckDBInstance.create(duckdbPath);
  const connection = await instance.connect();
  const failing: string[] = [];
  try {
    for (const { name, sql } of tests) {
      const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson();
      if (rows[0]?.["is_failure"] === true) failing.push(name);
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return failing;
}
