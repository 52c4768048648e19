/** `deno task status`: which notebooks are fresh, which stale, and why; their graph; the last runs. */
import { graphSvg, type PlannedNotebook, planRun } from "feira/notebook";
import { openWorkspace, type Workspace, writeFileBeside } from "feira/workspace";
import { toGraphRecord } from "./_graph_record.ts";
import { toGraphText } from "./_graph_text.ts";
import { readHistory } from "./_history.ts";
import { toHistoryText } from "./_history_text.ts";
import { main, print } from "./_main.ts";
import { toPlanOptions } from "./_pipeline.ts";
import { maybeStatusOptions, type StatusOptions } from "./_status_options.ts";
import { toStatusText } from "./_status_text.ts";
import { TableFingerprints } from "./_table_fingerprints.ts";

await main(async (args) => {
  const options = maybeStatusOptions(args);
  if (options === undefined) return 0;
  const workspace = openWorkspace(options.warehouse ? { engine: options.warehouse } : {});
  if (options.view === "history") {
    const history = await readHistory(workspace, options.runs);
    if (options.json) printJson(history);
    else toHistoryText(history).forEach(print);
    return 0;
  }
  await using tables = new TableFingerprints(workspace);
  const plan = await planRun(await toPlanOptions(workspace, tables, options));
  if (options.view === "graph") await showGraph(plan, workspace, options);
  else toStatusText(plan).forEach(print);
  if (options.json) return 0;
  const stale = plan.filter(({ state }) => state === "stale").length;
  print(stale === 0 ? "everything is fresh" : `${stale} of ${plan.length} are stale`);
  return 0;
});

async function showGraph(
  plan: readonly PlannedNotebook[],
  workspace: Workspace,
  { json, svg }: StatusOptions,
): Promise<void> {
  if (json) return printJson(toGraphRecord(plan, workspace));
  if (svg === undefined) return toGraphText(plan).forEach(print);
  await writeFileBeside(svg, graphSvg(plan));
  print(svg);
}

function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}
