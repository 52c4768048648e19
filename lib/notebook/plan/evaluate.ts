import { dirname, join } from "node:path";
import { hashText } from "feira/workspace";
import type { Fingerprints } from "./fingerprints.ts";
import type { GraphNode } from "../graph.ts";
import type { ModuleWalk } from "./modules.ts";
import { type AgeLimit, maybeTooOld } from "./age.ts";
import { type Notebook, tagsOf } from "../notebook.ts";
import { isPath, overlaps, type Resource } from "../resource.ts";
import type { NotebookState } from "./state.ts";

/** What the present is looked at with. */
export interface Senses {
  readonly modules: ModuleWalk;
  readonly fingerprints: Fingerprints;
  readonly executedDir: string;
  /** How old what comes from outside may be; without it as old as it likes. */
  readonly ageLimit?: AgeLimit | undefined;
}

/** What a notebook would be run with now: all of its state but how the run went. */
export type Ingredients = Pick<NotebookState, "cells" | "parameters" | "modules" | "reads">;

/** Where a notebook's executed copy is. */
export function executedPathOf(notebook: Notebook, executedDir: string): string {
  return join(executedDir, `${notebook.name}.ipynb`);
}

/** Takes stock of what a notebook depends on. */
export async function gather(node: GraphNode, senses: Senses): Promise<Ingredients> {
  const code = node.notebook.cells.filter((cell) => cell.cell_type === "code");
  const sources = code.map((cell) => cell.source).join("\n");
  // What a notebook both reads and writes would make it stale by its own run.
  const reads = node.reads.filter((read) => !node.writes.some((write) => overlaps(read, write)));
  return {
    cells: code.map((cell) => hashText(JSON.stringify([cell.source, [...tagsOf(cell)].sort()]))),
    parameters: node.parameters,
    modules: await senses.modules.hashesOf(sources, dirname(node.notebook.path)),
    reads: await fingerprintsOf(reads, senses.fingerprints),
  };
}

/** The fingerprints of these resources, null where there is nothing. */
export async function fingerprintsOf(
  resources: readonly Resource[],
  fingerprints: Fingerprints,
): Promise<Record<string, string | null>> {
  const result: Record<string, string | null> = {};
  for (const resource of resources) result[resource] = await fingerprints.of(resource) ?? null;
  return result;
}

/** Why a notebook must run again, undefined when it need not. */
export async function maybeStale(
  node: GraphNode,
  last: NotebookState | undefined,
  senses: Senses,
): Promise<string | undefined> {
  if (last === undefined) return "never run";
  if (last.failed) return "its last run did not succeed";
  const now = await gather(node, senses);
  return maybeCellChange(last.cells, now.cells) ??
    maybeParameterChange(last.parameters, now.parameters) ??
    maybeModuleChange(last.modules, now.modules) ??
    maybeReadChange(last.reads, now.reads) ??
    await maybeWriteChange(node, last, senses) ??
    maybeTooOld(node, last, senses.ageLimit);
}

function maybeCellChange(last: readonly string[], now: readonly string[]): string | undefined {
  if (last.length !== now.length) return `it has ${now.length} code cells and had ${last.length}`;
  const changed = now.findIndex((hash, index) => hash !== last[index]);
  return changed < 0 ? undefined : `its code cell ${changed + 1} changed`;
}

function maybeParameterChange(
  last: NotebookState["parameters"],
  now: NotebookState["parameters"],
): string | undefined {
  const name = Object.keys(now).find((key) => now[key] !== last[key]);
  if (name === undefined) return undefined;
  return `parameter ${name} changed from ${last[name] || "empty"} to ${now[name] || "empty"}`;
}

function maybeModuleChange(
  last: NotebookState["modules"],
  now: NotebookState["modules"],
): string | undefined {
  for (const key of Object.keys({ ...last, ...now }).sort()) {
    if (last[key] === now[key]) continue;
    const name = key.startsWith("import ") ? `deno.json's ${key}` : key;
    if (last[key] === undefined) return `${name} is new`;
    return now[key] === undefined || now[key] === "missing" ? `${name} is gone` : `${name} changed`;
  }
  return undefined;
}

function maybeReadChange(
  last: NotebookState["reads"],
  now: NotebookState["reads"],
): string | undefined {
  for (const key of Object.keys({ ...now, ...last })) {
    if (last[key] === now[key]) continue;
    if (now[key] === undefined) return `it no longer reads ${key}`;
    if (last[key] === undefined) return `it now reads ${key}`;
    return `${toName(key)} ${now[key] === null ? "is gone" : "changed"}`;
  }
  return undefined;
}

async function maybeWriteChange(
  node: GraphNode,
  last: NotebookState,
  { fingerprints, executedDir }: Senses,
): Promise<string | undefined> {
  for (const key of node.writes) {
    if (!(key in last.writes)) return `it now writes ${key}`;
    const now = await fingerprints.of(key) ?? null;
    if (now === last.writes[key]) continue;
    return `its output ${toName(key)} ${now === null ? "is gone" : "is not as it left it"}`;
  }
  try {
    await Deno.stat(executedPathOf(node.notebook, executedDir));
  } catch {
    return "its executed copy is gone";
  }
  return undefined;
}

function toName(resource: Resource): string {
  return isPath(resource) ? resource : `table ${resource}`;
}
