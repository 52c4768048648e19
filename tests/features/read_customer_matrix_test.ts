import { FEATURES, readCustomerMatrix } from "feira/features";
import { openWarehouse, type Warehouse } from "feira/warehouse";
import { FeiraError, openWorkspace, systemEffects } from "feira/workspace";
import assert from "node:assert/strict";

const NAMES = FEATURES.map((feature) => feature.name);

/** Whatever the environment says, the warehouse is in the test's own folder. */
const effects = { ...systemEffects, env: () => undefined };

/** One select per customer: feature j of the customer is `base` + j. */
const customer = (id: string, base: number, except: Record<string, string> = {}) =>
  `select ${id} as customer_unique_id, ` +
  NAMES.map((name, j) => `${except[name] ?? `${base + j}::double`} as ${name}`).join(", ");

async function withFeatures(
  selects: string[],
  work: (warehouse: Warehouse) => Promise<void>,
  kind = "table",
): Promise<void> {
  const root = await Deno.makeTempDir({ prefix: "feira-features-" });
  try {
    await using warehouse = await openWarehouse(openWorkspace({ root, effects }));
    await warehouse.query("create schema marts");
    const all = selects.join(" union all ");
    if (all) await warehouse.query(`create ${kind} marts.customer_features as ${all}`);
    await work(warehouse);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("readCustomerMatrix() gives customers by id and features in order", () =>
  withFeatures([customer("'b'", 100), customer("'a'", 0)], async (warehouse) => {
    const matrix = await readCustomerMatrix(warehouse, "marts");
    assert.deepEqual(matrix, {
      customerIds: ["a", "b"],
      featureNames: NAMES,
      data: Float64Array.from([
        ...NAMES.map((_, j) => j),
        ...NAMES.map((_, j) => 100 + j),
      ]),
      rows: 2,
      cols: 12,
    });
  }));

Deno.test("readCustomerMatrix() reads a view, other columns and other number types too", () =>
  withFeatures(
    [
      "select 1 as first_column, * from (" +
      customer("'a'", 0, { monetary: "2.50::decimal(18,2)", frequency: "7::bigint" }) + ")",
    ],
    async (warehouse) => {
      const { data } = await readCustomerMatrix(warehouse, "marts");
      assert.deepEqual([...data.slice(0, 4)], [0, 7, 2.5, 3]);
    },
    "view",
  ));

Deno.test("readCustomerMatrix() says what is wrong with the table", async () => {
  const good = customer("'a'", 0);
  const cases: [string[], RegExp][] = [
    [[], /marts\.customer_features: found no such table/],
    [[`${good} limit 0`], /found no customers, must be at least one/],
    [["select 'a' as customer_unique_id, 1 as recency"], /no column frequency, monetary,/],
    [["select * exclude customer_unique_id from (" + good + ")"], /no column customer_unique_id,/],
    [[good, customer("'b'", 0), customer("'a'", 5)], /found customer a twice/],
    [[good, customer("'b'", 0, { monetary: "null" })], /monetary of customer b is NULL or NaN/],
    [[good, customer("'c'", 0, { recency: "'nan'::double" })], /recency of customer c is NULL or/],
    [
      [good, customer("'d'", 0, { num_reviews: "'-inf'::double" })],
      /num_reviews of customer d is -Infinity, must be finite/,
    ],
    [[customer("'a'", 0, { recency: "'many'" })], /recency is no number/],
    [[customer("17", 0)], /customer_unique_id is no text/],
    [[customer("null", 0).replace("null", "null::varchar")], /customer_unique_id is NULL/],
  ];
  for (const [selects, message] of cases) {
    await withFeatures(
      selects,
      (warehouse) =>
        assert.rejects(() => readCustomerMatrix(warehouse, "marts"), (error: Error) => {
          assert.ok(error instanceof FeiraError, String(error));
          assert.match(error.message, message);
          return true;
        }),
    );
  }
});
