/** `deno task report`: rebuilds the pages from the last run, without running anything. */
import { printPages, serveSite } from "feira/report";
import { FeiraError, openWorkspace } from "feira/workspace";
import { compareRuns } from "./_compare_runs.ts";
import { onInterrupt } from "./_interrupt.ts";
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

interface Options {
  readonly compare?: string;
  readonly pdf?: true;
  readonly serve?: true | string;
  readonly open: boolean;
}

await main(async (args) => {
  const command = defineCommand("report", "Rebuild the pages from the last run")
    .option(
      "--compare <run>",
      "besides, put a run beside the last: 1 for the one before, or its start",
    )
    .option("--pdf", "print every page to a PDF beside it, with Chromium")
    .option(
      "--serve [port]",
      "serve reports/ at 127.0.0.1 until Ctrl-C; without a port at a free one",
    )
    .option("--no-open", "do not open the index in a browser");
  if (!parseArguments(command, args)) return 0;
  const { compare, pdf, serve, open } = command.opts<Options>();
  const port = toPort(serve);
  using interrupt = onInterrupt("the pages are whole");
  const workspace = openWorkspace();
  const { index, pages } = await buildReports(workspace, await readRunRecord(workspace));
  const comparison = compare === undefined ? [] : [await compareRuns(workspace, compare)];
  if (pdf) await printPages({ pages: [...pages, ...comparison], signal: interrupt.signal });
  const site = port === undefined ? undefined : await serveSite(workspace.reportsDir, { port });
  const address = site?.url ?? comparison[0] ?? index;
  print(address);
  if (open && Deno.stdout.isTerminal()) openPage(address);
  if (site) {
    await aborted(interrupt.signal);
    await site.stop();
  }
  return 0;
});

/** The port that `--serve` asks for, 0 for any; undefined where nothing is to be served. */
function toPort(serve: true | string | undefined): number | undefined {
  if (serve === undefined || serve === true) return serve && 0;
  if (/^\d{1,5}$/.test(serve) && Number(serve) <= 65_535) return Number(serve);
  throw new FeiraError(
    "usage",
    `Cannot serve: found port ${serve}, must be a whole number from 0 to 65535`,
  );
}

function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  signal.addEventListener("abort", () => resolve());
  return promise;
}

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
