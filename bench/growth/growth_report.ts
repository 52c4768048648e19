import type { BenchLine, BenchReport } from "../shared/bench.ts";
import { formatFigure, type Table } from "../shared/format_table.ts";
import { fitExponent } from "./fit_exponent.ts";
import { type SizeFigures, WORKS } from "./measure_size.ts";

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

function toTable({ by, title, heads, at, measured }: Axis): Table {
  const works = WORKS.filter(({ name }) => measured[0]?.[name]);
  return {
    head: [`by ${by}, ${title}`, ...heads.map((each) => `${each} s`), "exponent"].concat(
      heads.map((each) => `${each} MB`),
    ),
    rows: works.map(({ name, label }) => [
      label,
      ...measured.map((figures) => formatFigure(figures[name]!.seconds)),
      fitExponent(at, measured.map((figures) => figures[name]!.seconds)).toFixed(2),
      ...measured.map((figures) => formatFigure(figures[name]!.mb)),
    ]),
  };
}

function toLines({ by, at, measured }: Axis): BenchLine[] {
  return WORKS.filter(({ name }) => measured[0]?.[name]).map(({ name }) => ({
    name: `growth_${name}`,
    by,
    at,
    seconds: measured.map((figures) => figures[name]!.seconds),
    mb: measured.map((figures) => figures[name]!.mb),
    exponent: fitExponent(at, measured.map((figures) => figures[name]!.seconds)),
  }));
}
