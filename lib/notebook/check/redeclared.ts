import type { Problem } from "../problem.ts";

/** What TypeScript says of a name that is declared twice, at each of its places. */
const CODES = ["TS2451", "TS2300", "TS2393"];

/**
 * A kernel lets a later cell declare a name again, and what the earlier cells
 * made is then gone: in a notebook that is read from top to bottom a name means
 * one thing. TypeScript reports all places of a name alike; here each but the
 * first is told with the place of the first.
 */
export function tellRedeclared(problems: readonly Problem[]): Problem[] {
  const places = Map.groupBy(problems, (problem) => maybeName(problem) ?? problem);
  return [...places.values()].flatMap((group) => {
    const [first, ...later] = group;
    if (later.length === 0) return group;
    return later.map((problem) => {
      const where = first!.cell === problem.cell ? "" : `cell ${first!.cell}, `;
      const message = `\`${maybeName(problem)!.split(" ").at(-1)}\` is declared at ${where}line ${
        first!.line
      } already, must be declared once`;
      return { ...problem, rule: "redeclared", message };
    });
  });
}

/** The notebook and the name that are meant; undefined for all other problems. */
function maybeName({ file, cell, rule, text = "", column = 1 }: Problem): string | undefined {
  if (cell === undefined || !CODES.includes(rule)) return undefined;
  const name = text.slice(column - 1).match(/^[\p{L}\p{N}_$]+/u)?.[0];
  return name && `${file} ${name}`;
}
