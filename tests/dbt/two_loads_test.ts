import assert from "node:assert/strict";
import { join } from "node:path";
import type { Workspace } from "feira/workspace";
import { needsPython, runDbt, skipped } from "./_dbt.ts";
import { projectCopy } from "./_market.ts";
import { publishEverybody } from "./_publish_everybody.ts";
import { loadTinyMarket, query } from "./_tiny_market.ts";

/** Ways in which published segments can be wrong. */
const BROKEN = {
  "a customer without a part": "update analytics_tiny.dim_customer_segmented " +
    "set subsegment_id = null where customer_unique_id = 'ana'",
  "a part of another parent": "update analytics_tiny.dim_segment " +
    "set parent_segment_id = 1 where level = 2",
  "a customer of no segment": "update analytics_tiny.dim_customer_segmented " +
    "set segment_id = 1 where customer_unique_id = 'ana'",
  "shares beyond 1": "update analytics_tiny.dim_segment set customer_share = 1.01 where level = 1",
  "a part's share": "update analytics_tiny.dim_segment set revenue_share = 0.99 where level = 2",
  "a size": "update analytics_tiny.dim_segment set customers = customers + 1 where level = 2",
  "two models": "update analytics_tiny.dim_segment set model_id = 'm2' where level = 2",
  "a version lost": "delete from analytics_tiny.dim_segment_history where segment_id = 100",
  "a retired segment's version open": "insert into analytics_tiny.dim_segment_history " +
    "select * replace (102 as segment_id) from analytics_tiny.dim_segment_history where level = 2",
  "two versions at once": "insert into analytics_tiny.dim_segment_history " +
    "select * replace (valid_from + interval 1 day as valid_from) " +
    "from analytics_tiny.dim_segment_history where level = 2",
  "a version that was not forced": "update analytics_tiny.dim_segment set was_forced = true",
};

/** Builds all without the tests, which run on other markets. */
const MODELS = ["build", "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"];

const FACTS = ["fact_sales", "fact_orders", "fact_fulfillment", "fact_payments", "fact_reviews"];

/** A product that nobody buys, so that it can go. */
const BEFORE = `insert into raw_tiny.products
  select * replace ('p9' as product_id) from raw_tiny.products where product_id = 'p1'`;

/**
 * The second load. A product gets heavier and another is gone; a seller and Rui move; a place gets
 * a second point. Ana's first order is gone with all that belongs to it, her last one arrived late,
 * and a payment was corrected: changes of old orders and of new ones, of every fact.
 */
const SECOND_LOAD = `
  update raw_tiny.products set product_weight_g = 600 where product_id = 'p1';
  delete from raw_tiny.products where product_id = 'p9';
  update raw_tiny.sellers set seller_zip_code_prefix = '69005', seller_city = 'manaus',
    seller_state = 'AM' where seller_id = 's1';
  insert into raw_tiny.geolocation
    select * replace (-3.3 as geolocation_lat) from raw_tiny.geolocation
    where geolocation_zip_code_prefix = '69005';
  insert into raw_tiny.customers
    select * replace ('c5' as customer_id, '01310' as customer_zip_code_prefix,
      'sao paulo' as customer_city, 'SP' as customer_state)
    from raw_tiny.customers where customer_id = 'c4';
  insert into raw_tiny.orders
    select * replace ('o5' as order_id, 'c5' as customer_id, 'delivered' as order_status,
      timestamp '2018-05-01 10:00:00' as order_purchase_timestamp)
    from raw_tiny.orders where order_id = 'o2';
  delete from raw_tiny.customers where customer_id = 'c1';
  delete from raw_tiny.orders where order_id = 'o1';
  delete from raw_tiny.order_items where order_id = 'o1';
  delete from raw_tiny.order_payments where order_id = 'o1';
  delete from raw_tiny.order_reviews where order_id = 'o1';
  update raw_tiny.orders set order_status = 'delivered',
    order_delivered_carrier_date = timestamp '2018-03-05 10:00:00',
    order_delivered_customer_date = timestamp '2018-04-12 10:00:00' where order_id = 'o3';
  update raw_tiny.order_payments set payment_value = 61 where payment_value = 60;
  update raw_tiny.order_reviews set review_score = 1, review_comment_message = 'Atrasou'
    where review_id = 'r2';
`;

Deno.test(`the dbt project follows its source over two loads${skipped}`, {
  ...needsPython,
}, async (t) => {
  await using market = await twoLoads();
  const { workspace, run } = market;
  const factsOf = (fact: string) => query(workspace.duckdbPath, `from analytics_tiny.${fact}`);
  const historyOf = async (dimension: string, columns: string) =>
    (await query(
      workspace.duckdbPath,
      `select ${columns}, dbt_valid_to is null as is_of_now from analytics_tiny.${dimension}_history
       order by all`,
    )).map((row) => Object.values(row));

  await t.step("facts change by a merge", async () => {
    await run(...MODELS);
    const sql = await Deno.readTextFile(
      join(workspace.dbtTargetDir, "run/feira/models/marts/operations/fact_orders.sql"),
    );
    assert.match(sql, /^\s*merge into/i);
    const orders = await query(
      workspace.duckdbPath,
      `select order_id, days_late, is_delivered from analytics_tiny.fact_orders order by order_id`,
    );
    assert.deepEqual(orders, [
      { order_id: "o2", days_late: "-32", is_delivered: true },
      { order_id: "o3", days_late: "2", is_delivered: true },
      { order_id: "o4", days_late: null, is_delivered: false },
      { order_id: "o5", days_late: "-32", is_delivered: true },
    ]);
  });

  await t.step("a full refresh gives the same facts", async () => {
    const before = await Promise.all(FACTS.map(factsOf));
    await run("run", "--full-refresh", "--select", ...FACTS);
    const after = await Promise.all(FACTS.map(factsOf));
    const inOrder = (rows: unknown[]) => rows.map((row) => JSON.stringify(row)).sort();
    FACTS.forEach((fact, i) => {
      assert.ok(before[i]!.length > 0, fact);
      assert.deepEqual(inOrder(before[i]!), inOrder(after[i]!), fact);
    });
  });

  await t.step("histories keep what was before", async () => {
    assert.deepEqual(await historyOf("dim_product", "product_id, product_weight_g"), [
      ["p1", "500", false],
      ["p1", "600", true],
      ["p2", "500", true],
      ["p3", null, true],
      ["p9", "500", false],
    ]);
    assert.deepEqual(await historyOf("dim_seller", "seller_id, city, state"), [
      ["s1", "manaus", "AM", true],
      ["s1", "sao paulo", "SP", false],
      ["s2", "rio de janeiro", "RJ", true],
    ]);
    assert.deepEqual(await historyOf("dim_customer", "customer_unique_id, zip_code_prefix"), [
      ["ana", "20040", true],
      ["rui", "01310", true],
      ["rui", "69005", false],
    ]);
    assert.deepEqual(await historyOf("dim_geolocation", "zip_code_prefix, latitude"), [
      ["01310", -23.5, true],
      ["20040", -22.9, true],
      ["69005", -3.2, true],
      ["69005", -3.1, false],
    ]);
  });

  await t.step("a version begins where the one before it ends, on Brazil's clock", async () => {
    const versions = await query(
      workspace.duckdbPath,
      `select dbt_valid_from, dbt_valid_to from analytics_tiny.dim_seller_history
       where seller_id = 's1' order by dbt_valid_from`,
    );
    assert.equal(versions.length, 2);
    assert.equal(versions[0]!.dbt_valid_to, versions[1]!.dbt_valid_from);
    const begin = Temporal.PlainDateTime.from(
      String(versions[1]!.dbt_valid_from).replace(" ", "T"),
    );
    const now = Temporal.Now.plainDateTimeISO("America/Sao_Paulo");
    assert.ok(now.since(begin).total("minutes") < 30, `${begin} is not a moment ago at ${now}`);
    assert.ok(now.since(begin).total("minutes") >= 0, `${begin} is later than ${now}`);
  });

  await t.step(
    "published segments join the facts",
    async () => {
      await publishEverybody({
        query: (sql) => query(workspace.duckdbPath, sql),
        nameOf: (table) => `analytics_tiny.${table}`,
        float: "double",
      });
      await run("build", "--selector", "segments");
      assert.deepEqual(
        await query(
          workspace.duckdbPath,
          "select segment_name, count_orders::int as orders from analytics_tiny.segment_scorecard order by segment_id",
        ),
        [{ segment_name: "Everybody", orders: 4 }, { segment_name: "All of them", orders: 4 }],
      );
    },
  );

  await t.step("segments that do not add up are found", async () => {
    const folder = join(workspace.dbtTargetDir, "compiled/feira/tests/reconciliation");
    const tests = ["published_segments_add_up", "segment_history_ends_with_the_segments"];
    const copy = join(workspace.root, "broken.duckdb");
    for (const [name, sql] of Object.entries({ nothing: "select 1", ...BROKEN })) {
      await Deno.copyFile(workspace.duckdbPath, copy);
      await query(copy, sql);
      const rows = await Promise.all(
        tests.map(async (test) =>
          await query(copy, await Deno.readTextFile(join(folder, `${test}.sql`)))
        ),
      );
      assert.equal(rows.flat().length > 0, name !== "nothing", name);
    }
  });

  await t.step("`dbt source freshness` tells how old the loads are", async () => {
    const ago = (days: number) => `now()::timestamp - interval ${days} day`;
    await query(
      workspace.duckdbPath,
      `update raw_tiny.orders set load_timestamp = ${ago(0)};
       update raw_tiny.customers set load_timestamp = ${ago(10)};
       update raw_tiny.sellers set load_timestamp = ${ago(31)}`,
    );
    // It ends as a failed test does, for what is too old.
    const sources = ["orders", "customers", "sellers"].map((name) => `source:raw.${name}`);
    await assert.rejects(() => run("source", "freshness", "--select", ...sources));
    const path = join(workspace.dbtTargetDir, "sources.json");
    const { results }: { results: { unique_id: string; status: string }[] } = JSON.parse(
      await Deno.readTextFile(path),
    );
    const found = results.map(({ unique_id, status }) => [unique_id.split(".").at(-1), status]);
    assert.deepEqual(Object.fromEntries(found), {
      orders: "pass",
      customers: "warn",
      sellers: "error",
    });
  });
});

/** The tiny market, built once from its first load, with the second one in its raw tables. */
async function twoLoads() {
  const workspace: Workspace = await projectCopy("tiny");
  await loadTinyMarket(workspace);
  await query(workspace.duckdbPath, BEFORE);
  const run = async (...args: string[]) => {
    const { code, lastLines } = await runDbt(
      [...args, "--vars", JSON.stringify({ project: workspace.project })],
      {
        projectDir: workspace.dbtDir,
        targetDir: workspace.dbtTargetDir,
        env: { FEIRA_DUCKDB_PATH: workspace.duckdbPath },
      },
    );
    assert.equal(code, 0, lastLines.join("\n"));
  };
  await run(...MODELS);
  await query(workspace.duckdbPath, SECOND_LOAD);
  return {
    workspace,
    run,
    [Symbol.asyncDispose]: () => Deno.remove(workspace.root, { recursive: true }),
  };
}
