/** `deno task dagster`: Dagster with the notebooks as its assets; see docs/scheduling.md. */
import { join } from "node:path";
import { ensurePython } from "feira/python";
import { openWorkspace, type Workspace, writeFileBeside } from "feira/workspace";
import { main } from "./_main.ts";
import { defineCommand, parseArguments } from "./_usage.ts";

await main(async (args) => {
  const command = defineCommand("dagster", "Start Dagster with the notebooks as its assets")
    .argument("[arguments...]", "after --: another command of dagster's than dev")
    .option("--port <number>", "where its pages are served on this machine", "3000");
  if (!parseArguments(command, args)) return 0;
  const { port } = command.opts<{ port: string }>();
  const workspace = openWorkspace();
  const environment = await ensurePython({
    name: "dagster",
    requirements: join(workspace.requirementsDir, "dagster.txt"),
    venvDir: workspace.venvDir,
  });
  const home = await makeHome(workspace);
  const child = new Deno.Command(environment.program("dagster"), {
    args: command.args.length > 0 ? command.args : ["dev", `--port=${port}`],
    cwd: orchestrationOf(workspace),
    env: { DAGSTER_HOME: home, FEIRA_DENO: Deno.execPath() },
    stdin: "inherit",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  using _wait = passSignalsOn(child);
  return (await child.status).code;
});

function orchestrationOf({ root }: Workspace): string {
  return join(root, "orchestration");
}

/** Where Dagster keeps runs, events and schedules: a place per project, for assets share names. */
async function makeHome(workspace: Workspace): Promise<string> {
  const home = join(workspace.dataDir, "dagster", workspace.project);
  await Deno.mkdir(home, { recursive: true });
  const settings = await Deno.readFile(join(orchestrationOf(workspace), "instance.yaml"));
  await writeFileBeside(join(home, "dagster.yaml"), settings);
  return home;
}

/**
 * Until disposed, this process outlives a signal, so that it ends after Dagster
 * has put its own processes to an end. A terminal gives Ctrl-C to both; SIGTERM
 * is passed on.
 */
function passSignalsOn(child: Deno.ChildProcess): Disposable {
  const wait = () => {};
  const end = () => child.kill("SIGTERM");
  Deno.addSignalListener("SIGINT", wait);
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", end);
  return {
    [Symbol.dispose]() {
      Deno.removeSignalListener("SIGINT", wait);
      if (Deno.build.os !== "windows") Deno.removeSignalListener("SIGTERM", end);
    },
  };
}
