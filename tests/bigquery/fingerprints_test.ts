import { openBigQuery } from "feira/warehouse";
import { openWorkspace, systemEffects } from "feira/workspace";
import assert from "node:assert/strict";
import { TableFingerprints } from "../../lib/cli/_table_fingerprints.ts";
import { EMULATOR, ignore, newProject } from "./_bigquery.ts";

Deno.test({
  name: "BigQuery: tables are hashed once per version, and a view again when its table has changed",
  ignore,
  async fn() {
    const root = await Deno.makeTempDir({ prefix: "feira-fingerprints-" });
    try {
      let statements = 0;
      const variables: Record<string, string> = {
        FEIRA_WAREHOUSE: "bigquery",
        FEIRA_BIGQUERY_ENDPOINT: EMULATOR,
        GOOGLE_CLOUD_PROJECT: newProject(),
      };
      const effects = {
        ...systemEffects,
        env: (name: string) => variables[name],
        fetch: ((input, init) => {
          const configuration = String(init?.body ?? "").includes('"query":{"query"');
          if (configuration && !String(init?.body).includes('"dryRun":true')) statements++;
          return fetch(input, init);
        }) as typeof fetch,
      };
      const workspace = openWorkspace({ root, effects });
      await using warehouse = await openBigQuery(workspace, { effects });
      const load = async (numbers: readonly number[], hour: number) => {
        const columns = [{ name: "n", type: "integer" }] as const;
        const rows = numbers.map((n) => ({ n }));
        const names = ["orders", "items"].map((name) => ({ name, columns, from: { rows } }));
        const loadTimestamp = Temporal.PlainDateTime.from(`2018-09-01T${hour}:00:00`);
        await warehouse.replaceTables("raw_olist", names, { loadTimestamp });
      };
      const look = async (resource: string) => {
        statements = 0;
        await using tables = new TableFingerprints(workspace, effects);
        return { fingerprint: await tables.of(resource), statements };
      };

      assert.deepEqual(await look("raw_olist.*"), { fingerprint: undefined, statements: 0 });
      await load([1, 2], 10);
      await warehouse.query("create schema staging_olist");
      for (const [view, from] of [["base", "raw_olist.orders"], ["all", "staging_olist.base"]]) {
        await warehouse.query(`create view staging_olist.\`${view}\` as select n from ${from}`);
      }
      const raw = await look("raw_olist.*");
      const view = await look("staging_olist.all");
      assert.deepEqual([raw.statements, view.statements], [2, 1]);
      for (
        const [resource, { fingerprint }] of [["raw_olist.*", raw], [
          "staging_olist.all",
          view,
        ]] as const
      ) {
        assert.deepEqual(await look(resource), { fingerprint, statements: 0 });
      }
      // The same rows at another hour: hashed again, and found to be the same.
      await load([2, 1], 11);
      assert.deepEqual(await look("raw_olist.*"), raw);
      assert.deepEqual(await look("staging_olist.all"), view);
      await load([1, 3], 11);
      assert.notEqual((await look("raw_olist.orders")).fingerprint, undefined);
      const changed = await look("staging_olist.all");
      assert.equal(changed.statements, 1);
      assert.notEqual(changed.fingerprint, view.fingerprint);
    } finally {
      await Deno.remove(root, { recursive: true });
    }
  },
});
