import { segmentColor } from "feira/plots";
import {
  buildRunComparison,
  type ComparedRun,
  type ExecutedCopy,
  type Missing,
} from "feira/report";
import { FeiraError, type Workspace } from "feira/workspace";
import { toWords } from "./_asked.ts";
import { compareAssignments } from "./_compare_assignments.ts";
import { type HistoryEntry, readHistory } from "./_history.ts";
import { maybeKept } from "./_kept.ts";
import { maybeSource } from "./_run_record.ts";

/**
 * Makes reports/compare.html of the last run and an earlier one.
 *
 * @param asked how many runs ago, from 1, or how the moment of its start begins, as
 *   `2026-11-22T23:48`.
 * @returns the path of the page.
 * @throws {FeiraError} `usage` when no such run is remembered.
 */
export async function compareRuns(workspace: Workspace, asked: string): Promise<string> {
  const [last, ...earlier] = await readHistory(workspace);
  const found = /^[1-9]\d{0,3}$/.test(asked)
    ? earlier[Number(asked) - 1]
    : earlier.find(({ started }) => /^\d{4}-/.test(asked) && started.startsWith(asked));
  if (last === undefined || found === undefined) {
    const must = earlier.length === 0
      ? "there must be one that is remembered"
      : `must be 1..${earlier.length} (runs ago) or how its start begins, as 2026-11-22T23:48`;
    throw new FeiraError(
      "usage",
      `Cannot compare runs: found ${
        earlier.length === 0 ? "no other run" : `no run "${asked}"`
      } before the last, ${must}`,
    );
  }
  const [before, after] = [
    await toCompared(workspace, found),
    await toCompared(workspace, last),
  ];
  return await buildRunComparison({
    before,
    after,
    migrations: await compareAssignments(workspace, { before: found, after: last }),
    outDir: workspace.reportsDir,
    site: {
      title: `Feira: ${workspace.project}`,
      banner: (await maybeSource(workspace))?.banner,
      run: after,
      provenance: [{ label: "Project", value: workspace.project }],
    },
  });
}

async function toCompared(
  workspace: Workspace,
  { versions, fingerprints, segments, kept, ...entry }: HistoryEntry,
): Promise<ComparedRun> {
  const { deno, dbt, packages } = versions;
  return {
    ...entry,
    asked: toWords(entry.asked),
    source: entry.source ?? "none yet",
    segments: segments?.map((segment) => ({ ...segment, color: segmentColor(segment.id) })),
    fingerprints: [
      ...(fingerprints.data ? [{ label: "Data's fingerprint", value: fingerprints.data }] : []),
      ...(fingerprints.model ? [{ label: "Model's fingerprint", value: fingerprints.model }] : []),
      {
        label: "Versions",
        value: `Deno ${deno}${dbt ? `, dbt ${dbt}` : ""}, packages ${packages}`,
      },
    ],
    executed: await readExecuted(workspace, { ...entry, kept }),
  };
}

async function readExecuted(
  workspace: Workspace,
  { started, kept }: Pick<HistoryEntry, "started"> & { readonly kept: HistoryEntry["kept"] },
): Promise<readonly ExecutedCopy[] | Missing> {
  if (kept === undefined) {
    return { why: `The run of ${started} was made before Feira kept executed notebooks` };
  }
  const copies: ExecutedCopy[] = [];
  for (const [name, hash] of Object.entries(kept.notebooks)) {
    const text = await maybeKept(workspace, hash);
    if (text === undefined) {
      return { why: `The executed notebook ${name} of the run of ${started} was removed` };
    }
    copies.push({ name, text });
  }
  return copies;
}
