/**
 * `deno task test`: formatting, lint, types (documentation examples too), the
 * notebooks' cells and all tests; ends with `N passed, N failed, N skipped`.
 * `--update` accepts what notebooks and figures show.
 */
import { ensureDbt } from "feira/dbt";
import { openWorkspace } from "feira/workspace";
import { main, print } from "./_main.ts";
import { runTests } from "./_run_tests.ts";
import { defineCommand, parseArguments } from "./_usage.ts";

interface Step {
  readonly title: string;
  readonly args: readonly string[];
}

const CODE = ["lib", "tests", "bench"];

/** Two lanes, for two cores; what stands in one runs one after the other. */
const LANES: readonly (readonly Step[])[] = [
  [
    { title: "types, documentation examples too", args: ["check", "--quiet", "--doc", ...CODE] },
    { title: "notebooks' cells", args: ["run", "-A", "lib/cli/check.ts"] },
  ],
  [
    { title: "formatting", args: ["fmt", "--check"] },
    { title: "lint", args: ["lint", "--quiet", ...CODE] },
    { title: "style of the SQL", args: ["run", "-A", "lib/cli/format_sql.ts", "--check"] },
  ],
];

await main(async (args) => {
  const command = defineCommand("test", "Run every check and every test")
    .argument("[filter...]", "files or folders of tests to run; default: all")
    .option("--update", "store the notebooks' outputs and the figures as they are now", false);
  if (!parseArguments(command, args)) return 0;
  const root = openWorkspace().root;
  const failed = (await Promise.all(LANES.map((lane) => failedOf(root, lane)))).flat();
  print("— Python environment for dbt");
  await ensureDbt(openWorkspace());
  const where = command.args.length > 0 ? command.args : ["lib", "tests"];
  const { ok, tally } = await runTests(root, where, command.opts<{ update: boolean }>());
  if (!ok) failed.push("tests");
  if (failed.length > 0) print(`failed: ${failed.join(", ")}`);
  print(tally);
  return failed.length === 0 ? 0 : 1;
});

async function failedOf(root: string, steps: readonly Step[]): Promise<string[]> {
  const failed: string[] = [];
  for (const step of steps) {
    if (!await run(root, step)) failed.push(step.title);
  }
  return failed;
}

/** Runs a step; what it prints is told when it has ended, so that lanes do not mix. */
async function run(root: string, { title, args }: Step): Promise<boolean> {
  const start = performance.now();
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: root,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const decoder = new TextDecoder();
  const text = `${decoder.decode(stdout)}${decoder.decode(stderr)}`.trimEnd();
  if (text !== "") print(text);
  print(`${success ? "✓" : "✗"} ${title} (${seconds} s)`);
  return success;
}
