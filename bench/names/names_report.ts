import type { BenchReport } from "../shared/bench.ts";
import { formatFigure } from "../shared/format_table.ts";
import { type Stayed, stayed } from "./stayed.ts";
import type { Variant } from "./variant.ts";

/** What the variants say together; the first is what the others are compared with. */
export function toReport(variants: readonly Variant[], head: readonly string[]): BenchReport {
  const [first, ...others] = variants as [Variant, ...Variant[]];
  const segments = stayed(first, others);
  const contradicted = variants.flatMap(({ contradictions }) => contradictions).length;
  const permuted = variants.reduce((sum, variant) => sum + variant.permuted, 0);
  const named = variants.reduce((sum, { groups }) => sum + groups.length, 0);
  const descriptive = variants.flatMap(({ groups }) => groups)
    .filter(({ archetypeId }) => archetypeId === undefined).length;
  const counts = countParts(variants);
  return {
    head: [
      ...head,
      `Names given: ${named}, of them descriptive: ${descriptive}`,
      `Words against a segment's numbers: ${contradicted}`,
      `Names that another order of labels changed: ${permuted}`,
      `Sub-segments: ${counts.map(([k, times]) => `${k} in ${times} runs`).join(", ")}`,
    ],
    tables: [{
      head: ["segment of the first run", "level", "customers", "id", "name", "Jaccard", "least"],
      rows: segments.map((segment) => [
        segment.name,
        String(segment.level),
        String(segment.customers),
        percent(segment.id),
        Number.isNaN(segment.sameName) ? "–" : percent(segment.sameName),
        formatFigure(segment.jaccard),
        formatFigure(segment.leastJaccard),
      ]),
    }, {
      head: ["segment of the first run", "other name", "runs"],
      rows: segments.flatMap(toOtherNames),
    }].filter(({ rows }) => rows.length > 0),
    lines: [
      {
        name: "names",
        runs: others.length,
        named,
        descriptive,
        contradicted,
        permuted,
        parts: Object.fromEntries(counts),
      },
      ...segments.map(({ name, otherNames, ...figures }) => ({
        name: "segment",
        segment: name,
        ...figures,
        otherNames: Object.fromEntries(otherNames),
      })),
    ],
  };
}

/** Number of sub-segments and in how many variants, the most frequent first. */
function countParts(variants: readonly Variant[]): [number, number][] {
  const counts = new Map<number, number>();
  for (const { groups } of variants) {
    const parts = groups.filter(({ level }) => level === 2).length;
    counts.set(parts, (counts.get(parts) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}

function toOtherNames({ name, otherNames }: Stayed): string[][] {
  return [...otherNames].sort(([, a], [, b]) => b - a)
    .map(([other, runs]) => [name, other, String(runs)]);
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))}%`;
}
