// Another process that works on the workspace whose root it is given:
//   write  opens the warehouse for writing
//   read   opens it for reading
//   work   begins work and adds a table to the copy
// then says "ready" and stays until it is killed.
import { beginWork, openWarehouse } from "feira/warehouse";
import { openWorkspace, systemEffects } from "feira/workspace";
import { fileURLToPath } from "node:url";

if (import.meta.main) {
  const [root, role] = Deno.args as [string, string];
  const workspace = openWorkspace({ root, effects: { ...systemEffects, env: () => undefined } });
  if (role === "work") {
    const work = await beginWork(workspace);
    const warehouse = await openWarehouse({ ...workspace, duckdbPath: work.workspace.duckdbPath });
    await warehouse.query("create table half as select 1 as a");
  } else {
    await openWarehouse(workspace, { readOnly: role === "read" });
  }
  await Deno.stdout.write(new TextEncoder().encode("ready"));
  await new Response(Deno.stdin.readable).text();
}

/** Starts it and waits until it is ready; `kill` ends it without warning. */
export async function startOther(
  root: string,
  role: "write" | "read" | "work",
): Promise<{ pid: number; kill: () => Promise<void> }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", fileURLToPath(import.meta.url), root, role],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  if (new TextDecoder().decode(value) !== "ready") {
    await Promise.all([reader.cancel(), child.stdin.close().catch(() => {}), child.status]);
    throw new Error(`the other process has failed: ${await new Response(child.stderr).text()}`);
  }
  return {
    pid: child.pid,
    async kill() {
      child.kill("SIGKILL");
      await child.status;
      await Promise.all([reader.cancel(), child.stderr.cancel()]);
      await child.stdin.close().catch(() => {});
    },
  };
}
