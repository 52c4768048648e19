import { basename, join } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { listNotebooks } from "feira/notebook";
import { assignmentFiles } from "feira/segments";
import { hashText, type Workspace, writeFileBeside } from "feira/workspace";
import { readHistory } from "./_history.ts";

/**
 * What a run left that later ones overwrite, by the SHA-256 of each file: content
 * that many runs have in common is kept once.
 */
export interface Kept {
  /** Executed copies, by the notebook's name. */
  readonly notebooks: Readonly<Record<string, string>>;
  /** Who was in which segment; absent where none were published. */
  readonly assignments?: { readonly customers: string; readonly segments: string };
}

/** Keeps the executed notebooks and the published assignments as they are now. */
export async function keepResults(workspace: Workspace): Promise<Kept> {
  const notebooks: Record<string, string> = {};
  for (const path of await listNotebooks(workspace.notebooksDir)) {
    const hash = await maybeKeep(workspace, join(workspace.executedDir, basename(path)));
    if (hash !== undefined) notebooks[basename(path, ".ipynb")] = hash;
  }
  const files = assignmentFiles(workspace.modelsDir);
  const [customers, segments] = [
    await maybeKeep(workspace, files.customers),
    await maybeKeep(workspace, files.segments),
  ];
  return {
    notebooks,
    ...(customers !== undefined && segments !== undefined && {
      assignments: { customers, segments },
    }),
  };
}

/** The text of a kept file; undefined where it was removed. */
export async function maybeKept(workspace: Workspace, hash: string): Promise<string | undefined> {
  try {
    const bytes = await Deno.readFile(keptFileOf(workspace, hash));
    return (await promisify(gunzip)(bytes)).toString();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * Removes what no remembered run names, and what a killed run left half written.
 *
 * @returns the names of the files removed.
 */
export async function pruneKept(workspace: Workspace): Promise<string[]> {
  const used = new Set((await readHistory(workspace)).flatMap(({ kept }) => {
    if (kept === undefined) return [];
    const hashes = [...Object.values(kept.notebooks), ...Object.values(kept.assignments ?? {})];
    return hashes.map((hash) => `${hash}.gz`);
  }));
  const removed: string[] = [];
  const dir = keptDirOf(workspace);
  const names = await Array.fromAsync(Deno.readDir(dir), ({ name }) => name).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  });
  for (const name of names.filter((name) => OURS.test(name) && !used.has(name)).sort()) {
    await Deno.remove(join(dir, name));
    removed.push(name);
  }
  return removed;
}

/** Whole files, and half written ones. */
const OURS = /^[0-9a-f]{64}\.gz(\.[0-9a-f]{8}\.tmp)?$/;

/** @returns its hash; undefined where there is no such file. */
async function maybeKeep(workspace: Workspace, path: string): Promise<string | undefined> {
  const content = await Deno.readFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  });
  if (content === undefined) return undefined;
  const hash = hashText(content);
  const place = keptFileOf(workspace, hash);
  const isThere = await Deno.stat(place).then(() => true, () => false);
  if (!isThere) await writeFileBeside(place, new Uint8Array(await promisify(gzip)(content)));
  return hash;
}

function keptDirOf({ runsDir }: Workspace): string {
  return join(runsDir, "kept");
}

function keptFileOf(workspace: Workspace, hash: string): string {
  return join(keptDirOf(workspace), `${hash}.gz`);
}
