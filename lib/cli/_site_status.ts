import { join } from "node:path";
import type { PlannedNotebook } from "feira/notebook";
import type { PastRun, SiteStatus } from "feira/report";
import { type Workspace, writeJsonBeside } from "feira/workspace";
import { toWords } from "./_asked.ts";
import { toGateWords } from "./_gate_words.ts";
import { type GraphRecord, toGraphRecord } from "./_graph_record.ts";
import { type HistoryEntry, readHistory } from "./_history.ts";

/** Runs that the status page lists. */
const SHOWN_RUNS = 20;

/** Keeps how a run left the notebooks, for the status page. */
export function saveGraph(
  workspace: Workspace,
  after: readonly PlannedNotebook[],
): Promise<void> {
  return writeJsonBeside(graphFileOf(workspace), toGraphRecord(after, workspace));
}

/** How the last run left a project's notebooks, and its last runs; undefined where none ran. */
export async function maybeSiteStatus(workspace: Workspace): Promise<SiteStatus | undefined> {
  let graph: GraphRecord;
  try {
    graph = JSON.parse(await Deno.readTextFile(graphFileOf(workspace)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  const history = await readHistory(workspace, SHOWN_RUNS);
  return { notebooks: graph.notebooks, runs: history.map(toPastRun) };
}

function graphFileOf({ runsDir }: Workspace): string {
  return join(runsDir, "graph.json");
}

function toPastRun(
  { started, seconds, end, asked, error, notebooks, model }: HistoryEntry,
): PastRun {
  const gate = model && toGateWords(model);
  return { started, seconds, end, asked: toWords(asked), error, notebooks, gate };
}
