import { join } from "node:path";
import { decodeMappings, type Segment } from "./mappings.ts";

/** A place in a cell's source, counted from 1. */
export interface SourcePlace {
  readonly line: number;
  readonly column: number;
}

/** A cell as the kernel runs it. */
export type Transpiled =
  | { readonly isValid: true; readonly toSource: (line: number, column: number) => SourcePlace }
  | ({ readonly isValid: false; readonly message: string } & Partial<SourcePlace>);

/**
 * The kernel prints a cell anew before it runs it, and its stacks count in that
 * text. This transpiles the cell in the same way and gives the map back to its
 * source. Costs a process (about 40 ms), so it is only asked for when a cell failed.
 */
export async function transpileCell(source: string): Promise<Transpiled> {
  const dir = await Deno.makeTempDir({ prefix: "feira-cell-" });
  try {
    // Verbatim, as in the kernel: an import that only later cells use keeps its line.
    const config = { compilerOptions: { verbatimModuleSyntax: true } };
    await Deno.writeTextFile(join(dir, "deno.json"), JSON.stringify(config));
    await Deno.writeTextFile(join(dir, "cell.ts"), source + "\n");
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["transpile", "--source-map", "separate", "-o", "cell.js", "cell.ts"],
      cwd: dir,
      env: { NO_COLOR: "1" },
      stdout: "null",
      stderr: "piped",
    }).output();
    if (!success) return toSyntaxError(new TextDecoder().decode(stderr));
    const map = JSON.parse(await Deno.readTextFile(join(dir, "cell.js.map")));
    return { isValid: true, toSource: toLookup(decodeMappings(map.mappings)) };
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

function toSyntaxError(stderr: string): Transpiled {
  const place = stderr.match(/cell\.ts:(\d+):(\d+)/);
  const message = stderr.match(
    /error: (?:The module's source code could not be parsed: )?(?:SyntaxError: )?(.+?)(?: at file:.*)?$/m,
  );
  return {
    isValid: false,
    message: message?.[1] ?? stderr.trim(),
    ...(place ? { line: Number(place[1]), column: Number(place[2]) } : {}),
  };
}

/** What the kernel puts before the first line of a cell. */
const FIRST_LINE_OFFSET = '"use strict"; void 0;'.length;

function toLookup(lines: readonly (readonly Segment[])[]) {
  return (line: number, column: number): SourcePlace => {
    const wanted = column - 1 - (line === 1 ? FIRST_LINE_OFFSET : 0);
    for (let i = Math.min(line, lines.length) - 1; i >= 0; i--) {
      const segments = lines[i]!;
      const segment = i === line - 1
        ? segments.findLast((s) => s.column <= wanted) ?? segments[0]
        : segments.at(-1);
      if (segment) return { line: segment.line + 1, column: segment.sourceColumn + 1 };
    }
    return { line: 1, column: 1 };
  };
}
