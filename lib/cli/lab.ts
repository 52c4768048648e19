/** `deno task lab`: JupyterLab with a kernel bound to this workspace and this Deno. */
import { join } from "node:path";
import { ensurePython } from "feira/python";
import { FeiraError, openWorkspace } from "feira/workspace";
import { labArguments, labEnvironment, writeLabFiles } from "./_lab.ts";
import { main, print } from "./_main.ts";
import { defineCommand, parseArguments } from "./_usage.ts";

await main(async (args) => {
  const command = defineCommand("lab", "Open JupyterLab with the Deno kernel")
    .argument("[arguments...]", "after --: what jupyter lab gets besides, such as --allow-root")
    .option("--port <number>", "where to listen on this machine", "8888")
    .option("--no-browser", "print the address only");
  if (!parseArguments(command, args)) return 0;
  const { port, browser } = command.opts<{ port: string; browser: boolean }>();
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new FeiraError(
      "usage",
      `Cannot open JupyterLab: --port is "${port}", must be 0 to 65535`,
    );
  }
  const workspace = openWorkspace();
  const environment = await ensurePython({
    name: "lab",
    requirements: join(workspace.requirementsDir, "lab.txt"),
    venvDir: workspace.venvDir,
  });
  await writeLabFiles(workspace);
  print("JupyterLab is starting; end it with Ctrl-C, which ends its kernels too");
  const child = new Deno.Command(environment.program("jupyter"), {
    args: [...labArguments(workspace, { port, browser }), ...command.args],
    env: labEnvironment(workspace),
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  using _ending = endWithUs(child);
  return (await child.status).code;
});

/** Jupyter ends its kernels before itself, so it is asked to end and waited for. */
function endWithUs(child: Deno.ChildProcess): Disposable {
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
  const end = () => {
    try {
      child.kill("SIGTERM");
    } catch {
      // it has ended already
    }
  };
  for (const signal of signals) Deno.addSignalListener(signal, end);
  return {
    [Symbol.dispose]() {
      for (const signal of signals) Deno.removeSignalListener(signal, end);
    },
  };
}
