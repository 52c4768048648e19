import { CONTRACT, type Finding } from "./_hunt.ts";
import { KINDS } from "./_mutants.ts";

/** A table of models by kinds, each cell `caught/mutants`, and the survivors one a line. */
export function tallyLines(findings: readonly Finding[]): string[] {
  const models = [...new Set(findings.map(({ model }) => model))];
  const cell = (of: readonly Finding[]) => {
    const caught = of.filter(({ caughtBy }) => caughtBy !== undefined).length;
    return of.length === 0 ? "" : `${caught}/${of.length}`;
  };
  const row = (label: string, of: readonly Finding[]) => [
    label,
    ...KINDS.map((kind) => cell(of.filter((finding) => finding.kind === kind))),
    cell(of),
  ];
  const table = [
    ["model", ...KINDS, "all"],
    ...models.map((name) => row(name, findings.filter(({ model }) => model === name))),
    row("all", findings),
  ];
  const widths = table[0]!.map((_, i) => Math.max(...table.map((cells) => cells[i]!.length)));
  const survivors = findings.filter(({ caughtBy }) => caughtBy === undefined);
  const byContract = findings.filter(({ caughtBy }) => caughtBy === CONTRACT).length;
  const percent = findings.length === 0
    ? "0"
    : (100 * (1 - survivors.length / findings.length)).toFixed(1);
  return [
    ...table.map((cells) =>
      cells.map((text, i) => i === 0 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!))
        .join("  ")
    ),
    "",
    `${findings.length - survivors.length} of ${findings.length} mutants caught, ${percent}%; ` +
    `${byContract} of them only by a contract's not_null`,
    ...survivors.map(({ model, kind, what }) => `survived: ${model}: ${kind} ${what}`.trimEnd()),
  ];
}
