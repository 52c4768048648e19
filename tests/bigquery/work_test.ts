import { beginWork, openBigQuery, type Warehouse, type WorkingCopy } from "feira/warehouse";
import { openWorkspace, systemEffects, type Workspace } from "feira/workspace";
import assert from "node:assert/strict";
import { EMULATOR, ignore, newProject } from "./_bigquery.ts";

/** A project of its own, with the means to look at it. */
interface Place {
  readonly workspace: Workspace;
  readonly begin: () => Promise<WorkingCopy>;
  readonly warehouse: Warehouse;
  /** The warehouse as a kernel of this work opens it. */
  readonly within: (work: WorkingCopy) => Promise<Warehouse>;
  readonly datasets: () => Promise<string[]>;
}

/** A raw table, a staging view of it, and two marts. */
async function withPlace(test: (place: Place) => Promise<void>, now = systemEffects.now) {
  const variables: Record<string, string> = {
    FEIRA_WAREHOUSE: "bigquery",
    FEIRA_BIGQUERY_ENDPOINT: EMULATOR,
    GOOGLE_CLOUD_PROJECT: newProject(),
    PROJECT_NAME: "demo",
  };
  const effectsOf = (more: Readonly<Record<string, string>>) => ({
    ...systemEffects,
    now,
    env: (name: string) => more[name] ?? variables[name],
  });
  const effects = effectsOf({});
  const workspace = openWorkspace({ effects });
  await using warehouse = await openBigQuery(workspace, { effects });
  const { raw, staging, analytics } = workspace.datasets;
  await warehouse.replaceTables(raw, [{
    name: "orders",
    columns: [{ name: "id", type: "integer", description: "Key" }, { name: "n", type: "decimal" }],
    from: { rows: [{ id: 1, n: 10.5 }, { id: 2, n: 20 }] },
    comment: "One row per order",
  }]);
  const named = (dataset: string, table: string) => warehouse.nameOf(dataset, table);
  await warehouse.query(`create schema ${staging}`);
  await warehouse.query(
    `create view ${named(staging, "base")} as select id, n from ${named(raw, "orders")}`,
  );
  // Its name is before that of the view it reads.
  await warehouse.query(
    `create view ${named(staging, "a_half")} as select id, n / 2 as n from ${
      named(staging, "base")
    } -- all`,
  );
  await warehouse.query(`create schema ${analytics}`);
  for (const mart of ["facts", "totals"]) {
    await warehouse.query(
      `create table ${named(analytics, mart)} as select * from ${named(staging, "a_half")}`,
    );
  }
  await test({
    workspace,
    warehouse,
    begin: () => beginWork(workspace, { effects, datasets: ["staging", "analytics"] }),
    within: (work) => {
      const own = effectsOf(work.env);
      return openBigQuery(openWorkspace({ effects: own }), { effects: own });
    },
    async datasets() {
      const url = `${EMULATOR}/bigquery/v2/projects/${variables.GOOGLE_CLOUD_PROJECT}/datasets`;
      const { datasets } = await (await fetch(url)).json();
      return datasets.map((dataset: { datasetReference: { datasetId: string } }) =>
        dataset.datasetReference.datasetId
      ).toSorted();
    },
  });
}

const PUBLISHED = ["analytics_demo", "raw_demo", "staging_demo"];

/** Everything that a reader of the published datasets sees. */
async function snapshot({ warehouse, workspace }: Place) {
  const seen: Record<string, unknown> = {};
  for (const dataset of Object.values(workspace.datasets)) {
    for (const table of await warehouse.listTables(dataset)) {
      const rows = await warehouse.query(
        `select * from ${warehouse.nameOf(dataset, table.name)} order by id`,
      );
      seen[`${dataset}.${table.name}`] = { ...table, rows };
    }
  }
  return seen;
}

async function change(place: Place, work: WorkingCopy): Promise<void> {
  await using own = await place.within(work);
  const { staging, analytics } = work.workspace.datasets;
  const named = (dataset: string, table: string) => own.nameOf(dataset, table);
  await own.query(`insert into ${named(analytics, "facts")} (id, n) values (3, 1)`);
  await own.query(`drop table ${named(analytics, "totals")}`);
  await own.query(
    `create or replace view ${named(staging, "a_half")} as select id, n / 4 as n, 'x' as x from ${
      named(staging, "base")
    }`,
  );
  await own.replaceTables(analytics, [{
    name: "fresh",
    columns: [{ name: "id", type: "integer", description: "Key" }],
    from: { rows: [{ id: 7 }] },
    comment: "New",
  }]);
}

Deno.test({
  name: "BigQuery: beginWork() changes nothing until its commit, then all that it has changed",
  ignore,
  fn: () =>
    withPlace(async (place) => {
      const before = await snapshot(place);
      const work = await place.begin();
      assert.match(work.workspace.datasets.staging, /^staging_demo__work_[0-9a-f]{8}$/);
      assert.equal(work.workspace.datasets.raw, "raw_demo");
      {
        await using own = await place.within(work);
        const half = own.nameOf(work.workspace.datasets.staging, "a_half");
        assert.deepEqual(await own.query(`select * from ${half} order by id`), [
          { id: 1, n: 5.25 },
          { id: 2, n: 10 },
        ]);
      }
      await change(place, work);
      assert.deepEqual(await snapshot(place), before);
      await work.commit();
      const after = await snapshot(place);
      assert.deepEqual(Object.keys(after).toSorted(), [
        "analytics_demo.facts",
        "analytics_demo.fresh",
        "raw_demo.orders",
        "staging_demo.a_half",
        "staging_demo.base",
      ]);
      assert.deepEqual(after["analytics_demo.facts"], {
        name: "facts",
        kind: "table",
        rows: [{ id: 1, n: 5.25 }, { id: 2, n: 10 }, { id: 3, n: 1 }],
      });
      assert.deepEqual(after["analytics_demo.fresh"], {
        name: "fresh",
        kind: "table",
        comment: "New",
        rows: [{ id: 7 }],
      });
      assert.deepEqual(after["staging_demo.a_half"], {
        name: "a_half",
        kind: "view",
        rows: [{ id: 1, n: 2.625, x: "x" }, { id: 2, n: 5, x: "x" }],
      });
      assert.deepEqual(after["raw_demo.orders"], before["raw_demo.orders"]);
      assert.deepEqual(await place.datasets(), PUBLISHED);
      await work.discard();
      await assert.rejects(() => work.commit(), /it is over, must be committed once/);
    }),
});

Deno.test({
  name: "BigQuery: beginWork() leaves everything as it was when discarded",
  ignore,
  fn: () =>
    withPlace(async (place) => {
      const before = await snapshot(place);
      {
        await using work = await place.begin();
        await change(place, work);
        assert.equal((await place.datasets()).length, 5);
      }
      assert.deepEqual(await snapshot(place), before);
      assert.deepEqual(await place.datasets(), PUBLISHED);
    }),
});

Deno.test({
  name: "BigQuery: a commit that has changed nothing publishes nothing",
  ignore,
  fn: () =>
    withPlace(async (place) => {
      const { warehouse, workspace } = place;
      const versions = await warehouse.tableVersions(workspace.datasets.analytics);
      const work = await place.begin();
      await work.commit();
      assert.deepEqual(await warehouse.tableVersions(workspace.datasets.analytics), versions);
      assert.deepEqual(await place.datasets(), PUBLISHED);
    }),
});

Deno.test({
  name: "BigQuery: a commit is refused when somebody has changed a published table meanwhile",
  ignore,
  fn: () =>
    withPlace(async (place) => {
      const { warehouse, workspace: { datasets } } = place;
      const facts = warehouse.nameOf(datasets.analytics, "facts");
      for (
        const [name, meddle] of [
          ["facts", `insert into ${facts} (id, n) values (9, 9)`],
          ["theirs", `create table ${warehouse.nameOf(datasets.analytics, "theirs")} (id int64)`],
          ["base", `drop view ${warehouse.nameOf(datasets.staging, "base")}`],
        ] as const
      ) {
        const work = await place.begin();
        await change(place, work);
        await warehouse.query(meddle);
        await assert.rejects(
          () => work.commit(),
          new RegExp(`Cannot commit work: \\w+_demo\\.${name} was changed since the work began`),
        );
        await work.discard();
        const [row] = await warehouse.query<{ n: number }>(
          `select count(*) as n from ${facts} where id = 3`,
        );
        assert.equal(row!.n, 0, "nothing of the work is there");
        assert.deepEqual(await place.datasets(), PUBLISHED);
      }
    }),
});

Deno.test({
  name: "BigQuery: beginWork() removes works that are a day old, and leaves younger ones",
  ignore,
  async fn() {
    let hours = 0;
    const now = () => Temporal.Now.instant().add({ hours });
    await withPlace(async (place) => {
      const killed = await place.begin();
      hours = 23;
      const living = await place.begin();
      const left = async () => (await place.datasets()).filter((name) => name.includes("__work_"));
      assert.equal((await left()).length, 4);
      hours = 25;
      await using _work = await place.begin();
      const names = await left();
      assert.equal(names.length, 4);
      assert.ok(!names.includes(killed.workspace.datasets.staging));
      assert.ok(names.includes(living.workspace.datasets.staging));
      await living.discard();
    }, now);
  },
});
