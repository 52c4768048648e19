/** `deno task lab`: JupyterLab with a kernel bound to this workspace and this Deno. */
import { join } from "node:path";
import { ensurePython } from "feira/python";
import { openWorkspace, type Workspace, writeJsonBeside } from "feira/workspace";
import { main, print } from "./_main.ts";
import { defineCommand, parseArguments } from "./_usage.ts";

await main(async (args) => {
  const command = defineCommand("lab", "Open JupyterLab with the Deno kernel")
    .argument("[arguments...]", "after --: what jupyter lab gets besides, such as --allow-root")
    .option("--port <number>", "where to listen on this machine", "8888")
    .option("--no-browser", "print the address only");
  if (!parseArguments(command, args)) return 0;
  const { port, browser } = command.opts<{ port: string; browser: boolean }>();
  const workspace = openWorkspace();
  const environment = await ensurePython({
    name: "lab",
    requirements: join(workspace.requirementsDir, "lab.txt"),
    venvDir: workspace.venvDir,
  });
  await installKernel(workspace);
  print("JupyterLab is starting; end it with Ctrl-C");
  const child = new Deno.Command(environment.program("jupyter"), {
    args: [
      "lab",
      `--port=${port}`,
      `--ServerApp.root_dir=${workspace.root}`,
      "--LabApp.default_url=/lab/tree/notebooks",
      ...(browser ? [] : ["--no-browser"]),
      ...command.args,
    ],
    stdin: "inherit",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  return (await child.status).code;
});

/**
 * Writes the kernel's specification where only this environment's Jupyter looks.
 * It names the Deno that runs now, so that cells see the version that is pinned;
 * it takes the name that the notebooks carry.
 */
async function installKernel(workspace: Workspace): Promise<void> {
  const folder = join(workspace.venvDir, "lab", "share", "jupyter", "kernels", "deno");
  await writeJsonBeside(join(folder, "kernel.json"), {
    argv: [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
  });
}
