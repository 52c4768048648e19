import { dirname, join } from "node:path";
import { hashText, writeJsonBeside } from "feira/workspace";
import { checkCells, type Problem } from "./_cell_rules.ts";
import { toCheckModule } from "./_check_module.ts";
import { checkModules } from "./_deno_checks.ts";
import { ModuleWalk } from "./_modules.ts";
import type { Notebook } from "./notebook.ts";
import { NotebookError } from "./notebook_error.ts";
import { listNotebooks, readNotebook } from "./read_notebooks.ts";

/** How to check; only the workspace must be said. */
export interface CheckOptions {
  /** The folder that holds deno.json. */
  readonly root: string;
  /** Remembers the last result, so that an unchanged set is not checked again. */
  readonly cacheFile?: string;
}

/** What a check found. */
export interface CheckResult {
  /** By notebook and place; empty when all is well. */
  readonly problems: readonly Problem[];
  readonly notebooks: number;
  readonly codeCells: number;
  /** Whether it is the remembered result of the same content. */
  readonly isRemembered: boolean;
}

/**
 * Checks notebooks without running them: types and lint of all cells of a
 * notebook as one module, outputs left in the source, cells that are too long,
 * functions in cells, front matter, ids. Each problem is told at its notebook,
 * cell and line.
 *
 * @param source a folder, whose unreadable notebooks become problems, or
 * notebooks as read.
 */
export async function checkNotebooks(
  source: string | readonly Notebook[],
  options: CheckOptions,
): Promise<CheckResult> {
  const { root, cacheFile } = options;
  const { notebooks, problems: unreadable } = await readAll(source);
  const modules = notebooks.map(toCheckModule);
  const key = await keyOf(
    modules.map(({ text, notebook }) => ({ text, path: notebook.path })),
    root,
  );
  const remembered = cacheFile === undefined ? undefined : await maybeRemembered(cacheFile, key);
  const fromDeno = remembered ??
    (modules.length === 0
      ? []
      : await checkModules(modules, { root, dir: join(root, "data/check") }));
  if (cacheFile !== undefined && remembered === undefined) {
    await writeJsonBeside(cacheFile, { key, problems: fromDeno });
  }
  const problems = [...unreadable, ...notebooks.flatMap(checkCells), ...fromDeno];
  return {
    problems: problems.sort(byPlace),
    notebooks: notebooks.length + unreadable.length,
    codeCells: notebooks.flatMap((n) => n.cells).filter((c) => c.cell_type === "code").length,
    isRemembered: remembered !== undefined,
  };
}

/** A problem as one line: `03_load.ipynb, cell 4 ("Load"), line 2: … (TS2322)`. */
export function formatProblem(
  { file, cell, title, position, line, rule, message }: Problem,
): string {
  const where = cell !== undefined
    ? `, cell ${cell}${title ? ` ("${title}")` : ""}`
    : position !== undefined
    ? `, cell at position ${position}`
    : "";
  return `${file}${where}${line === undefined ? "" : `, line ${line}`}: ${message} (${rule})`;
}

async function readAll(source: string | readonly Notebook[]) {
  if (typeof source !== "string") return { notebooks: source, problems: [] };
  const notebooks: Notebook[] = [];
  const problems: Problem[] = [];
  for (const path of await listNotebooks(source)) {
    try {
      notebooks.push(await readNotebook(path));
    } catch (error) {
      if (!(error instanceof NotebookError)) throw error;
      const { notebook: file, position, line } = error;
      problems.push({
        file,
        ...(position === undefined ? {} : { position }),
        ...(line === undefined ? {} : { line }),
        rule: "notebook",
        message: error.message.slice(error.message.indexOf(": ") + 2),
      });
    }
  }
  return { notebooks, problems };
}

/** One hash over all that the result of Deno's tools depends on. */
async function keyOf(
  modules: readonly { text: string; path: string }[],
  root: string,
): Promise<string> {
  const walk = await ModuleWalk.open(root, { withTypes: true });
  const config = await Deno.readTextFile(join(root, "deno.json"));
  const parts: unknown[] = [Deno.version.deno, config];
  for (const { text, path } of modules) {
    parts.push(path, text, await walk.hashesOf(text, dirname(path)));
  }
  return hashText(JSON.stringify(parts));
}

async function maybeRemembered(cacheFile: string, key: string): Promise<Problem[] | undefined> {
  try {
    const cache = JSON.parse(await Deno.readTextFile(cacheFile));
    return cache.key === key ? cache.problems : undefined;
  } catch (error) {
    // Made anew when it is not there or not what was written.
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function byPlace(a: Problem, b: Problem): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : (a.position ?? 0) - (b.position ?? 0) ||
    (a.line ?? 0) - (b.line ?? 0);
}
