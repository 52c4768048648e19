/** `deno task summary`: the last run as Markdown, for the page of a CI job. */
import { join } from "node:path";
import { openWorkspace } from "feira/workspace";
import { toJobSummary } from "./_job_summary.ts";
import { main, print } from "./_main.ts";
import type { RunRecord } from "./_run_record.ts";
import { defineCommand, parseArguments } from "./_usage.ts";

await main(async (args) => {
  const command = defineCommand("summary", "Print the last run of reports/ as Markdown");
  if (!parseArguments(command, args)) return 0;
  const record = await maybeRecord(join(openWorkspace().reportsDir, "run.json"));
  // A run that ends before its first notebook leaves no record: its log says why.
  print(record === undefined ? "No notebook has run; the log says why." : toJobSummary(record));
  return 0;
});

async function maybeRecord(path: string): Promise<RunRecord | undefined> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
