import { parse } from "yaml";
import { ReportError } from "./report_error.ts";

/** One output of a code cell; text is joined, data is as the kernel sent it. */
export type ExecutedOutput =
  | { readonly type: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | { readonly type: "data"; readonly data: Readonly<Record<string, unknown>> }
  | {
    readonly type: "error";
    readonly name: string;
    readonly value: string;
    readonly traceback: string;
  };

/** One cell of the file. */
export interface ExecutedCell {
  /** Counted from 1 among all cells. */
  readonly number: number;
  /** The same in every execution; absent in files of nbformat before 4.5. */
  readonly id?: string;
  /** How many code cells there are up to it, without the one that the runner put in. */
  readonly codeNumber: number;
  readonly type: "markdown" | "code" | "raw";
  readonly source: string;
  readonly tags: readonly string[];
  readonly outputs: readonly ExecutedOutput[];
  /** Pictures pasted into a markdown cell: name → media type → base64. */
  readonly attachments: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A notebook as its last execution left it. */
export interface ExecutedNotebook {
  readonly file: string;
  /** The YAML of the first raw cell; empty without one. */
  readonly frontMatter: Readonly<Record<string, unknown>>;
  readonly cells: readonly ExecutedCell[];
}

/**
 * Reads an executed notebook from its JSON. Tolerant where the format is: a
 * source may be one string or many, unknown fields and output types pass.
 * Strict about what a page is made of: nbformat 4, cells with a type and text.
 *
 * @param file names the notebook in errors.
 * @throws {ReportError} when the text is not such a notebook.
 *
 * @example
 * ```ts
 * import { parseExecuted } from "feira/report";
 * import assert from "node:assert/strict";
 *
 * const cells = [{ cell_type: "markdown", source: ["# Hello\n", "world"], metadata: {} }];
 * const notebook = parseExecuted("a.ipynb", JSON.stringify({ nbformat: 4, metadata: {}, cells }));
 * assert.equal(notebook.cells[0]!.source, "# Hello\nworld");
 * ```
 */
export function parseExecuted(file: string, json: string): ExecutedNotebook {
  let notebook: unknown;
  try {
    notebook = JSON.parse(json);
  } catch (cause) {
    throw new ReportError(file, `found ${(cause as Error).message}`, "be JSON", { cause });
  }
  if (!isRecord(notebook) || notebook.nbformat !== 4) {
    const version = isRecord(notebook) ? JSON.stringify(notebook.nbformat) : "no object";
    throw new ReportError(file, `found nbformat ${version}`, "be a notebook of nbformat 4");
  }
  if (!Array.isArray(notebook.cells)) {
    throw new ReportError(file, "found no list of cells", "be a notebook of nbformat 4");
  }
  let codeNumber = 0;
  const cells = notebook.cells.map((json, i) => {
    const cell = toCell(file, json, i + 1);
    if (cell.type === "code" && !cell.tags.includes("injected-parameters")) codeNumber++;
    return { ...cell, codeNumber };
  });
  return { file, frontMatter: readFrontMatter(file, cells[0]), cells };
}

function toCell(file: string, cell: unknown, number: number): Omit<ExecutedCell, "codeNumber"> {
  const type = isRecord(cell) ? cell.cell_type : undefined;
  if (!isRecord(cell) || (type !== "markdown" && type !== "code" && type !== "raw")) {
    throw new ReportError(
      file,
      `found cell type ${JSON.stringify(type)} at cell ${number}`,
      "be markdown, code or raw",
    );
  }
  const source = joinText(cell.source);
  if (source === undefined) {
    throw new ReportError(file, `found no source at cell ${number}`, "be text");
  }
  const metadata = isRecord(cell.metadata) ? cell.metadata : {};
  const tags = Array.isArray(metadata.tags) ? metadata.tags.filter((tag) => isText(tag)) : [];
  const outputs = Array.isArray(cell.outputs) ? cell.outputs.flatMap(toOutput) : [];
  const attachments: Record<string, Record<string, unknown>> = {};
  for (const [name, bundle] of Object.entries(isRecord(cell.attachments) ? cell.attachments : {})) {
    if (isRecord(bundle)) attachments[name] = bundle;
  }
  const id = isText(cell.id) ? { id: cell.id } : {};
  return { number, ...id, type, source, tags, outputs: mergeStreams(outputs), attachments };
}

/** Output types of later formats are passed over: the format asks readers to. */
function toOutput(output: unknown): ExecutedOutput[] {
  if (!isRecord(output)) return [];
  switch (output.output_type) {
    case "stream":
      return [{
        type: "stream",
        name: output.name === "stderr" ? "stderr" : "stdout",
        text: joinText(output.text) ?? "",
      }];
    case "display_data":
    case "execute_result":
      return isRecord(output.data) ? [{ type: "data", data: output.data }] : [];
    case "error":
      return [{
        type: "error",
        name: joinText(output.ename) ?? "Error",
        value: joinText(output.evalue) ?? "",
        traceback: Array.isArray(output.traceback)
          ? output.traceback.filter(isText).join("\n")
          : joinText(output.traceback) ?? "",
      }];
    default:
      return [];
  }
}

/** Neighbouring chunks of one stream are one text; kernels cut it anywhere. */
function mergeStreams(outputs: ExecutedOutput[]): ExecutedOutput[] {
  const merged: ExecutedOutput[] = [];
  for (const output of outputs) {
    const last = merged.at(-1);
    if (output.type === "stream" && last?.type === "stream" && last.name === output.name) {
      merged[merged.length - 1] = { ...last, text: last.text + output.text };
    } else merged.push(output);
  }
  return merged;
}

function readFrontMatter(file: string, cell: ExecutedCell | undefined): Record<string, unknown> {
  const yaml = cell?.type === "raw" && /^---\n([\s\S]*?)\n---\s*$/.exec(cell.source.trim())?.[1];
  if (!yaml) return {};
  try {
    const matter: unknown = parse(yaml);
    return isRecord(matter) ? matter : {};
  } catch (cause) {
    const found = `found ${(cause as Error).message.split("\n")[0]} at cell 1`;
    throw new ReportError(file, found, "be YAML front matter", { cause });
  }
}

/** nbformat's multiline string: one text or a list of them. */
export function joinText(value: unknown): string | undefined {
  if (isText(value)) return value;
  return Array.isArray(value) && value.every(isText) ? value.join("") : undefined;
}

/** Whether a value is an object with keys. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
