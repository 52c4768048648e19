import { fileURLToPath } from "node:url";
import type { TempWorkspace } from "./_temp_workspace.ts";

/**
 * Executes a cell in a kernel of another process, and kills that process when
 * the cell prints.
 *
 * @returns the process ids that the cell printed, between spaces.
 */
export async function killRunnerOf(cell: string, workspace: TempWorkspace): Promise<number[]> {
  const config = fileURLToPath(new URL("../../deno.json", import.meta.url));
  const script = await workspace.write(
    "runner.ts",
    `import { Kernel } from "feira/notebook";
const kernel = await Kernel.start({ cwd: ${JSON.stringify(workspace.root)} });
await kernel.execute(${JSON.stringify(cell)}, (output) => console.log(output.content.text));`,
  );
  const runner = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config", config, script],
    stdout: "piped",
  }).spawn();
  const reader = runner.stdout.getReader();
  const { value } = await reader.read();
  runner.kill("SIGKILL");
  await runner.status;
  await reader.cancel();
  return new TextDecoder().decode(value).trim().split(" ").map(Number);
}
