import { BRAZIL_TILES } from "./_brazil_tiles.ts";
import { assertSome, toFinite } from "./_check.ts";
import { colorLegend } from "./_color_legend.ts";
import { at, escapeText, label, tag } from "./_markup.ts";
import { colorsOf } from "./_palette.ts";
import { colorRange } from "./_raster.ts";
import type { Row } from "./_table_columns.ts";
import { fitText } from "./_text.ts";
import { type Figure, type FigureOptions, toFigure } from "./figure.ts";
import { formatNumber, type NumberFormat } from "./format_number.ts";
import { inkOn, PLAIN, THEME } from "./theme.ts";

/** What a map of Brazil's states can be told. */
export interface StateMapOptions extends FigureOptions {
  /** The key of the state: its two letters; each must be there once at most. */
  readonly state: string;
  /** The key of the number; null is shown as missing. */
  readonly value: string;
  /** What the number is, with its unit. */
  readonly valueLabel?: string;
  /** The key of the state's name, for who points at it; the two letters without it. */
  readonly name?: string;
  readonly format?: NumberFormat;
  readonly digits?: number;
}

const WHAT = "draw a map of states";
const [SIDE, GAP] = [48, 3];
const STEP = SIDE + GAP;
const [COLUMNS, ROWS] = [7, 8];
const HEAD = 24;

/**
 * Brazil, a square per state with its letters and its number, coloured by it.
 *
 * @param rows one record per state; those that are not there, or null, stay empty
 * @throws {RangeError} when rows are empty, no state has a number, one is not finite, or a state
 *   comes twice or does not exist
 * @throws {TypeError} when a value is neither a number nor null
 *
 * ```ts
 * import { stateMapFigure } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const rows = [{ state: "SP", late: 0.05 }, { state: "AL", late: 0.23 }, { state: "RR", late: null }];
 * const options = { state: "state", value: "late", format: "percent", title: "Late in Alagoas" } as const;
 * assert.match(stateMapFigure(rows, options).alt, /AL 23.0%, SP 5.0%/);
 * ```
 */
export function stateMapFigure(rows: readonly object[], options: StateMapOptions): Figure {
  assertSome(WHAT, "rows", rows.length);
  const { value, valueLabel = value, format = "auto", digits } = options;
  const states = readStates(rows as readonly Row[], options);
  const known = [...states.values()].flatMap(({ value }) => value ?? []);
  assertSome(WHAT, `every ${value} is null: what is left`, known.length);
  const range = colorRange(known);
  const palette = colorsOf("cividis");
  const print = (number: number) => formatNumber(number, { format, digits });
  const body = label(fitText(valueLabel, COLUMNS * STEP, PLAIN), { y: 14, fill: THEME.quietInk }) +
    BRAZIL_TILES.map(({ state, column, row }) => {
      const own = states.get(state);
      const drawn = own?.value === undefined
        ? emptyTile(state)
        : fullTile(state, { ...own, text: print(own.value), color: palette(own.value, range) });
      return at(column * STEP, HEAD + row * STEP, drawn);
    }).join("") +
    colorLegend(range, {
      x: 0,
      y: HEAD + (ROWS - 1) * STEP + 4,
      width: 2.5 * STEP,
      palette: "cividis",
      write: print,
    });
  const sorted = [...states].filter(([, own]) => own.value !== undefined)
    .sort(([, a], [, b]) => b.value! - a.value!);
  const alt = options.alt ?? `Map of Brazil's states, ${valueLabel}: ` +
      sorted.map(([state, own]) => `${state} ${print(own.value!)}`).join(", ");
  const caption = options.caption ??
    "A square per state, about where it lies. Yellow is high, dark blue low" +
      (range.clipped ? "; ≥ marks where the colours end" : "") +
      (known.length < BRAZIL_TILES.length ? "; empty: too few to tell." : ".");
  return toFigure(body, {
    ...options,
    caption,
    alt,
    width: COLUMNS * STEP - GAP,
    height: HEAD + ROWS * STEP - GAP,
  });
}

interface State {
  readonly name: string;
  readonly value: number | undefined;
}

function readStates(
  rows: readonly Row[],
  { state: stateKey, value: valueKey, name: nameKey }: StateMapOptions,
): Map<string, State> {
  const known = new Set(BRAZIL_TILES.map(({ state }) => state));
  const states = new Map<string, State>();
  rows.forEach((row, i) => {
    const state = String(row[stateKey]);
    if (!known.has(state)) {
      throw new RangeError(
        `Cannot ${WHAT}: ${stateKey} of row ${i} is ${JSON.stringify(state)}, must be one of ` +
          [...known].sort().join(", "),
      );
    }
    if (states.has(state)) {
      throw new RangeError(
        `Cannot ${WHAT}: ${stateKey} ${JSON.stringify(state)} comes twice, must be in one row`,
      );
    }
    const value = row[valueKey] ?? undefined;
    states.set(state, {
      name: nameKey === undefined ? state : String(row[nameKey] ?? state),
      value: value === undefined ? undefined : toFinite(WHAT, `${valueKey} of ${state}`, value),
    });
  });
  return states;
}

const MIDDLE = { x: SIDE / 2, "text-anchor": "middle" } as const;

function fullTile(
  state: string,
  { name, text, color }: { name: string; text: string; color: string },
): string {
  const fill = inkOn(color);
  return tag(
    "g",
    {},
    tag("title", {}, escapeText(`${name}: ${text}`)) +
      tag("rect", { width: SIDE, height: SIDE, fill: color }) +
      label(state, { ...MIDDLE, y: 20, fill, "font-weight": 600 }) +
      label(fitText(text, SIDE - 2, { fontSize: 12 }), {
        ...MIDDLE,
        y: 38,
        fill,
        "font-size": 12,
        "font-variant": "tabular-nums",
      }),
  );
}

function emptyTile(state: string): string {
  return tag("rect", {
    x: 0.5,
    y: 0.5,
    width: SIDE - 1,
    height: SIDE - 1,
    fill: "none",
    stroke: THEME.quiet,
    "stroke-dasharray": "3 3",
  }) + label(state, { ...MIDDLE, y: 20, fill: THEME.quietInk }) +
    label("–", { ...MIDDLE, y: 38, fill: THEME.quietInk });
}
