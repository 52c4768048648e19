/** `deno task status`: which notebooks are fresh, which stale, and why. */
import { type PlannedNotebook, planRun } from "feira/notebook";
import { openWorkspace } from "feira/workspace";
import { toGraphRecord } from "./_graph_record.ts";
import { main, print } from "./_main.ts";
import { toPlanOptions } from "./_pipeline.ts";
import { maybeStatusOptions } from "./_status_options.ts";
import { TableFingerprints } from "./_table_fingerprints.ts";

await main(async (args) => {
  const options = maybeStatusOptions(args);
  if (options === undefined) return 0;
  const workspace = openWorkspace(options.warehouse ? { engine: options.warehouse } : {});
  await using tables = new TableFingerprints(workspace);
  const plan = await planRun(await toPlanOptions(workspace, tables, options));
  if (options.json) {
    print(JSON.stringify(toGraphRecord(plan, workspace), null, 2));
    return 0;
  }
  for (const line of plan.flatMap(toLines)) print(line);
  const stale = plan.filter(({ state }) => state === "stale").length;
  print(stale === 0 ? "everything is fresh" : `${stale} of ${plan.length} are stale`);
  return 0;
});

function toLines({ name, state, why, last, writes }: PlannedNotebook): string[] {
  const when = last
    ? `last run ${last.started.replace("T", " ").replace("Z", " UTC")}, ${
      last.seconds.toFixed(1)
    } s`
    : "no successful run yet";
  const tables = writes.filter((resource) => !resource.includes("/"));
  return [
    `${name.padEnd(14)} ${state.padEnd(6)} ${when}${why === "" ? "" : `; ${why}`}`,
    ...(tables.length > 0 ? [`${" ".repeat(15)}writes ${tables.join(", ")}`] : []),
  ];
}
