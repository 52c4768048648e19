import { isClose, type Tolerance } from "./tolerance.ts";

/** Numbers that stand alone or before a unit, with the commas of thousands. */
const NUMBER = /(?<![\w.])[-+−]?\d[\d,]*(?:\.\d+)?(?:[eE][-+]?\d+)?(?=[KMB%]?(?!\w))/gu;

/** Whether two texts are the same but for numbers that are close. */
export function isSameText(stored: string, found: string, tolerance: Tolerance): boolean {
  if (stored === found) return true;
  const [a, b] = [stored, found].map((text) => text.match(NUMBER) ?? []);
  return stored.replace(NUMBER, "#") === found.replace(NUMBER, "#") &&
    a!.every((number, i) => isClose(toNumber(number), toNumber(b![i]!), tolerance));
}

/** The first line in which two texts are not the same, counted from 1; undefined for none. */
export function maybeFirstOtherLine(
  stored: string,
  found: string,
  tolerance: Tolerance,
): { line: number; stored: string; found: string } | undefined {
  const [a, b] = [stored.split("\n"), found.split("\n")];
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [mine, theirs] = [a[i], b[i]];
    if (mine !== undefined && theirs !== undefined && isSameText(mine, theirs, tolerance)) continue;
    return { line: i + 1, stored: mine ?? "(its end)", found: theirs ?? "(its end)" };
  }
  return undefined;
}

function toNumber(text: string): number {
  return Number(text.replaceAll(",", "").replace("−", "-"));
}
