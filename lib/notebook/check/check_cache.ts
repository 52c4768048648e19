import { dirname, join } from "node:path";
import { hashText, writeJsonBeside } from "feira/workspace";
import { ModuleWalk } from "../plan/modules.ts";
import { relativeTo } from "../_paths.ts";
import { type Notebook, titleOfCell } from "../notebook.ts";
import type { Problem } from "../problem.ts";

/** What Deno's tools last said of a notebook, and the content of which they said it. */
export interface Remembered {
  readonly key: string;
  readonly problems: readonly Problem[];
}

/** By the notebook's path from the root. */
export type CheckCache = Readonly<Record<string, Remembered>>;

/**
 * One hash for each notebook over all that the result of Deno's tools depends
 * on, wherever the workspace lies.
 */
export async function checkKeysOf(
  notebooks: readonly Notebook[],
  root: string,
): Promise<Map<string, string>> {
  const walk = await ModuleWalk.open(root, { withTypes: true });
  const config = await Deno.readTextFile(join(root, "deno.json"));
  const keys = new Map<string, string>();
  for (const { path, cells } of notebooks) {
    const code = cells.flatMap((cell, i) =>
      cell.cell_type === "code" ? [[i, titleOfCell(cells, i), cell.source] as const] : []
    );
    const modules = await walk.hashesOf(code.map(([, , text]) => text).join("\n"), dirname(path));
    const parts = [Deno.version.deno, config, code, modules];
    keys.set(relativeTo(root, path), hashText(JSON.stringify(parts)));
  }
  return keys;
}

/** Reads what was remembered; nothing when the file is not there or not what was written. */
export async function readCheckCache(path: string | undefined): Promise<CheckCache> {
  if (path === undefined) return {};
  try {
    const cache = JSON.parse(await Deno.readTextFile(path));
    return cache.version === 2 ? cache.notebooks : {};
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return {};
    throw error;
  }
}

export async function writeCheckCache(path: string, notebooks: CheckCache): Promise<void> {
  await writeJsonBeside(path, { version: 2, notebooks });
}
