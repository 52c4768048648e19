import { beginWork, openBigQuery, type Warehouse, type WorkingCopy } from "feira/warehouse";
import { openWorkspace, systemEffects, type Workspace } from "feira/workspace";
import { EMULATOR, newProject } from "./_bigquery.ts";

/** A project of its own, with the means to look at it. */
export interface Place {
  readonly workspace: Workspace;
  /** @param fetch by which the work reaches the emulator */
  readonly begin: (fetch?: typeof globalThis.fetch) => Promise<WorkingCopy>;
  readonly warehouse: Warehouse;
  /** The warehouse as a kernel of this work opens it. */
  readonly within: (work: WorkingCopy) => Promise<Warehouse>;
  readonly datasets: () => Promise<string[]>;
}

/** A raw table, a staging view of it, and two marts. */
export async function withPlace(
  test: (place: Place) => Promise<void>,
  now = systemEffects.now,
): Promise<void> {
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
    begin: (fetch = globalThis.fetch) =>
      beginWork(workspace, {
        effects: { ...effects, fetch },
        datasets: ["staging", "analytics"],
        patience: { totalMs: 30_000, attempts: 2, pauseMs: 1 },
      }),
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

/** Everything that a reader of the published datasets sees. */
export async function snapshot({ warehouse, workspace }: Place) {
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

export async function change(place: Place, work: WorkingCopy): Promise<void> {
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
