import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { repository } from "./_dbt.ts";

type Test = string | Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface Described {
  readonly name: string;
  readonly description?: string;
  readonly data_tests?: readonly Test[];
}

interface Column extends Described {
  readonly data_type?: string;
  readonly constraints?: readonly { readonly type: string }[];
}

interface Model extends Described {
  readonly constraints?: readonly { readonly type: string; readonly columns?: readonly string[] }[];
  readonly columns: readonly Column[];
}

interface UnitTest {
  readonly name: string;
  readonly model: string;
}

/** What every YAML file of a folder of dbt/ says under a key, and the file. */
async function readAll<T>(folder: string, key: string): Promise<{ path: string; entry: T }[]> {
  const found: { path: string; entry: T }[] = [];
  for await (const path of walk(join(repository.dbtDir, folder))) {
    if (!path.endsWith(".yml")) continue;
    const entries: T[] = parse(await Deno.readTextFile(path), { merge: true })[key] ?? [];
    found.push(...entries.map((entry) => ({ path, entry })));
  }
  return found;
}

async function* walk(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* walk(join(folder, name));
    else yield join(folder, name);
  }
}

async function sqlNames(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const path of walk(join(repository.dbtDir, folder))) {
    if (path.endsWith(".sql")) names.push(basename(path, ".sql"));
  }
  return names.sort();
}

const nameOf = (test: Test) => typeof test === "string" ? test : Object.keys(test)[0]!;
const testsOf = ({ data_tests = [] }: Described) => data_tests.map(nameOf);

/** The columns that are the model's key by its tests. */
function keyOf({ data_tests = [], columns }: Model): readonly string[] | undefined {
  const single = columns.find((column) =>
    ["unique", "not_null"].every((test) => testsOf(column).includes(test))
  );
  if (single) return [single.name];
  const composite = data_tests.find((test) =>
    nameOf(test) === "dbt_utils.unique_combination_of_columns"
  ) as Record<string, { arguments: { combination_of_columns: string[] } }> | undefined;
  return composite && Object.values(composite)[0]!.arguments.combination_of_columns;
}

const models = await readAll<Model>("models", "models");
const unitTests = await readAll<UnitTest>("models", "unit_tests");
const isMart = (path: string) => path.includes(join("models", "marts"));
const isView = ({ name }: Model) => name.endsWith("_segmented") || name === "segment_scorecard";

Deno.test("every model of dbt/ has its YAML beside it", async () => {
  assert.deepEqual(models.map(({ entry }) => entry.name).sort(), await sqlNames("models"));
  for (const { path, entry } of models) assert.equal(basename(path), `${entry.name}.yml`);
});

Deno.test("every model's description begins with its grain, and every column has one", () => {
  for (const { entry } of models) {
    assert.match(entry.description ?? "", /^One row per [^.]+\.|^One row per [^.]+$/, entry.name);
    for (const column of entry.columns) {
      const text = column.description ?? "";
      assert.ok(text.endsWith(".") || text.startsWith("{{ doc("), `${entry.name}.${column.name}`);
      assert.ok(column.data_type, `${entry.name}.${column.name} has no type`);
    }
  }
});

Deno.test("every model's key is tested, and is a constraint where a table can have one", () => {
  for (const { path, entry } of models) {
    const key = keyOf(entry);
    assert.ok(key, entry.name);
    for (const name of key) {
      const column = entry.columns.find((column) => column.name === name)!;
      assert.ok(testsOf(column).includes("not_null"), `${entry.name}.${name}`);
    }
    if (!isMart(path) || isView(entry)) continue;
    const constrained = entry.constraints?.find(({ type }) => type === "primary_key")?.columns ??
      entry.columns.filter(({ constraints = [] }) =>
        constraints.some(({ type }) => type === "primary_key")
      ).map(({ name }) => name);
    assert.deepEqual(constrained, key, entry.name);
  }
});

/** Columns that name another table's row wherever they are, but for that table's own. */
const FOREIGN: Readonly<Record<string, readonly string[]>> = {
  order_id: ["fact_orders", "fact_orders_segmented"],
  customer_id: [],
  customer_unique_id: ["dim_customer"],
  product_id: ["dim_product"],
  seller_id: ["dim_seller"],
  segment_id: [],
  subsegment_id: [],
  parent_segment_id: [],
};

Deno.test("every foreign key of the marts is tested as a relationship", () => {
  const marts = models.filter(({ path }) => isMart(path));
  assert.ok(marts.length >= 20);
  for (const { entry } of marts) {
    const isSegmentView = entry.name.endsWith("_segmented");
    for (const column of entry.columns) {
      const isDateId = column.name.endsWith("_date_id");
      const home = FOREIGN[column.name];
      if (!isDateId && (home === undefined || home.includes(entry.name))) continue;
      // Such a view is tested to equal its fact, whose keys are tested there.
      const own = ["customer_unique_id", "segment_id", "subsegment_id"];
      if (isSegmentView && !own.includes(column.name)) continue;
      assert.ok(testsOf(column).includes("relationships"), `${entry.name}.${column.name}`);
    }
  }
});

Deno.test("every model of the marts and every one with a rule has unit tests, 40 at least", async () => {
  const tested = new Set(unitTests.map(({ entry }) => entry.model));
  const views = ["fact_orders_segmented", "fact_payments_segmented", "fact_reviews_segmented"];
  const wanted = models
    .filter(({ path }) => !path.includes("staging"))
    .map(({ entry }) => entry.name)
    // The same join as fact_sales_segmented's.
    .filter((name) => !views.includes(name));
  for (const name of wanted) assert.ok(tested.has(name), name);
  assert.ok(unitTests.length >= 40, `${unitTests.length} unit tests`);
  for (const { path, entry } of unitTests) {
    assert.equal(basename(path), `${entry.model}__unit_tests.yml`);
    assert.ok(entry.name.startsWith(entry.model), entry.name);
  }
  assert.deepEqual(
    (await readAll<Model>("snapshots", "snapshots")).map(({ entry }) => entry.name).sort(),
    await sqlNames("snapshots"),
  );
});

Deno.test("every test that only warns says why, and how often on the subset", async () => {
  const all = models.flatMap(({ entry }) => [
    ...entry.data_tests ?? [],
    ...entry.columns.flatMap(({ data_tests = [] }) => data_tests),
  ]);
  const configs = all
    .filter((test) => typeof test !== "string")
    .map((test) => Object.values(test)[0]!.config as Record<string, unknown> | undefined)
    .filter((config) => config?.severity === "warn");
  assert.ok(configs.length >= 5);
  for (const config of configs) {
    const { reason, on_the_subset } = config!.meta as Record<string, unknown>;
    assert.ok(String(reason).endsWith("."), JSON.stringify(config));
    assert.equal(typeof on_the_subset, "number");
  }
  for await (const path of walk(join(repository.dbtDir, "tests", "source_dirt"))) {
    const sql = await Deno.readTextFile(path);
    assert.match(sql, /^-- .+\n/, path);
    assert.match(sql, /severity="warn"[^]+"on_the_subset": \d+,\s+"reason": ".+\."/, path);
  }
});
