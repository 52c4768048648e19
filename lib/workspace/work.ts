import { FeiraError } from "./feira_error.ts";
import type { Workspace } from "./workspace.ts";

/** What a dataset is for; its name is this and the project's. */
export type DatasetKind = keyof Workspace["datasets"];

/**
 * Datasets that a run works on instead of the published ones, on BigQuery: each
 * of these kinds is `<dataset>__work_<id>`.
 */
export interface Work {
  /** Eight hexadecimal digits. */
  readonly id: string;
  readonly kinds: readonly DatasetKind[];
}

const KINDS: readonly DatasetKind[] = ["raw", "staging", "analytics"];

/**
 * The workspace as the work sees it: same folders, its own datasets.
 *
 * @example
 * ```ts
 * import { openWorkspace, toWorkWorkspace } from "feira/workspace";
 * import assert from "node:assert/strict";
 *
 * const work = { id: "1a2b3c4d", kinds: ["raw"] } as const;
 * const { datasets } = toWorkWorkspace(openWorkspace({ project: "demo" }), work);
 * assert.equal(datasets.raw, "raw_demo__work_1a2b3c4d");
 * assert.equal(datasets.staging, "staging_demo");
 * ```
 */
export function toWorkWorkspace(workspace: Workspace, { id, kinds }: Work): Workspace {
  const names = KINDS.map((kind) => [
    kind,
    `${workspace.datasets[kind]}${kinds.includes(kind) ? workSuffix(id) : ""}`,
  ]);
  return { ...workspace, datasets: Object.fromEntries(names) };
}

/** What the names of a work's datasets end with. */
export function workSuffix(id: string): string {
  return `__work_${id}`;
}

/** As `FEIRA_WORK` tells a kernel of it: `1a2b3c4d:staging,analytics`. */
export function toWorkVariable({ id, kinds }: Work): string {
  return `${id}:${kinds.join(",")}`;
}

/** @throws {FeiraError} `usage` when the variable is not as {@linkcode toWorkVariable} makes it. */
export function parseWorkVariable(text: string): Work {
  const [id = "", list = ""] = text.split(":");
  const kinds = list.split(",") as DatasetKind[];
  if (/^[0-9a-f]{8}$/.test(id) && kinds.every((kind) => KINDS.includes(kind))) return { id, kinds };
  throw new FeiraError(
    "usage",
    `Cannot open workspace: FEIRA_WORK is "${text}", must be eight hexadecimal digits, a colon and some of ${
      KINDS.join(", ")
    }`,
  );
}
