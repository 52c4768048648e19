/** `deno task score`: assigns customers by the saved model, without training; see docs/scoring.md. */
import { Option } from "commander";
import { readRawSource } from "feira/ingest";
import { beginWork } from "feira/warehouse";
import { type Engine, holdLock, openWorkspace } from "feira/workspace";
import { onInterrupt } from "./_interrupt.ts";
import { main, print } from "./_main.ts";
import { lockFileOf } from "./_pipeline.ts";
import { score, type ScoreCounts, type ScoredBy, type ScoreResult } from "./_score.ts";
import { layOut } from "./_text_table.ts";
import { defineCommand, parseArguments } from "./_usage.ts";

interface Given {
  readonly by: ScoredBy;
  readonly warehouse?: Engine;
}

await main(async (args) => {
  const command = defineCommand(
    "score",
    "Assign the customers of customer_features by the saved model",
  )
    .addOption(
      new Option("--by <way>", "who assigns them; both holds the one to the other")
        .choices(["typescript", "warehouse", "both"]).default("typescript"),
    )
    .addOption(new Option("--warehouse <engine>", "the engine").choices(["duckdb", "bigquery"]));
  if (!parseArguments(command, args)) return 0;
  const { by, warehouse } = command.opts<Given>();
  const workspace = openWorkspace(warehouse ? { engine: warehouse } : {});
  using _lock = await holdLock(lockFileOf(workspace));
  using interrupt = onInterrupt("customer_scores is as it was");
  const { banner } = await readRawSource(workspace);
  await using work = await beginWork(workspace, { datasets: ["analytics"] });
  const result = await score(work.workspace, { by, banner, signal: interrupt.signal });
  await work.commit();
  toLines(result, workspace.datasets.analytics).forEach(print);
  return 0;
});

function toLines({ modelId, segments }: ScoreResult, dataset: string): string[] {
  const sum = (of: Exclude<keyof ScoreCounts, "name">) =>
    segments.reduce((total, counts) => total + counts[of], 0);
  const columns = ["customers", "newcomers", "moved", "unlike"] as const;
  const rows = [
    ...segments,
    {
      name: "all",
      customers: sum("customers"),
      newcomers: sum("newcomers"),
      moved: sum("moved"),
      unlike: sum("unlike"),
    },
  ];
  return [
    ...layOut(
      [...columns.map((title) => ({ title, align: "right" as const })), { title: "segment" }],
      rows.map((row) => [...columns.map((of) => row[of].toLocaleString("en-US")), row.name]),
      { width: 100 },
    ).flat(),
    `${dataset}.customer_scores, by model ${modelId}`,
  ];
}
