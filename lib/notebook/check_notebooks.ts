import { join } from "node:path";
import { checkCells } from "./check/cell_rules.ts";
import {
  type CheckCache,
  checkKeysOf,
  readCheckCache,
  writeCheckCache,
} from "./check/check_cache.ts";
import { toCheckModule } from "./check/check_module.ts";
import { checkModules } from "./check/deno_checks.ts";
import { checkFile, type FileCheck } from "./check/file_rules.ts";
import { checkFront } from "./check/front_rules.ts";
import { checkGraph } from "./check/graph_rules.ts";
import type { Notebook } from "./notebook.ts";
import { relativeTo } from "./_paths.ts";
import type { Problem } from "./problem.ts";
import { listNotebooks } from "./read_notebooks.ts";

/** How to check; only the workspace must be said. */
export interface CheckOptions {
  /** The folder that holds deno.json. */
  readonly root: string;
  /** Remembers what was said of each notebook, so that an unchanged one is not checked again. */
  readonly cacheFile?: string;
  /** Placeholders of reads and writes that are no parameter. Default: `project`. */
  readonly names?: readonly string[];
}

/** What a check found. */
export interface CheckResult {
  /** By notebook and place; empty when all is well. */
  readonly problems: readonly Problem[];
  readonly notebooks: number;
  readonly codeCells: number;
  /** How many were as they were when they were last checked. */
  readonly remembered: number;
}

/**
 * Checks notebooks without running them. Of each: types and lint of all its
 * cells as one module, so also names declared twice or never used; outputs and
 * execution counts left in the source; ids; tags; cells that are too long, and
 * functions in cells; the front matter. Of all together: what two write, what
 * is read and never written, circles. Each problem is told at its notebook,
 * cell, line and column.
 *
 * @param source a folder, whose unreadable notebooks become problems, or
 * notebooks as read.
 */
export async function checkNotebooks(
  source: string | readonly Notebook[],
  options: CheckOptions,
): Promise<CheckResult> {
  const { root, names = ["project"] } = options;
  const files = typeof source === "string" ? await checkFiles(source) : [];
  const notebooks = typeof source === "string"
    ? files.flatMap(({ notebook }) => notebook ?? [])
    : source;
  const { problems: fromDeno, remembered } = await checkWithDeno(notebooks, options);
  const fromFronts = notebooks.flatMap((notebook) => checkFront(notebook, names));
  // Who writes what cannot be told where a notebook is missing or a placeholder is wrong.
  const isWhole = fromFronts.length === 0 && files.every(({ notebook }) => notebook !== undefined);
  const problems = [
    ...files.flatMap((file) => file.problems),
    ...notebooks.flatMap(checkCells),
    ...fromFronts,
    ...isWhole ? await checkGraph(notebooks, { root, names }) : [],
    ...fromDeno,
  ];
  return {
    problems: problems.sort(byPlace),
    notebooks: typeof source === "string" ? files.length : notebooks.length,
    codeCells: notebooks.flatMap((n) => n.cells).filter((c) => c.cell_type === "code").length,
    remembered,
  };
}

async function checkFiles(dir: string): Promise<FileCheck[]> {
  return await Promise.all((await listNotebooks(dir)).map(checkFile));
}

/** Has Deno's tools look at the notebooks that have changed since they last did. */
async function checkWithDeno(
  notebooks: readonly Notebook[],
  { root, cacheFile }: CheckOptions,
): Promise<{ readonly problems: readonly Problem[]; readonly remembered: number }> {
  const cache = await readCheckCache(cacheFile);
  const keys = await checkKeysOf(notebooks, root);
  const keyOf = (notebook: Notebook) => relativeTo(root, notebook.path);
  const changed = notebooks.filter((n) => cache[keyOf(n)]?.key !== keys.get(keyOf(n)));
  const found = changed.length === 0
    ? []
    : await checkModules(changed.map(toCheckModule), { root, dir: join(root, "data/check") });
  const now: CheckCache = Object.fromEntries(notebooks.map((notebook) => {
    const path = keyOf(notebook);
    const problems = changed.includes(notebook)
      ? found.filter(({ file }) => file === `${notebook.name}.ipynb`)
      : cache[path]!.problems;
    return [path, { key: keys.get(path)!, problems }];
  }));
  // A module's own fault is nobody's to remember: it is told until it is mended.
  const elsewhere = found.filter(({ file }) => !notebooks.some((n) => `${n.name}.ipynb` === file));
  if (cacheFile !== undefined && changed.length > 0 && elsewhere.length === 0) {
    await writeCheckCache(cacheFile, now);
  }
  return {
    problems: [...Object.values(now).flatMap(({ problems }) => problems), ...elsewhere],
    remembered: notebooks.length - changed.length,
  };
}

function byPlace(a: Problem, b: Problem): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : (a.position ?? 0) - (b.position ?? 0) ||
    (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
