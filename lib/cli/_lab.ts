import { join } from "node:path";
import { systemEffects, type Workspace, writeJsonBeside } from "feira/workspace";

/** Where JupyterLab's side of a workspace lies: its kernel, the layout of its windows. */
function labDir(workspace: Workspace): string {
  return join(workspace.dataDir, "lab");
}

/** Settings that hold where the user has not said otherwise, by plugin. */
const SETTINGS = {
  "@jupyterlab/apputils-extension:notification": { checkForUpdates: false, fetchNews: "false" },
};

/**
 * Writes the kernel's specification where only this workspace's Jupyter looks,
 * and JupyterLab's settings. The kernel names the Deno that runs now, so that
 * cells see the version that is pinned; it takes the name that the notebooks carry.
 */
export async function writeLabFiles(workspace: Workspace): Promise<void> {
  await writeJsonBeside(join(labDir(workspace), "settings", "overrides.json"), SETTINGS);
  const { root } = workspace;
  await writeJsonBeside(join(labDir(workspace), "kernels", "deno", "kernel.json"), {
    argv: [
      Deno.execPath(),
      ...["run", "-A", "--quiet", "--config", join(root, "deno.json")],
      join(root, "lib", "cli", "lab_kernel.ts"),
      "{connection_file}",
    ],
    display_name: "Feira (Deno)",
    language: "typescript",
    interrupt_mode: "message",
  });
}

/** What `jupyter` is called with. */
export function labArguments(
  workspace: Workspace,
  { port, browser }: { port: string; browser: boolean },
): string[] {
  return [
    "lab",
    `--config=${join(workspace.root, "lib", "cli", "jupyter_server_config.py")}`,
    `--LabApp.app_settings_dir=${join(labDir(workspace), "settings")}`,
    `--port=${port}`,
    `--ServerApp.root_dir=${workspace.root}`,
    "--LabApp.default_url=/lab/tree/notebooks",
    ...(browser ? [] : ["--no-browser"]),
  ];
}

/** Kernels are looked for here first; the layout of another workspace is not restored in this one. */
export function labEnvironment(workspace: Workspace): Record<string, string> {
  const dir = labDir(workspace);
  const path = systemEffects.env("JUPYTER_PATH");
  const separator = Deno.build.os === "windows" ? ";" : ":";
  return {
    JUPYTER_PATH: path === undefined ? dir : `${dir}${separator}${path}`,
    JUPYTERLAB_WORKSPACES_DIR: join(dir, "workspaces"),
  };
}
