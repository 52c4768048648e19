import { COLOURS, escapeXml, textWidth, toSvg } from "./_svg.ts";
import type { KeyColumn, StarTable } from "./star_schema.ts";

const WIDTH = 900;
const MARGIN = 44;
const HEAD = 44;
const ROW = 20;
const GAP = 26;
const BOX = { own: 340, target: 290 };
const LANE = 13;

interface Box {
  readonly table: StarTable;
  readonly side: "own" | "target";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Edge {
  readonly from: Box;
  readonly key: KeyColumn;
  readonly to: Box;
}

/**
 * The tables of one mart and those they refer to, with keys, the lines of the
 * foreign keys and their cardinalities: 900 pixels wide, for a README, in the
 * reader's light or dark scheme.
 *
 * @param tables of all marts, as `starSchema` gives them.
 * @returns a self-contained SVG; the same tables give the same text.
 */
export function martDiagram(mart: string, tables: readonly StarTable[]): string {
  const own = tables.filter((table) => table.mart === mart);
  const references = own.flatMap(({ keys }) => keys.filter(({ target }) => target !== undefined));
  // Facts refer to dimensions: what an own table refers to stands on the right, unless a fact.
  const isTarget = ({ name, mart: of }: StarTable) =>
    references.some(({ target }) => target === name) && !(of === mart && name.startsWith("fact_"));
  const left = stack(byKeys(own.filter((table) => !isTarget(table))), "own");
  const wanted = tables.filter(isTarget).map((table) =>
    table.mart === mart ? table : asGuest(table, references)
  );
  const right = stack(byFirstUse(wanted, left), "target");
  const boxes = [...left, ...right];
  const edges = boxes.flatMap((from) =>
    from.table.keys.flatMap((key): Edge[] => {
      const to = boxes.find(({ table }) => table.name === key.target);
      return to === undefined || to === from ? [] : [{ from, key, to }];
    })
  );
  const height = Math.max(...boxes.map((box) => box.y + box.height)) + 44;
  const body = [
    ...drawEdges(edges, { left, right }),
    ...boxes.map((box) => drawBox(box, box.table.mart === mart)),
    drawLegend(height - 18),
  ];
  return toSvg(body, {
    width: WIDTH,
    height,
    title: `The ${mart.replaceAll("_", " ")} mart`,
    description: edges.map(({ from, key, to }) =>
      `${from.table.name}.${key.name} refers to ${to.table.name}`
    ).join("; "),
  });
}

/** Another mart's table shows only the columns by which it is referred to. */
function asGuest(table: StarTable, references: readonly KeyColumn[]): StarTable {
  const referred = references.filter(({ target }) => target === table.name)
    .map(({ targetColumn }) => targetColumn!);
  const keys = [...new Set(referred)].map((name) => ({ name, isPrimary: true, isNullable: false }));
  return { ...table, keys };
}

/** Tables with more foreign keys first, so that the eye meets the fact before its summaries. */
function byKeys(tables: readonly StarTable[]): StarTable[] {
  const count = ({ keys }: StarTable) => keys.filter(({ target }) => target).length;
  return tables.toSorted((a, b) => count(b) - count(a) || (a.name < b.name ? -1 : 1));
}

function byFirstUse(tables: readonly StarTable[], left: readonly Box[]): StarTable[] {
  const uses = left.flatMap(({ table }) => table.keys.map(({ target }) => target));
  const place = ({ name }: StarTable) => {
    const found = uses.flatMap((use, i) => use === name ? [i] : []);
    return found.length === 0 ? uses.length : found.reduce((a, b) => a + b) / found.length;
  };
  return tables.toSorted((a, b) => place(a) - place(b) || (a.name < b.name ? -1 : 1));
}

function stack(tables: readonly StarTable[], side: Box["side"]): Box[] {
  let y = 24;
  return tables.map((table) => {
    const width = BOX[side];
    const height = HEAD + ROW * (table.keys.length + 1) + 6;
    const x = side === "own" ? MARGIN : WIDTH - MARGIN - width;
    const box = { table, side, x, y, width, height };
    y += height + GAP;
    return box;
  });
}

/** The middle of a key's row; of the head where the table has no such key. */
function rowOf({ table, y }: Box, name: string | undefined): number {
  const i = table.keys.findIndex((key) => key.name === name);
  return i < 0 ? y + HEAD / 2 : y + HEAD + ROW * i + ROW / 2 + 3;
}

function drawBox({ table, x, y, width, height }: Box, isOwn: boolean): string {
  const rest = table.countColumns - table.keys.length;
  const titleSize = Math.min(14, 14 * (width - 20) / textWidth(table.name, 14));
  const lines = table.keys.map(({ name, isPrimary, target }, i) => {
    const baseline = y + HEAD + ROW * i + ROW / 2 + 7;
    const role = [...(isPrimary ? ["PK"] : []), ...(target ? ["FK"] : [])].join(" ");
    return `<text x="${x + 10}" y="${baseline}" font-size="13">${escapeXml(name)}</text>` +
      `<text class="soft" x="${
        x + width - 10
      }" y="${baseline}" font-size="11" text-anchor="end">${role}</text>`;
  });
  const last = y + HEAD + ROW * table.keys.length + ROW / 2 + 7;
  return [
    `<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="5"/>`,
    `<rect class="${isOwn ? "head" : "guest"}" x="${x}" y="${y}" width="${width}" height="${
      HEAD - 4
    }" rx="5"/>`,
    `<text class="title" x="${x + 10}" y="${y + 17}" font-size="${titleSize.toFixed(1)}">${
      escapeXml(table.name)
    }</text>`,
    `<text class="soft" x="${x + 10}" y="${y + 33}" font-size="11">${
      escapeXml(shorten(table.grain, Math.floor((width - 20) / textWidth("x", 11))))
    }</text>`,
    ...lines,
    `<text class="soft" x="${x + 10}" y="${last}" font-size="11">and ${rest} other columns</text>`,
  ].join("\n");
}

/** A text of at most so many characters, cut after a whole word. */
function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const clause = /^[^,;(]*/.exec(text)![0].trimEnd();
  if (clause.length <= length - 2) return `${clause} …`;
  const cut = clause.slice(0, length - 1);
  return `${cut.slice(0, cut.lastIndexOf(" "))} …`;
}

/** All edges to one table share a lane; edges within a column go around it outside. */
function drawEdges(
  edges: readonly Edge[],
  { left, right }: { readonly left: readonly Box[]; readonly right: readonly Box[] },
): string[] {
  const targets = [...left, ...right].filter((box) => edges.some(({ to }) => to === box));
  const across = targets.filter(({ side }) => side === "target");
  const gapStart = MARGIN + BOX.own;
  const gap = WIDTH - 2 * MARGIN - BOX.own - BOX.target;
  const first = gapStart + (gap - LANE * (across.length - 1)) / 2;
  const outside = { own: 0, target: 0 };
  const lanes = new Map(targets.flatMap((box): [string, number][] => {
    const number = outside[box.side]++;
    const inner = first + LANE * (across.length - 1 - across.indexOf(box));
    const outer = box.side === "own" ? 28 - 9 * number : WIDTH - 28 + 9 * number;
    return [[`${box.table.name} across`, inner], [`${box.table.name} around`, outer]];
  }));
  return edges.map(({ from, key, to }) => {
    const colour = `c${targets.indexOf(to) % COLOURS}`;
    const isAround = from.side === to.side;
    const lane = lanes.get(`${to.table.name} ${isAround ? "around" : "across"}`)!;
    const startsRight = isAround ? from.side === "target" : true;
    const x1 = startsRight ? from.x + from.width : from.x;
    const x2 = isAround && to.side === "target" ? to.x + to.width : to.x;
    const [y1, y2] = [
      rowOf(from, key.name),
      rowOf(to, to.table.keys.find((k) => k.isPrimary)?.name),
    ];
    const isOne = from.table.keys.filter(({ isPrimary }) => isPrimary).length === 1 &&
      key.isPrimary;
    return `<path class="line ${colour}" d="M${x1} ${y1}H${lane}V${y2}H${x2}"/>` +
      drawEnd({ x: x1, y: y1, away: Math.sign(lane - x1) }, isOne ? "one" : "many") +
      drawEnd({ x: x2, y: y2, away: Math.sign(lane - x2) }, key.isNullable ? "at most one" : "one");
  });
}

/** The mark at a line's end, in the notation of crow's feet. */
function drawEnd(
  { x, y, away }: { readonly x: number; readonly y: number; readonly away: number },
  cardinality: "many" | "one" | "at most one",
): string {
  if (cardinality === "many") {
    return `<path class="mark" fill="none" d="M${x} ${y - 5}L${x + 10 * away} ${y}L${x} ${
      y + 5
    }" style="fill:none"/>`;
  }
  const bar = `<path class="mark" d="M${x + 6 * away} ${y - 5}V${y + 5}"/>`;
  if (cardinality === "one") return bar;
  return `${bar}<circle class="mark" cx="${x + 12 * away}" cy="${y}" r="3.5"/>`;
}

function drawLegend(y: number): string {
  const items: [Parameters<typeof drawEnd>[1], string][] = [
    ["many", "many rows"],
    ["one", "exactly one"],
    ["at most one", "at most one"],
  ];
  const parts = items.map(([cardinality, label], i) => {
    const x = MARGIN + 150 * i;
    return `<path class="line c6" d="M${x} ${y}H${x + 26}"/>` +
      drawEnd({ x: x + 26, y, away: -1 }, cardinality) +
      `<text class="soft" x="${x + 34}" y="${y + 4}" font-size="11">${label}</text>`;
  });
  return parts.join("\n") +
    `<text class="soft" x="${WIDTH - MARGIN}" y="${
      y + 4
    }" font-size="11" text-anchor="end">PK primary key, FK foreign key</text>`;
}
