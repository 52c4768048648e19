/** `deno task bench NAME`: this project against its peers, on the same data in one run. */
import { isAbsolute, join } from "node:path";
import { FeiraError, openWorkspace, systemEffects, writeFileBeside } from "feira/workspace";
import { BENCHES } from "../../bench/benches.ts";
import { formatTable } from "../../bench/shared/format_table.ts";
import type { BenchReport } from "../../bench/shared/bench.ts";
import { onInterrupt } from "./_interrupt.ts";
import { main, print, printError } from "./_main.ts";
import { defineCommand, parseArguments } from "./_usage.ts";

await main(async ([name, ...args]) => {
  const bench = Object.hasOwn(BENCHES, name ?? "") ? BENCHES[name!] : undefined;
  if (bench === undefined) return explain(name);
  const command = bench.addOptions(defineCommand(`bench ${name}`, bench.description))
    .option("--json <file>", "write what was measured as JSON lines");
  if (!parseArguments(command, args)) return 0;
  const options = command.opts<Record<string, unknown>>();
  using interrupt = onInterrupt("nothing was written");
  const scratchDir = await Deno.makeTempDir({ prefix: "feira_bench_" });
  try {
    const report = await bench.run({
      workspace: openWorkspace(),
      scratchDir,
      toPath,
      tell: printError,
      signal: interrupt.signal,
    }, options);
    show(report);
    if (options.json !== undefined) await writeLines(toPath(String(options.json)), report);
  } finally {
    await Deno.remove(scratchDir, { recursive: true });
  }
  return 0;
});

/** Answers `--help` and names that are none. */
function explain(name: string | undefined): number {
  const names = Object.keys(BENCHES);
  if (name !== "--help" && name !== "-h") {
    throw new FeiraError(
      "usage",
      `Cannot bench: found ${name === undefined ? "no name" : `"${name}"`}, must be one of ${
        names.join(", ")
      }; see --help`,
    );
  }
  print("Usage: deno task bench <name> [options]; deno task bench <name> --help\n");
  for (const [each, { description }] of Object.entries(BENCHES)) {
    print(`  ${each.padEnd(10)} ${description}`);
  }
  return 0;
}

/** `deno task` runs in the folder of deno.json; a path means the caller's folder. */
function toPath(path: string): string {
  return isAbsolute(path) ? path : join(systemEffects.env("INIT_CWD") ?? Deno.cwd(), path);
}

function show({ head, tables }: BenchReport): void {
  for (const line of head) print(line);
  for (const table of tables) print(`\n${formatTable(table)}`);
}

async function writeLines(path: string, { lines }: BenchReport): Promise<void> {
  await writeFileBeside(path, lines.map((line) => JSON.stringify(line) + "\n").join(""));
}
