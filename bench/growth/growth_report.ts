import type { BenchLine, BenchReport } from "../shared/bench.ts";
import { formatFigure, type Table } from "../shared/format_table.ts";
import { fitExponent } from "./fit_exponent.ts";
import { type SizeFigures, type Work, WORKS } from "./measure_size.ts";

/** Measurements along one axis. */
export interface Axis {
  readonly by: "rows" | "neurons";
  /** What stays the same. */
  readonly title: string;
  readonly at: readonly number[];
  readonly heads: readonly string[];
  /** One for each of `at`. */
  readonly measured: readonly SizeFigures[];
}

/** A table and JSON lines for each axis. */
export function toReport(axes: readonly Axis[], head: readonly string[]): BenchReport {
  return { head, tables: axes.map(toTable), lines: axes.flatMap(toLines) };
}

/** Processor time, since other work on the machine hardly changes it. */
function toTable({ by, title, heads, at, measured }: Axis): Table {
  return {
    head: [
      `by ${by}, ${title}`,
      ...heads.map((each) => `${each} s`),
      "exponent",
      ...heads.map((each) => `${each} MB`),
    ],
    rows: worksOf(measured).map(({ name, label }) => [
      label,
      ...measured.map((figures) => formatFigure(figures[name]?.cpuSeconds)),
      exponentOf(name, at, measured).toFixed(2),
      ...measured.map((figures) => formatFigure(figures[name]?.mb)),
    ]),
  };
}

function toLines({ by, at, measured }: Axis): BenchLine[] {
  return worksOf(measured).map(({ name }) => ({
    name: `growth_${name}`,
    by,
    at,
    cpu_s: measured.map((figures) => figures[name]?.cpuSeconds ?? null),
    seconds: measured.map((figures) => figures[name]?.seconds ?? null),
    mb: measured.map((figures) => figures[name]?.mb ?? null),
    exponent: exponentOf(name, at, measured),
  }));
}

/** The works that were done, at the smallest size at least. */
function worksOf(measured: readonly SizeFigures[]) {
  return WORKS.filter(({ name }) => measured[0]?.[name]);
}

/** Over the sizes at which a work was done. */
function exponentOf(work: Work, at: readonly number[], measured: readonly SizeFigures[]): number {
  const done = [...measured.keys()].filter((i) => measured[i]![work]);
  return fitExponent(
    done.map((i) => at[i]!),
    done.map((i) => measured[i]![work]!.cpuSeconds),
  );
}
