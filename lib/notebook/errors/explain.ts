import { type FailureKind } from "feira/workspace";
import type { CellFailure, ErrorCause } from "../cell_error.ts";
import type { ExecutionError } from "../execution.ts";
import type { ErrorDetails } from "../jupyter/inside/errors.ts";
import { fromFileUrl, relativeTo } from "../_paths.ts";
import { shorten } from "./shorten.ts";
import { type SourcePlace, transpileCell, type Transpiled } from "./transpile.ts";

/** Which cell it is that failed. */
export interface CellPlace {
  readonly notebook: string;
  readonly cell: number;
  readonly position: number;
  readonly title: string;
  readonly source: string;
  /** Paths in stacks are told from here. */
  readonly dir: string;
  /** What stacks call the cell; default: `<anonymous>`. */
  readonly name?: string;
  /** The other cells, by what stacks call them. */
  readonly named?: (name: string) => Pick<CellPlace, "cell" | "source"> | undefined;
}

const KINDS: readonly string[] = ["usage", "environment", "data"] satisfies FailureKind[];
const KEPT = { lines: Infinity, characters: 100_000 };

/** Finds out where in its source a cell failed, and why where the kernel does not say. */
export async function explainFailure(
  error: ExecutionError,
  place: CellPlace,
): Promise<CellFailure> {
  const { notebook, cell, position, title, source } = place;
  const base = { notebook, cell, position, title, kind: "failed" as const, causes: [] };
  const lineText = (line?: number) => line === undefined ? undefined : source.split("\n")[line - 1];
  const transpiled = await transpileCell(source);
  if (!transpiled.isValid) {
    const { line, column, message } = transpiled;
    const failure = { errorName: "SyntaxError", reason: message, frames: [] };
    return { ...base, ...failure, line, column, lineText: lineText(line) };
  }
  const { details } = error;
  const tracer = new Tracer(place, transpiled);
  const { frames, at } = await tracer.trace(details?.stack.split("\n") ?? error.traceback);
  const kind = KINDS.includes(details?.kind ?? "") ? details!.kind as FailureKind : "failed";
  return {
    ...base,
    kind,
    errorName: error.name,
    reason: shorten(toReason(error), KEPT),
    frames,
    ...at,
    lineText: lineText(at?.line),
    causes: details ? await tracer.causesOf(details) : [],
  };
}

/** The kernel's words, or ours where it has none worth telling. */
function toReason({ name, message, traceback, details }: ExecutionError): string {
  if (traceback.length > 0 || details) return message;
  // It gives what it could not run or read one text as name and message.
  if (name === message) {
    return `Cannot go on: the kernel says "${message}" about the cell's code or its result`;
  }
  if (name === "Error") return `Cannot go on: the cell threw ${message}, must be an Error`;
  return message;
}

const FRAME =
  /^\s+at (?:async )?(?:(.+?) \()?(<anonymous>|cell-\d+|[a-z]+:[^()]*?):(\d+):(\d+)\)?$/;

/** Brings the stacks of one failure back to cells and files; each cell is transpiled once. */
class Tracer {
  readonly #place: CellPlace;
  readonly #cells = new Map<string, { cell: number; transpiled: Promise<Transpiled> }>();

  constructor(place: CellPlace, transpiled: Transpiled) {
    this.#place = place;
    const own = { cell: place.cell, transpiled: Promise.resolve(transpiled) };
    this.#cells.set("<anonymous>", own);
    if (place.name !== undefined) this.#cells.set(place.name, own);
  }

  /** The frames that are not the runtime's own, and the innermost place in the failed cell. */
  async trace(stack: readonly string[]): Promise<{ frames: string[]; at?: SourcePlace }> {
    const { dir, notebook, name: ownName } = this.#place;
    const frames: string[] = [];
    let at: SourcePlace | undefined;
    for (const text of stack) {
      const [, name, file = "", row = "1", column = "1"] = text.match(FRAME) ?? [];
      if (file === "" || /^(ext|node|checkin):/.test(file)) continue;
      let where = file.startsWith("file:") ? relativeTo(dir, fromFileUrl(file)) : file;
      where += `:${row}`;
      const known = this.#cellOf(file);
      if (known !== undefined) {
        const transpiled = await known.transpiled;
        if (!transpiled.isValid) continue;
        const source = transpiled.toSource(Number(row), Number(column));
        if (file === ownName || file === "<anonymous>") at ??= source;
        where = `${notebook}, cell ${known.cell}, line ${source.line}`;
      }
      frames.push(name ? `${name} (${where})` : where);
    }
    return { frames: countRepeats(frames), ...(at ? { at } : {}) };
  }

  /** The causes and the gathered errors, each after what it belongs to. */
  async causesOf({ cause, errors = [] }: ErrorDetails): Promise<ErrorCause[]> {
    const found: (readonly [label: string, details: ErrorDetails])[] = [
      ...errors.map((error, i) => [`error ${i + 1} of ${errors.length}`, error] as const),
      ...(cause ? [["caused by", cause] as const] : []),
    ];
    const causes: ErrorCause[] = [];
    for (const [label, details] of found) {
      const { frames } = await this.trace(details.stack.split("\n"));
      const reason = shorten(details.message, KEPT);
      causes.push({ label, errorName: details.name, reason, frames });
      causes.push(...await this.causesOf(details));
    }
    return causes;
  }

  #cellOf(name: string) {
    const known = this.#cells.get(name);
    if (known !== undefined) return known;
    const other = this.#place.named?.(name);
    if (other === undefined) return undefined;
    const added = { cell: other.cell, transpiled: transpileCell(other.source) };
    this.#cells.set(name, added);
    return added;
  }
}

/** A function that calls itself is told once, with how often. */
function countRepeats(frames: readonly string[]): string[] {
  const counted: { frame: string; times: number }[] = [];
  for (const frame of frames) {
    const last = counted.at(-1);
    if (last?.frame === frame) last.times++;
    else counted.push({ frame, times: 1 });
  }
  return counted.map(({ frame, times }) => times === 1 ? frame : `${frame}, ${times} times`);
}
