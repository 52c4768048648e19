import { fromFileUrl, relativeTo } from "./_paths.ts";
import type { CellFailure } from "./cell_error.ts";
import type { ExecutionError } from "./execution.ts";
import { transpileCell } from "./_transpile.ts";

/** Which cell it is that failed. */
export interface CellPlace {
  readonly notebook: string;
  readonly cell: number;
  readonly position: number;
  readonly title: string;
  readonly source: string;
  /** Paths in stacks are told from here. */
  readonly dir: string;
}

const FRAME = /^\s+at (?:async )?(?:(.+?) \()?(<anonymous>|[a-z]+:[^()]*?):(\d+):(\d+)\)?$/;

/** Finds out where in its source a cell failed, and why where the kernel does not say. */
export async function explainFailure(
  error: ExecutionError,
  place: CellPlace,
): Promise<CellFailure> {
  const { notebook, cell, position, title, source, dir } = place;
  const base = { notebook, cell, position, title };
  const lineText = (line?: number) => line === undefined ? undefined : source.split("\n")[line - 1];
  const transpiled = await transpileCell(source);
  if (!transpiled.isValid) {
    const { line, message } = transpiled;
    const failure = { errorName: "SyntaxError", reason: message, frames: [] };
    return { ...base, ...failure, line, lineText: lineText(line) };
  }
  const frames: string[] = [];
  let line: number | undefined;
  for (const text of error.traceback) {
    const match = text.match(FRAME);
    if (match === null) continue;
    const [, name, file = "", row = "1", column = "1"] = match;
    if (/^(ext|node|checkin):/.test(file)) continue;
    if (file !== "<anonymous>") {
      const path = file.startsWith("file:") ? relativeTo(dir, fromFileUrl(file)) : file;
      frames.push(`${name ? `${name} (${path}:${row})` : `${path}:${row}`}`);
      continue;
    }
    const sourceLine = transpiled.toSourceLine(Number(row), Number(column));
    line ??= sourceLine;
    const where = `${notebook}, cell ${cell}, line ${sourceLine}`;
    frames.push(name ? `${name} (${where})` : where);
  }
  return {
    ...base,
    errorName: error.name,
    reason: error.message,
    frames,
    line,
    lineText: lineText(line),
  };
}
