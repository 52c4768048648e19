/**
 * `deno task test:bigquery`: starts a BigQuery emulator, made on first use, and
 * runs the tests that need one; ends as `deno task test` does.
 */
import { openWorkspace } from "feira/workspace";
import { startEmulator } from "./_emulator.ts";
import { onInterrupt } from "./_interrupt.ts";
import { main, print } from "./_main.ts";
import { runTests } from "./_run_tests.ts";
import { defineCommand, parseArguments } from "./_usage.ts";

await main(async (args) => {
  const command = defineCommand("test:bigquery", "Run the tests that need a BigQuery emulator")
    .argument("[filter...]", "files or folders of tests to run; default: tests/bigquery");
  if (!parseArguments(command, args)) return 0;
  const workspace = openWorkspace();
  // So that the emulator is stopped whichever way this ends.
  using _interrupt = onInterrupt("the emulator has been stopped");
  await using emulator = await startEmulator(workspace);
  print(`— a BigQuery emulator at ${emulator.endpoint}`);
  const where = command.args.length > 0 ? command.args : ["tests/bigquery"];
  const { ok, tally } = await runTests(workspace.root, where, {
    env: { FEIRA_BIGQUERY_EMULATOR: emulator.endpoint },
  });
  print(tally);
  return ok ? 0 : 1;
});
