import { dirname, join } from "node:path";
import type { Workspace } from "feira/workspace";
import { checkFileOf } from "./_pipeline.ts";

/** What a workspace's programs and notebooks are. */
const SOURCES = [
  "deno.json",
  "deno.lock",
  "lib",
  "notebooks",
  "dbt",
  "seeds",
  "requirements",
  "assets",
];

/** What programs leave among the sources, and earlier runs among the data. */
const BY_PRODUCTS = ["target", "logs", ".ipynb_checkpoints", "__pycache__", "kept"];

/** A copy of a workspace with the data of its project, gone when disposed. */
export interface GridWorkspace extends AsyncDisposable {
  readonly root: string;
  /** Keeps the data as it is now: what {@linkcode restore} goes back to. */
  keep(): Promise<void>;
  /** Brings the data back to what was kept. */
  restore(): Promise<void>;
}

/**
 * Copies a workspace's sources and its project's data into a folder of its own
 * under data/, where runs may change what they like. Copies that a killed
 * process left there are removed first.
 */
export async function openGridWorkspace(workspace: Workspace): Promise<GridWorkspace> {
  const home = join(workspace.dataDir, "grid");
  await removeIfThere(home);
  const root = join(home, crypto.randomUUID().slice(0, 8));
  await Deno.mkdir(root, { recursive: true });
  const data = join(root, "data");
  const kept = join(root, "kept");
  const grid: GridWorkspace = {
    root,
    keep: () => replace(data, kept),
    restore: () => replace(kept, data),
    [Symbol.asyncDispose]: () => Deno.remove(home, { recursive: true }),
  };
  try {
    for (const name of SOURCES) await copyIfThere(join(workspace.root, name), join(root, name));
    for (const path of dataOf(workspace)) {
      await copyIfThere(path, join(root, path.slice(workspace.root.length)));
    }
    await Deno.mkdir(data, { recursive: true });
    return grid;
  } catch (error) {
    await grid[Symbol.asyncDispose]();
    throw error;
  }
}

function dataOf(workspace: Workspace): string[] {
  const { rawDir, cleanDir, modelsDir, dbtTargetDir, runsDir, duckdbPath } = workspace;
  const dirs = [rawDir, cleanDir, modelsDir, dbtTargetDir, runsDir];
  return [...dirs, duckdbPath, checkFileOf(workspace)];
}

async function replace(from: string, to: string): Promise<void> {
  await removeIfThere(to);
  await copyIfThere(from, to);
}

async function copyIfThere(from: string, to: string): Promise<void> {
  const info = await Deno.stat(from).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  });
  if (info === undefined) return;
  await Deno.mkdir(info.isFile ? dirname(to) : to, { recursive: true });
  if (info.isFile) return await Deno.copyFile(from, to);
  for await (const { name } of Deno.readDir(from)) {
    if (!BY_PRODUCTS.includes(name)) await copyIfThere(join(from, name), join(to, name));
  }
}

async function removeIfThere(path: string): Promise<void> {
  await Deno.remove(path, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}
