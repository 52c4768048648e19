import { maybeFirstOtherLine } from "./_compare_text.ts";
import { compareTables } from "./_compare_table.ts";
import { compareValues, type ValueDifference } from "./_compare_values.ts";
import type { Difference } from "./difference.ts";
import { DEFAULT_TOLERANCE, type Tolerance } from "./tolerance.ts";
import type { CellDigest, Comparison, NotebookDigest, OutputDigest } from "./types.ts";

/**
 * Coordinates keep two decimals, so one that is on the border of two falls to
 * either side; a mean of many then moves by less than this, px.
 */
const GEOMETRY_PX = 0.005;

/** A cause shows in many values; of each output so many are told. */
const MOST = 5;

/** Half a step of one channel in one of ten pixels, of 255. */
const CHANNEL = 0.05;

/**
 * What a notebook shows otherwise than it did. Cells are found by their ids;
 * how a cell is compared is what the found one says.
 *
 * @param stored undefined when nothing was kept of this notebook.
 */
export function compareDigests(
  stored: NotebookDigest | undefined,
  found: NotebookDigest,
): Difference[] {
  const { notebook } = found;
  if (stored === undefined) return [{ notebook, remark: "nothing is stored of it" }];
  const before = new Map(stored.cells.map((cell) => [cell.id, cell]));
  const now = new Set(found.cells.map(({ id }) => id));
  const gone = stored.cells.filter(({ id }) => !now.has(id)).map((cell) => ({
    ...placeOf(notebook, cell),
    remark: cell.ignored ? "is no longer there" : "shows nothing any more",
    stored: cell.outputs.map(nameOf).join("; "),
  }));
  return [
    ...gone,
    ...found.cells.flatMap((cell) => compareCells(before.get(cell.id), cell, notebook)),
  ];
}

function compareCells(
  stored: CellDigest | undefined,
  found: CellDigest,
  notebook: string,
): Difference[] {
  const place = placeOf(notebook, found);
  if (stored === undefined || stored.ignored !== found.ignored) {
    const remark = stored === undefined ? "nothing is stored of it" : "is ignored or is no longer";
    return [{ ...place, remark, found: found.outputs.map(nameOf).join("; ") }];
  }
  const names = (cell: CellDigest) => cell.outputs.map(({ kind }) => kind).join(", ");
  if (names(stored) !== names(found)) {
    const shown = (cell: CellDigest) => cell.outputs.map(nameOf).join("; ");
    return [{ ...place, where: "outputs", stored: shown(stored), found: shown(found) }];
  }
  return found.outputs.flatMap((output, i) => {
    const name = nameOf(stored.outputs[i]!);
    const all = compareOutputs(stored.outputs[i]!, output, found.compare);
    const told = all.slice(0, MOST).map(({ path, ...values }) => ({
      ...place,
      where: `${name}${path === "" ? "" : `, ${path}`}`,
      ...values,
    }));
    const left = all.length - told.length;
    return left > 0
      ? [...told, { ...place, where: name, remark: `${left} more differences` }]
      : told;
  });
}

function compareOutputs(
  stored: OutputDigest,
  found: OutputDigest,
  compare: Comparison = {},
): ValueDifference[] {
  const { relative = DEFAULT_TOLERANCE.relative, absolute = DEFAULT_TOLERANCE.absolute } = compare;
  const tolerance: Tolerance = { relative, absolute };
  if (stored.kind === "table" && found.kind === "table") {
    return compareTables(stored, found, { tolerance, compare });
  }
  if (stored.kind === "stream" && found.kind === "stream" && stored.name === found.name) {
    return compareTexts(stored.text, found.text, tolerance);
  }
  if (stored.kind === "text" && found.kind === "text" && stored.type === found.type) {
    return compareTexts(stored.text, found.text, tolerance);
  }
  if (stored.kind === "figure" && found.kind === "figure") {
    const { geometry, images, ...rest } = stored;
    const { geometry: otherGeometry, images: otherImages, ...otherRest } = found;
    return [
      ...compareValues(rest, otherRest, tolerance),
      ...compareValues({ geometry }, { geometry: otherGeometry }, {
        relative,
        absolute: Math.max(absolute, GEOMETRY_PX),
      }),
      ...compareValues({ images }, { images: otherImages }, {
        relative,
        absolute: Math.max(absolute, CHANNEL),
      }),
    ];
  }
  if (stored.kind === "image" && found.kind === "image") {
    const allowed = { relative, absolute: Math.max(absolute, CHANNEL) };
    return compareValues(stored.pixels, found.pixels, allowed);
  }
  if (stored.kind === "facts" && found.kind === "facts") {
    // Told by its label, a key figure is found wherever it stands.
    const facts = (output: typeof stored) => ({
      title: output.title,
      ...Object.fromEntries(output.facts.map(([label, ...shown]) => [label, shown.join("; ")])),
    });
    return compareValues(facts(stored), facts(found), tolerance);
  }
  return compareValues(stored, found, tolerance);
}

function compareTexts(stored: string, found: string, tolerance: Tolerance): ValueDifference[] {
  const other = maybeFirstOtherLine(stored, found, tolerance);
  if (other === undefined) return [];
  return [{ path: `line ${other.line}`, stored: other.stored, found: other.found }];
}

function placeOf(notebook: string, { cell, title }: CellDigest) {
  return { notebook, cell, title };
}

/** An output as a reader would point at it. */
function nameOf(output: OutputDigest): string {
  if (output.kind === "stream") return output.name;
  if (output.kind === "error") return `error ${output.name}`;
  if ("title" in output) {
    return output.title === "" ? output.kind : `${output.kind} "${output.title}"`;
  }
  return output.type;
}
