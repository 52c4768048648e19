/** `deno task export`: the customers of a segment for a campaign; see docs/commands.md. */
import { extname } from "node:path";
import { Option } from "commander";
import { type Engine, FeiraError, openWorkspace } from "feira/workspace";
import { exportSegment, type ExportSpec } from "./_export_segment.ts";
import { main, print, printError } from "./_main.ts";
import { defineCommand, parseArguments } from "./_usage.ts";

interface Given {
  readonly segment: string;
  readonly format?: ExportSpec["format"];
  readonly out?: string;
  readonly warehouse?: Engine;
}

await main(async (args) => {
  const command = defineCommand("export", "Write the customers of a published segment to a file")
    .requiredOption("--segment <id>", "a segment or sub-segment, or all for every customer once")
    .addOption(
      new Option("--format <format>", "by default what FILE ends with, else csv")
        .choices(["csv", "parquet"]),
    )
    .option("--out <file>", "by default data/exports/<project>/segment_<id>.<format>")
    .addOption(new Option("--warehouse <engine>", "the engine").choices(["duckdb", "bigquery"]));
  if (!parseArguments(command, args)) return 0;
  const { segment, out, warehouse, format = formatOf(out) } = command.opts<Given>();
  const { path, provenance, warnings } = await exportSegment(
    openWorkspace(warehouse ? { engine: warehouse } : {}),
    { segment: toSegment(segment), format, out },
  );
  for (const warning of warnings) printError(`warning: ${warning}`);
  print(`${provenance.rows.toLocaleString("en-US")} customers: ${path}`);
  print(`what they rest on: ${path}.json`);
  return 0;
});

function formatOf(out = ""): ExportSpec["format"] {
  return extname(out) === ".parquet" ? "parquet" : "csv";
}

function toSegment(given: string): number | "all" {
  if (given === "all") return given;
  if (/^\d{1,9}$/.test(given)) return Number(given);
  throw new FeiraError("usage", `Cannot export: --segment is ${given}, must be a number or all`);
}
