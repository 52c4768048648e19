import { join } from "node:path";
import { type Notebook, type PlanOptions, readNotebooks, type Transaction } from "feira/notebook";
import { beginWork } from "feira/warehouse";
import {
  type DatasetKind,
  type Effects,
  FeiraError,
  systemEffects,
  withVariables,
  type Workspace,
} from "feira/workspace";
import type { RunOptions } from "./_run_options.ts";
import { notebookVariables } from "./_run_variables.ts";
import type { TableFingerprints } from "./_table_fingerprints.ts";

/** What a run or a status of this workspace's notebooks is made from. */
export async function toPlanOptions(
  workspace: Workspace,
  tables: TableFingerprints,
  options: Pick<RunOptions, "job" | "only" | "from" | "force" | "parameters" | "maxAgeSeconds">,
): Promise<PlanOptions> {
  const { job, only, from, force, parameters, maxAgeSeconds } = options;
  const { root, project } = workspace;
  return {
    root,
    notebooks: await readNotebooks(workspace.notebooksDir),
    parameters,
    names: { project },
    select: { job: job === "full" ? undefined : job, only, from, force },
    fingerprint: (table) => tables.of(table),
    stateFile: stateFileOf(workspace),
    executedDir: workspace.executedDir,
    maxAgeSeconds,
  };
}

/** What the runner remembers of a project's last runs; each engine's tables are others. */
export function stateFileOf({ runsDir, engine }: Workspace): string {
  return join(runsDir, engine === "duckdb" ? "state.json" : `state_${engine}.json`);
}

/** Remembers the last check of the notebooks' cells. */
export function checkFileOf({ dataDir }: Workspace): string {
  return join(dataDir, "runs", "check.json");
}

/** Held while a run is at work: projects share the placed seed and the reports. */
export function lockFileOf({ dataDir }: Workspace): string {
  return join(dataDir, "runs", "lock");
}

/**
 * Gives a notebook that writes tables a copy of the warehouse to work on; the
 * copy takes the original's place only when the notebook succeeded.
 */
export function tablesOnSuccess(
  workspace: Workspace,
  tables: TableFingerprints,
  { force = false, effects = systemEffects }: {
    readonly force?: boolean;
    readonly effects?: Effects;
  } = {},
): (notebook: Notebook) => Promise<Transaction> {
  return async (notebook) => {
    await tables.release();
    const env = notebookVariables(workspace, notebook.name);
    if (!notebook.writes.some(isTable)) return { env, commit: () => {}, rollback: () => {} };
    const work = await beginWork(workspace, {
      datasets: datasetsOf(notebook, workspace),
      effects: withVariables(effects, env),
    });
    return {
      env: { ...env, ...work.env, ...(force && { FEIRA_FULL: "1" }) },
      commit: async () => {
        // While the notebook ran, others may have been looked at.
        await tables.release();
        await work.commit();
        await tables.release();
      },
      rollback: () => work.discard(),
    };
  };
}

/**
 * The kinds of datasets that a notebook's tables are in.
 *
 * @throws {FeiraError} `data` when a table is in another one.
 */
function datasetsOf({ name, writes }: Notebook, { project, datasets }: Workspace): DatasetKind[] {
  const kinds = new Set<DatasetKind>();
  for (const resource of writes.filter(isTable)) {
    const dataset = resource.replaceAll("{project}", project).split(".")[0];
    const found = Object.entries(datasets).find(([, published]) => published === dataset);
    if (found === undefined) {
      throw new FeiraError(
        "data",
        `Cannot run ${name}: it writes ${resource}, must be in one of ${
          Object.values(datasets).join(", ")
        }`,
      );
    }
    kinds.add(found[0] as DatasetKind);
  }
  return [...kinds];
}

function isTable(resource: string): boolean {
  return !resource.includes("/");
}
