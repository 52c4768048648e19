import { COLOURS, escapeXml, textWidth, toSvg } from "./_svg.ts";
import type { SchemaManifest } from "./star_schema.ts";

/** What lies outside dbt, before or after it. */
export interface LineageEnds {
  /** The file that each raw table is loaded from. */
  readonly files: Readonly<Record<string, string>>;
  /** The model that all this leads to. */
  readonly model: string;
  /** What becomes of it, step by step; those of one step stand one below the other. */
  readonly steps: readonly (readonly string[])[];
}

interface Place {
  readonly name: string;
  readonly column: number;
  readonly parents: readonly string[];
}

const WIDTH = 900;
const MARGIN = 16;
const TOP = 52;
const BOX = 46;
const GAP = 12;
const SIZE = 11;
const LINE = 13;
/** Columns by what stands in them; a model stands at least in its layer's. */
const LAYERS = ["files", "staging", "intermediate", "marts", "features"];

/**
 * The way from the source files to what is published in the end: the files, all
 * models that the named model is made from, the model, and what becomes of it.
 * 900 pixels wide, in the reader's light or dark scheme.
 *
 * @returns a self-contained SVG; the same manifest gives the same text.
 */
export function lineageDiagram(
  { nodes, sources }: SchemaManifest,
  { files, model, steps }: LineageEnds,
): string {
  const all = new Map(
    Object.values({ ...nodes, ...sources }).map((node) => [node.unique_id, node]),
  );
  const goal = [...all.values()].find(({ name, resource_type }) =>
    name === model && resource_type === "model"
  );
  if (goal === undefined) throw new TypeError(`Cannot draw: found no model ${model}`);
  const places = new Map<string, Place>();
  const visit = (id: string): Place | undefined => {
    const node = all.get(id)!;
    if (places.has(node.name)) return places.get(node.name);
    if (node.resource_type === "source") {
      const place = { name: files[node.name] ?? node.name, column: 0, parents: [] };
      places.set(place.name, place);
      return place;
    }
    if (node.resource_type !== "model") return undefined;
    const parents = (node.depends_on?.nodes ?? []).flatMap((parent) => visit(parent) ?? []);
    const layer = node === goal ? 4 : Math.max(1, LAYERS.indexOf(node.fqn[1]!));
    const column = Math.max(layer, ...parents.map((parent) => parent.column + 1));
    const place = { name: node.name, column, parents: parents.map(({ name }) => name) };
    places.set(node.name, place);
    return place;
  };
  visit(goal.unique_id);
  steps.forEach((names, i) => {
    const before = i === 0 ? [model] : steps[i - 1]!;
    for (const name of names) {
      places.set(name, { name, column: places.get(model)!.column + 1 + i, parents: before });
    }
  });
  return draw([...places.values()], steps.length);
}

function draw(places: readonly Place[], countSteps: number): string {
  const numbers = [...new Set(places.map(({ column }) => column))].sort((a, b) => a - b);
  const last = numbers.at(-1)!;
  const columns = numbers.map((number) => places.filter(({ column }) => column === number));
  const count = columns.length;
  const widths = columns.map((column) =>
    Math.ceil(
      14 +
        Math.max(...column.flatMap(({ name }) => split(name).map((part) => textWidth(part, SIZE)))),
    )
  );
  const between = (WIDTH - 2 * MARGIN - widths.reduce((a, b) => a + b)) / (count - 1);
  const tallest = Math.max(...columns.map(({ length }) => length));
  const height = TOP + tallest * (BOX + GAP) + 12;
  const spots = new Map<string, { x: number; y: number; width: number }>();
  let x = MARGIN;
  columns.forEach((column, i) => {
    const pitch = (height - TOP - 12) / column.length;
    // Below each other in the order of what they come from, so that few lines cross.
    const place = ({ parents }: Place) =>
      parents.reduce((sum, name) => sum + spots.get(name)!.y, 0) / Math.max(1, parents.length);
    [...column].sort((a, b) => place(a) - place(b) || (a.name < b.name ? -1 : 1)).forEach(
      ({ name }, row) => {
        spots.set(name, { x, y: TOP + pitch * (row + 0.5) - BOX / 2, width: widths[i]! });
      },
    );
    x += widths[i]! + between;
  });
  const lines = places.flatMap(({ name, parents }) =>
    parents.map((parent) => {
      const [a, b] = [spots.get(parent)!, spots.get(name)!];
      const [x1, y1, x2, y2] = [a.x + a.width, a.y + BOX / 2, b.x, b.y + BOX / 2];
      const bend = (x2 - x1) / 2;
      const colour = places.findIndex((place) => place.name === parent) % COLOURS;
      const points = [x1, y1, x1 + bend, y1, x2 - bend, y2, x2, y2].map(round);
      return `<path class="line c${colour}" d="M${points.slice(0, 2).join(" ")}C${
        points.slice(2).join(" ")
      }"/>`;
    })
  );
  const boxes = places.map(({ name, column }) => {
    const { x, y, width } = spots.get(name)!;
    const parts = split(name);
    const kind = column === 0 || column > last - countSteps ? "guest" : "box";
    const first = y + BOX / 2 + 4 - (parts.length - 1) * LINE / 2;
    return `<rect class="${kind}" x="${round(x)}" y="${
      round(y)
    }" width="${width}" height="${BOX}" rx="4"/>` +
      parts.map((part, i) =>
        `<text x="${round(x + 7)}" y="${round(first + LINE * i)}" font-size="${SIZE}">${
          escapeXml(part)
        }</text>`
      ).join("");
  });
  const headings = columns.map((column, i) => {
    const { x } = spots.get(column[0]!.name)!;
    const text = LAYERS[numbers[i]!] ?? (numbers[i] === last ? "segments" : "model");
    return `<text class="title" x="${round(x)}" y="30" font-size="13">${text}</text>`;
  });
  return toSvg([...lines, ...boxes, ...headings], {
    width: WIDTH,
    height,
    title: "From the source files to the segments",
    description: places.flatMap(({ name, parents }) =>
      parents.map((parent) => `${parent} goes into ${name}`)
    ).join("; "),
  });
}

/** A long name in lines of at most 14 characters, broken at underscores and blanks. */
function split(name: string): string[] {
  const lines = [""];
  for (const part of name.split(/(?<=_(?!_)|\s)/)) {
    if (lines.at(-1) !== "" && (lines.at(-1) + part).length > 14) lines.push("");
    lines[lines.length - 1] += part;
  }
  return lines.map((line) => line.trimEnd());
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
