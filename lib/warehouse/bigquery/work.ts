import { type DatasetKind, toWorkVariable, toWorkWorkspace, type Workspace } from "feira/workspace";
import {
  type Copied,
  copyDatasets,
  dropWorkingDatasets,
  findLeftOvers,
  makeWorkingDataset,
} from "./copy.ts";
import { publishWork } from "./publish_work.ts";
import { Session } from "./session.ts";
import { type BigQueryOptions, toSessionSpec } from "../open_bigquery.ts";
import type { WorkingCopy } from "../working_copy.ts";

/** Datasets to work on, as `beginWork` promises them for BigQuery. */
export async function beginBigQueryWork(
  workspace: Workspace,
  kinds: readonly DatasetKind[],
  options: BigQueryOptions,
): Promise<WorkingCopy> {
  const session = new Session(toSessionSpec(workspace, options));
  const work = { id: crypto.randomUUID().slice(0, 8), kinds };
  const working = toWorkWorkspace(workspace, work);
  const pairs = kinds.map((kind) => ({
    published: workspace.datasets[kind],
    working: working.datasets[kind],
  }));
  const drop = () => dropWorkingDatasets(session, pairs.map(({ working }) => working));
  let copied: readonly Copied[];
  try {
    copied = await session.during("begin work", undefined, async (client) => {
      const all = Object.values(workspace.datasets);
      await dropWorkingDatasets(session, await findLeftOvers(client, session, all));
      for (const pair of pairs) await makeWorkingDataset(client, pair, session);
      return await copyDatasets(session, client, { id: work.id, pairs });
    });
  } catch (error) {
    await drop();
    throw error;
  }

  let isOver = false;
  async function discard(): Promise<void> {
    if (isOver) return;
    isOver = true;
    await drop();
  }
  async function commit(): Promise<void> {
    if (isOver) throw new TypeError("Cannot commit work: it is over, must be committed once");
    await session.during(
      "commit work",
      undefined,
      (client) => publishWork(session, client, { id: work.id, pairs, copied }),
    );
    await discard();
  }
  return {
    workspace: working,
    env: { FEIRA_WORK: toWorkVariable(work) },
    commit,
    discard,
    [Symbol.asyncDispose]: discard,
  };
}
