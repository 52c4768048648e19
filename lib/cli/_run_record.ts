import { join } from "node:path";
import { type DbtResults, readDbtResults } from "feira/dbt";
import { type RawSource, readRawSource } from "feira/ingest";
import type { PipelineResult } from "feira/notebook";
import { maybeOutcome, type Outcome } from "feira/segments";
import { FeiraError, type Workspace, writeJsonBeside } from "feira/workspace";
import { bytesBilledTo, LOOKING } from "./_run_variables.ts";

/** What became of one notebook in the last run. */
export interface NotebookRecord {
  readonly name: string;
  readonly state: "ran" | "fresh" | "failed" | "skipped";
  readonly seconds: number;
  /** Why it ran, was fresh or was skipped, or the error that it failed with. */
  readonly why: string;
  /** On BigQuery. */
  readonly bytes_billed?: number;
}

/**
 * The last run for machines: the content of reports/run.json. Notebooks that a
 * failure or the selection left out are `skipped`. What no run has come to yet,
 * such as the model, is absent.
 */
export interface RunRecord {
  readonly project: string;
  readonly source?: RawSource["kind"];
  readonly warehouse: string;
  /** ISO 8601. */
  readonly started: string;
  readonly seconds: number;
  readonly notebooks: readonly NotebookRecord[];
  /** On BigQuery: of all notebooks, and of telling which are fresh. */
  readonly bytes_billed?: number;
  readonly tests?: { readonly passed: number; readonly warned: number; readonly failed: number };
  readonly model?: {
    readonly preset: string;
    readonly qe: number;
    readonly te: number;
    readonly silhouette: number;
    readonly dbi: number;
    readonly k: number;
    readonly gate: "passed" | "failed";
    /** Whether it was published though the gate failed; absent in records of older runs. */
    readonly forced?: boolean;
  };
  readonly segments?: readonly {
    readonly id: number;
    readonly name: string;
    readonly customers: number;
  }[];
}

/** Puts together what the notebooks left in files. */
export async function toRunRecord(
  workspace: Workspace,
  result: Pick<PipelineResult, "notebooks" | "seconds"> & { readonly started: string },
): Promise<RunRecord> {
  const source = await maybeSource(workspace);
  const tests = (await readDbtResults(workspace))?.tests;
  const outcome = await maybeOutcome(workspace.modelsDir);
  return {
    project: workspace.project,
    ...(source && { source: source.kind }),
    warehouse: workspace.engine,
    started: result.started,
    seconds: result.seconds,
    ...await withBytesBilled(
      workspace,
      result.notebooks.map(({ name, state, seconds, why, error }) => ({
        name,
        state,
        seconds,
        why: error?.message ?? (why || "nothing it depends on changed"),
      })),
    ),
    ...(tests && { tests: toTests(tests) }),
    ...(outcome && { model: toModel(outcome), segments: toSegments(outcome) }),
  };
}

/** Where reading costs nothing, nothing is said of it. */
async function withBytesBilled(
  workspace: Workspace,
  notebooks: readonly NotebookRecord[],
): Promise<Pick<RunRecord, "notebooks" | "bytes_billed">> {
  if (workspace.engine === "duckdb") return { notebooks };
  const billed = await Promise.all(
    [...notebooks.map(({ name }) => name), LOOKING].map((name) => bytesBilledTo(workspace, name)),
  );
  return {
    notebooks: notebooks.map((notebook, i) => ({ ...notebook, bytes_billed: billed[i]! })),
    bytes_billed: billed.reduce((sum, bytes) => sum + bytes, 0),
  };
}

/** Where the raw data comes from; undefined when none was placed yet. */
export async function maybeSource(workspace: Workspace): Promise<RawSource | undefined> {
  try {
    return await readRawSource(workspace);
  } catch (error) {
    if (error instanceof FeiraError && error.kind === "data") return undefined;
    throw error;
  }
}

/** Where the record of a project's last run lies. */
function recordFileOf({ runsDir }: Workspace): string {
  return join(runsDir, "run.json");
}

/** Keeps the record of a project's last run. */
export function saveRunRecord(workspace: Workspace, record: RunRecord): Promise<void> {
  return writeJsonBeside(recordFileOf(workspace), record);
}

/**
 * Reads the record of the project's last run.
 *
 * @throws {FeiraError} `environment` when there is none or it is broken.
 */
export function readRunRecord(workspace: Workspace): Promise<RunRecord> {
  return readRunRecordOf(recordFileOf(workspace));
}

/** Reads a record of any place; see {@linkcode readRunRecord}. */
export async function readRunRecordOf(path: string): Promise<RunRecord> {
  try {
    return JSON.parse(await Deno.readTextFile(path)) as RunRecord;
  } catch (cause) {
    throw new FeiraError(
      "environment",
      `Cannot read the last run: ${
        (cause as Error).message
      } at ${path}, must be what deno task run writes`,
      { cause },
    );
  }
}

function toTests({ passed, warned, failed }: DbtResults["tests"]) {
  return { passed, warned, failed };
}

function toModel({ preset, qe, te, silhouette, dbi, k, gate, forced }: Outcome) {
  return { preset, qe, te, silhouette, dbi, k, gate, forced };
}

/**
 * Those of level 1, which add up to all customers. Those of a rejected model are
 * not the published ones, so they are left out.
 */
function toSegments({ gate, forced, segments }: Outcome) {
  if (gate === "failed" && !forced) return [];
  return segments.filter(({ level }) => level === 1)
    .map(({ id, name, customers }) => ({ id, name, customers }));
}
