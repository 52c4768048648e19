import { join } from "node:path";
import { runNotebook } from "feira/notebook";
import { openWorkspace } from "feira/workspace";
import type { NotebookStage } from "./stage.ts";

const PARTS = ["deno.json", "deno.lock", "lib", "notebooks", "seeds"];

/**
 * Copies what 01_ingest needs into a folder of its own and runs it once, so that
 * the market that it checks is there; gives the notebook's path.
 */
export async function prepareReal(
  stage: NotebookStage,
  { orders }: { readonly orders: number },
): Promise<string> {
  const { root } = openWorkspace();
  const copy = join(stage.dir, "workspace");
  await Deno.mkdir(copy);
  for (const part of PARTS) await copyAll(join(root, part), join(copy, part));
  const path = join(copy, "notebooks", "01_ingest.ipynb");
  const { error } = await runNotebook(path, {
    executedPath: join(copy, "placed.ipynb"),
    parameters: { synthetic: String(orders) },
  });
  if (error !== undefined) throw error;
  return path;
}

async function copyAll(from: string, to: string): Promise<void> {
  if ((await Deno.stat(from)).isFile) return await Deno.copyFile(from, to);
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(from)) await copyAll(join(from, name), join(to, name));
}
