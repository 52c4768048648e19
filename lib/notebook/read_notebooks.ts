import { basename, join, resolve } from "node:path";
import { parse as parseYaml } from "yaml";
import { FeiraError } from "feira/workspace";
import { type Cell, type FrontMatter, type Notebook, type Output, tagsOf } from "./notebook.ts";
import { NotebookError } from "./notebook_error.ts";
import { parseParameters } from "./parameters.ts";

/**
 * Reads all notebooks of a folder, by file name.
 *
 * @throws {NotebookError} for the first file that is not a valid notebook.
 * @throws {FeiraError} `environment` when there is no such folder.
 */
export async function readNotebooks(dir: string): Promise<Notebook[]> {
  const paths = await listNotebooks(dir);
  return Promise.all(paths.map(readNotebook));
}

/** The paths of all notebooks of a folder, by file name. */
export async function listNotebooks(dir: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const entry of Deno.readDir(dir)) {
      if (entry.isFile && entry.name.endsWith(".ipynb")) names.push(entry.name);
    }
  } catch (cause) {
    throw new FeiraError(
      "environment",
      `Cannot list notebooks: ${(cause as Error).message}, must be a folder`,
      { cause },
    );
  }
  return names.sort().map((name) => join(dir, name));
}

/**
 * Reads one notebook of nbformat 4.5.
 *
 * @throws {NotebookError} naming the file, what it has and what it must have.
 */
export async function readNotebook(path: string): Promise<Notebook> {
  return parseNotebook(await Deno.readTextFile(path), path);
}

/**
 * A notebook from its file's text; see {@linkcode readNotebook}.
 *
 * @example
 * ```ts
 * import { parseNotebook } from "feira/notebook";
 * import assert from "node:assert/strict";
 *
 * const source = "---\ntitle: Ingest\njob: elt\nreads: []\nwrites: [data/raw/]\n---";
 * const cells = [{ cell_type: "raw", id: "a", metadata: {}, source }];
 * const text = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
 * assert.equal(parseNotebook(text, "/w/01_ingest.ipynb").title, "Ingest");
 * ```
 */
export function parseNotebook(text: string, path: string): Notebook {
  const file = basename(path);
  const json = parseJson(text, file);
  if (json.nbformat !== 4) {
    throw new NotebookError(file, `nbformat is ${JSON.stringify(json.nbformat)}, must be 4`);
  }
  if (!Array.isArray(json.cells)) {
    throw new NotebookError(file, "it has no cells, must be an array");
  }
  const cells = json.cells.map((cell, index) => toCell(cell, file, index + 1));
  return {
    ...toFrontMatter(cells[0], file),
    path: resolve(path),
    name: file.replace(/\.ipynb$/, ""),
    cells,
    metadata: isRecord(json.metadata) ? json.metadata : {},
    nbformatMinor: Number(json.nbformat_minor ?? 0),
    parameters: parametersOf(cells, file),
  };
}

function parseJson(text: string, file: string): Record<string, unknown> {
  try {
    const value = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch (error) {
    throw new NotebookError(
      file,
      `it is not JSON (${(error as Error).message}), must be a notebook`,
    );
  }
  throw new NotebookError(file, "it is no JSON object, must be a notebook");
}

function toCell(value: unknown, file: string, position: number): Cell {
  const fail = (problem: string): never => {
    throw new NotebookError(file, problem, { position });
  };
  if (!isRecord(value)) return fail("it is no object, must be a cell");
  const type = value.cell_type;
  if (type !== "raw" && type !== "markdown" && type !== "code") {
    return fail(`cell_type is ${JSON.stringify(type)}, must be raw, markdown or code`);
  }
  const source = maybeText(value.source);
  if (source === undefined) return fail("source is missing, must be text or lines of text");
  const id = value.id ?? `cell-${position}`;
  if (typeof id !== "string" || !/^[\w-]{1,64}$/.test(id)) {
    return fail(`id is ${JSON.stringify(id)}, must be 1 to 64 letters, digits, - or _`);
  }
  return {
    cell_type: type,
    id,
    metadata: isRecord(value.metadata) ? value.metadata : {},
    source,
    ...(isRecord(value.attachments) ? { attachments: value.attachments } : {}),
    ...(type === "code"
      ? {
        outputs: Array.isArray(value.outputs) ? value.outputs.map(toOutput) : [],
        execution_count: typeof value.execution_count === "number" ? value.execution_count : null,
      }
      : {}),
  };
}

function toOutput(output: Record<string, unknown>): Output {
  if (output.output_type === "stream") return { ...output, text: maybeText(output.text) } as Output;
  if (!isRecord(output.data)) return output as Output;
  const data = Object.fromEntries(
    Object.entries(output.data).map(([type, value]) => [
      type,
      /json$/.test(type) ? value : maybeText(value) ?? value,
    ]),
  );
  return { ...output, data } as Output;
}

function toFrontMatter(first: Cell | undefined, file: string): FrontMatter {
  const fail = (problem: string): never => {
    throw new NotebookError(file, problem, { position: 1 });
  };
  const yaml = first?.cell_type === "raw"
    ? first.source.match(/^---[ \t]*\n([\s\S]*?)\n---[ \t]*\n?$/)?.[1]
    : undefined;
  if (yaml === undefined) {
    return fail("front matter is missing, must be a raw cell of YAML between two lines ---");
  }
  let value: unknown;
  try {
    value = parseYaml(yaml);
  } catch (error) {
    return fail(`front matter is not YAML: ${(error as Error).message.split("\n")[0]}`);
  }
  if (!isRecord(value)) return fail("front matter is no mapping, must have title and job");
  const { title, job, reads = [], writes = [], description, audience } = value;
  if (typeof title !== "string" || title.trim() === "") {
    return fail(`title is ${JSON.stringify(title)}, must be a text`);
  }
  if (job !== "elt" && job !== "segmentation") {
    return fail(`job is ${JSON.stringify(job)}, must be elt or segmentation`);
  }
  for (const [name, list] of Object.entries({ reads, writes })) {
    if (
      !Array.isArray(list) || !list.every((item) => typeof item === "string" && /[./]/.test(item))
    ) {
      return fail(
        `${name} is ${JSON.stringify(list)}, must be a list of paths (with a /) or dataset.table`,
      );
    }
  }
  return {
    title,
    job,
    reads: reads as string[],
    writes: writes as string[],
    ...(typeof description === "string" ? { description } : {}),
    ...(typeof audience === "string" ? { audience } : {}),
  };
}

function parametersOf(cells: readonly Cell[], notebook: string) {
  const index = cells.findIndex((c) => c.cell_type === "code" && tagsOf(c).includes("parameters"));
  if (index < 0) return [];
  return parseParameters(cells[index]!.source, { notebook, position: index + 1 });
}

function maybeText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((line) => typeof line === "string")) {
    return value.join("");
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
