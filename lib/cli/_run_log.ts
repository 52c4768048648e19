import { fingerprintOf } from "feira/ingest";
import type { NotebookResult, PipelineEvent, PipelineResult } from "feira/notebook";
import { maybeOutcome } from "feira/segments";
import { type Effects, systemEffects, type Workspace } from "feira/workspace";
import { type HistoryEntry, remember, type RunEnd, toRetention } from "./_history.ts";
import { keepResults, pruneKept } from "./_kept.ts";
import { fitsInUse, pruneFits } from "./_prune.ts";
import type { RunOptions } from "./_run_options.ts";
import { maybeSource, type RunRecord, toRunRecord } from "./_run_record.ts";
import { readVersions } from "./_versions.ts";

/** Follows a run and adds it to the project's history, however it ends. */
export interface RunLog {
  readonly onEvent: (event: PipelineEvent) => void;
  /** @returns the record of the run, which is in the history now. */
  readonly end: (result: PipelineResult) => Promise<RunRecord>;
  /** For a run that an error or an interruption ended; one without a plan was none. */
  readonly endWith: (error: unknown, how: { readonly isInterrupted: boolean }) => Promise<void>;
}

/** Begins to follow a run. @throws {FeiraError} `usage` as `toRetention` does. */
export function openRunLog(
  workspace: Workspace,
  { log: _log, ...asked }: RunOptions,
  effects: Effects = systemEffects,
): RunLog {
  const keep = toRetention(effects);
  const begin = effects.now();
  const started = begin.toString({ smallestUnit: "second" });
  const seen: NotebookResult[] = [];
  let isPlanned = false;
  const add = async (record: RunRecord, how: { end: RunEnd; error?: string }) => {
    const [source, outcome] = [
      await maybeSource(workspace),
      await maybeOutcome(workspace.modelsDir),
    ];
    const entry: HistoryEntry = {
      ...record,
      ...how,
      asked,
      versions: await readVersions(workspace),
      fingerprints: {
        ...(source && { data: fingerprintOf(source) }),
        ...(outcome && { model: outcome.modelId }),
      },
      fits: await fitsInUse(workspace),
      kept: await keepResults(workspace),
    };
    await remember(workspace, entry, { keep, now: effects.now() });
    await pruneFits(workspace, keep.fitRuns);
    await pruneKept(workspace);
  };
  return {
    onEvent: (event) => {
      if (event.type === "plan") isPlanned = true;
      if (event.type === "notebook finished") seen.push(event);
    },
    end: async (result) => {
      const record = await toRunRecord(workspace, { ...result, started });
      const failed = record.notebooks.find(({ state }) => state === "failed");
      await add(record, failed ? { end: "failed", error: failed.why } : { end: "done" });
      return record;
    },
    endWith: async (error, { isInterrupted }) => {
      if (!isPlanned) return;
      const seconds = Math.round(effects.now().since(begin).total("milliseconds")) / 1000;
      const record = await toRunRecord(workspace, { notebooks: seen, seconds, started });
      await add(record, {
        end: isInterrupted ? "interrupted" : "failed",
        error: error instanceof Error ? error.message : String(error),
      });
    },
  };
}
