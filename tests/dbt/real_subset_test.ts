import assert from "node:assert/strict";
import { join } from "node:path";
import { dbtBuild } from "feira/dbt";
import { needsPython, skipped } from "./_dbt.ts";
import { marketCopy } from "./_market.ts";
import { query } from "./_tiny_market.ts";

const raw = Deno.env.get("FEIRA_OLIST_DIR");
const ignore = needsPython.ignore || raw === undefined;
const title = raw === undefined
  ? " (skipped: FEIRA_OLIST_DIR does not name the real files)"
  : skipped;

/** The counts that warnings state beside their reasons. */
async function statedCounts(targetDir: string): Promise<Map<string, number>> {
  const { nodes } = JSON.parse(await Deno.readTextFile(join(targetDir, "manifest.json")));
  // deno-lint-ignore no-explicit-any -- dbt's manifest
  const tests = Object.values<any>(nodes).filter(({ resource_type, config }) =>
    resource_type === "test" && config.severity?.toLowerCase() === "warn"
  );
  return new Map(tests.map(({ name, config }) => [name, config.meta.on_the_subset]));
}

Deno.test(`the marts of the real subset add up, and its dirt is what the warnings state${title}`, {
  ignore,
}, async () => {
  const workspace = await marketCopy("subset", { raw: raw! });
  const { tests, problems } = await dbtBuild(workspace);
  assert.equal(tests.failed, 0);
  assert.ok(tests.passed >= 240, `${tests.passed} tests`);

  const stated = await statedCounts(workspace.dbtTargetDir);
  const found = new Map(problems.map(({ name, failures }) => [name, failures]));
  for (const [name, count] of stated) assert.equal(found.get(name) ?? 0, count, name);
  assert.ok(problems.every(({ name }) => stated.has(name)));

  const [figures] = await query(
    workspace.duckdbPath,
    `select
       (select count(*)::int from analytics_subset.fact_sales) as sales,
       (select sum(price)::varchar from analytics_subset.fact_sales) as price,
       (select sum(payment_value)::varchar from analytics_subset.fact_payments) as payments,
       (select count(*)::int from analytics_subset.fact_orders) as orders,
       (select count(*)::int from analytics_subset.dim_customer) as customers`,
  );
  assert.deepEqual(figures, {
    sales: 8_365,
    price: "1093264.35",
    payments: "1428602.81",
    orders: 8_135,
    customers: 8_016,
  });
  await Deno.remove(workspace.root, { recursive: true });
});
