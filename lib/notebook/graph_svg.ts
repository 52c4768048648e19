import { type Spot, toLayers } from "./drawing/layers.ts";

/** What is drawn of a notebook. */
export interface DrawnNotebook {
  readonly name: string;
  readonly title: string;
  /** Names of the notebooks that write what this one reads. */
  readonly upstream: readonly string[];
  readonly state: "fresh" | "stale";
  /** Why it is stale, `""` when it is fresh. */
  readonly why: string;
  /** Its last successful run. */
  readonly last?: { readonly started: string; readonly seconds: number } | null | undefined;
}

const [SIZE, SMALL] = [12, 10.5];
/** Width of a character of the font, as a share of its size. */
const CHARACTER = 0.602;
const [PADDING, HEIGHT, GAP, BETWEEN, MARGIN] = [9, 40, 10, 28, 6];

/** The drawing's rules. Each names the drawing's own class, so that in a page it touches nothing else. */
export const GRAPH_STYLE = `
.feira-graph text { font: ${SIZE}px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #1f2328 }
.feira-graph text.small { font-size: ${SMALL}px; fill: #59636e }
.feira-graph rect { fill: #ffffff; stroke: #1a7f37; stroke-width: 1.4 }
.feira-graph .stale rect { stroke: #bc4c00; stroke-dasharray: 5 3 }
.feira-graph path { fill: none; stroke: #8c959f; stroke-width: 1.4 }
@media (prefers-color-scheme: dark) {
.feira-graph text { fill: #e6edf3 } .feira-graph text.small { fill: #9da7b3 }
.feira-graph rect { fill: #161b22; stroke: #3fb950 } .feira-graph .stale rect { stroke: #f0883e }
.feira-graph path { stroke: #6e7681 }
}`;

/**
 * Draws notebooks and what they need of each other, from the top to the bottom: a
 * box for each with its state and the seconds of its last run, dashed where it is
 * stale; title and reason show when it is pointed at. Edges that others imply are
 * left out. In the reader's light or dark scheme, on no ground of its own.
 *
 * @param notebooks in the order of a run.
 * @param options `style: false` leaves out {@linkcode GRAPH_STYLE}, for a page that has it.
 * @returns a self-contained SVG; the same notebooks give the same text.
 */
export function graphSvg(
  notebooks: readonly DrawnNotebook[],
  { style = true }: { readonly style?: boolean } = {},
): string {
  const byName = new Map(notebooks.map((notebook) => [notebook.name, notebook]));
  const layers = toLayers(notebooks);
  const widthOf = ({ name }: Spot) => name === undefined ? 0 : boxWidth(byName.get(name)!);
  const widths = layers.map((layer) =>
    layer.reduce((sum, spot) => sum + widthOf(spot), GAP * (layer.length - 1))
  );
  const width = Math.max(0, ...widths) + 2 * MARGIN;
  const height = layers.length * (HEIGHT + BETWEEN) - BETWEEN + 2 * MARGIN;
  const centers = new Map<Spot, number>();
  layers.forEach((layer, depth) => {
    // Below the middle of what leads to it, as far as it stays within the drawing.
    const above = layer.flatMap(({ parents }) => parents.map((parent) => centers.get(parent)!));
    const middle = above.length === 0 ? width / 2 : above.reduce((a, b) => a + b) / above.length;
    const wanted = middle - widths[depth]! / 2;
    let left = Math.max(MARGIN, Math.min(wanted, width - MARGIN - widths[depth]!));
    for (const spot of layer) {
      centers.set(spot, left + widthOf(spot) / 2);
      left += widthOf(spot) + GAP;
    }
  });
  const lines: string[] = [];
  const boxes: string[] = [];
  layers.forEach((layer, depth) => {
    const top = MARGIN + depth * (HEIGHT + BETWEEN);
    for (const spot of layer) {
      const x = centers.get(spot)!;
      for (const parent of spot.parents) lines.push(drawEdge(centers.get(parent)!, x, top));
      if (spot.name === undefined) lines.push(`<path d="M${round(x)} ${top}v${HEIGHT}"/>`);
      else boxes.push(drawBox(byName.get(spot.name)!, x, top));
    }
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="feira-graph" viewBox="0 0 ${
      round(width)
    } ${height}" width="${round(width)}" height="${height}" role="img" aria-label="${
      escapeXml(describe(notebooks))
    }">`,
    ...(style ? [`<style>${GRAPH_STYLE}\n</style>`] : []),
    ...lines,
    ...boxes,
    "</svg>\n",
  ].join("\n");
}

function boxWidth(notebook: DrawnNotebook): number {
  const texts = [notebook.name.length * SIZE, stateOf(notebook).length * SMALL];
  return Math.ceil(CHARACTER * Math.max(...texts)) + 2 * PADDING;
}

function stateOf({ state, last }: DrawnNotebook): string {
  return last ? `${state} · ${last.seconds.toFixed(1)} s` : state;
}

function drawBox(notebook: DrawnNotebook, x: number, top: number): string {
  const width = boxWidth(notebook);
  const { name, title, state, why } = notebook;
  const hint = why === "" ? title : `${title}: ${why}`;
  const text = (content: string, y: number, attribute = "") =>
    `<text${attribute} x="${round(x)}" y="${y}" text-anchor="middle">${escapeXml(content)}</text>`;
  return [
    `<g class="${state}"><title>${escapeXml(hint)}</title>`,
    `<rect x="${round(x - width / 2)}" y="${top}" width="${width}" height="${HEIGHT}" rx="5"/>`,
    text(name, top + 17),
    text(stateOf(notebook), top + 32, ' class="small"'),
    "</g>",
  ].join("");
}

/** From the bottom of the layer above, at `from`, to the top of this one. */
function drawEdge(from: number, to: number, top: number): string {
  const [y, middle] = [top - BETWEEN, top - BETWEEN / 2];
  const [x1, x2] = [round(from), round(to)];
  return `<path d="M${x1} ${y}C${x1} ${middle} ${x2} ${middle} ${x2} ${top}"/>`;
}

/** What the drawing shows, for those who cannot see it. */
function describe(notebooks: readonly DrawnNotebook[]): string {
  const parts = notebooks.map(({ name, upstream, state }) =>
    `${name} is ${state}${upstream.length > 0 ? ` and needs ${upstream.join(", ")}` : ""}`
  );
  return `The notebooks. ${parts.join("; ")}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
