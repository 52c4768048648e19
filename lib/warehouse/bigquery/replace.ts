import { publishTables } from "./exchange.ts";
import { ensureDataset, loadAside, toPublication } from "./load.ts";
import type { Session } from "./session.ts";
import { openStage, type StagedTable } from "../_stage_parquet.ts";
import type { ReplaceOptions, TableLoad } from "../warehouse.ts";

/**
 * Replaces tables of a dataset, all or none, in four steps: every load is
 * written to a file here, so that what is wrong with its rows is found before
 * anything is sent; every file is loaded into a table aside; one job publishes
 * them all; what was aside goes. Whatever ends it before that one job is done,
 * a killed process too, leaves every table as it was.
 */
export async function replaceTables(
  session: Session,
  { dataset, loads, options }: {
    readonly dataset: string;
    readonly loads: readonly TableLoad[];
    readonly options: ReplaceOptions;
  },
): Promise<{ name: string; rows: number }[]> {
  const run = crypto.randomUUID().slice(0, 8);
  await using stage = await openStage();
  const staged: StagedTable[] = [];
  for (const load of loads) staged.push(await stage.write(dataset, load, options));
  const publications = loads.map((load) => toPublication(load, { ...options, dataset, run }));
  await session.during(`replace tables of ${dataset}`, options.signal, async (client) => {
    await ensureDataset(client, dataset);
    try {
      for (const [index, publication] of publications.entries()) {
        await loadAside(client, publication, {
          id: `feira-${run}-load-${index}`,
          staged: staged[index]!,
          session: session.spec,
        });
      }
      await publishTables(session, client, {
        publications,
        id: `feira-${run}-publish`,
        signal: options.signal,
      });
    } finally {
      await session.tidyUp(
        publications.map(({ from }) => (client) =>
          client.dataset(dataset).table(from.name).delete()
        ),
      );
    }
  });
  return loads.map(({ name }, index) => ({ name, rows: staged[index]!.rows }));
}
