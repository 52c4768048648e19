/** `deno task report`: rebuilds the pages from the last run, without running anything. */
import { openWorkspace } from "feira/workspace";
import { main, print } from "./_main.ts";
import { readRunRecord } from "./_run_record.ts";
import { buildReports } from "./_site.ts";
import { defineCommand, parseArguments } from "./_usage.ts";

/** The program that opens a page, by operating system. */
const OPENERS: Readonly<Partial<Record<typeof Deno.build.os, readonly string[]>>> = {
  darwin: ["open"],
  linux: ["xdg-open"],
  windows: ["cmd", "/c", "start", ""],
};

await main(async (args) => {
  const command = defineCommand("report", "Rebuild the pages from the last run")
    .option("--no-open", "do not open the index in a browser");
  if (!parseArguments(command, args)) return 0;
  const workspace = openWorkspace();
  const index = await buildReports(workspace, await readRunRecord(workspace));
  print(index);
  if (command.opts<{ open: boolean }>().open && Deno.stdout.isTerminal()) openPage(index);
  return 0;
});

/** Opens a page where there is a program for it; its path was printed anyway. */
function openPage(path: string): void {
  const [program, ...args] = OPENERS[Deno.build.os] ?? [];
  if (program === undefined) return;
  try {
    new Deno.Command(program, { args: [...args, path], stdout: "null", stderr: "null" })
      .spawn().unref();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
