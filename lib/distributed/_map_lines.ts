import type { SomMap } from "feira/som";
import { FIELD, ITEM, LINE } from "./_dialect.ts";
import { nearUnits } from "./_near_units.ts";

/** Units along each side of a patch of the map: its members are near each other. */
const PATCH = 8;

/** A map as two parameters of a statement. */
export interface MapLines {
  /** A line per unit: unit, patch, 1 for a patch's middle, segment, gap, reaches, weights. */
  readonly units: string;
  /** A line per unit and level that adds units: unit, level, units. */
  readonly near: string;
  /** How many levels of near units there are. */
  readonly levels: number;
}

/** Places of the fields in a line of `units`. */
export const UNIT_FIELDS = {
  unit: 0,
  patch: 1,
  isMiddle: 2,
  segment: 3,
  gap: 4,
  reaches: 5,
  weights: 6,
} as const;

/** Places of the fields in a line of `near`. */
export const NEAR_FIELDS = { unit: 0, level: 1, units: 2 } as const;

/**
 * A map as texts of numbers, which come back bit for bit: JavaScript writes the
 * shortest text that does. About 1,600 bytes per unit of twelve features; BigQuery
 * takes requests of 10 MB, so some 6,000 units.
 *
 * @param segments `[units]`; 0 for all when absent
 */
export function toMapLines(map: SomMap, segments?: Int32Array): MapLines {
  const { width, height, weights, features } = map;
  const near = nearUnits(map);
  const down = Math.ceil(height / PATCH);
  const isMiddle = (at: number, from: number, cells: number) =>
    at === Math.floor((from + Math.min(cells, from + PATCH)) / 2);
  const units = near.map(({ gap, reaches }, unit) => {
    const [x, y] = [Math.floor(unit / height), unit % height];
    const [px, py] = [Math.floor(x / PATCH), Math.floor(y / PATCH)];
    const isIt = isMiddle(x, px * PATCH, width) && isMiddle(y, py * PATCH, height);
    return [
      ...[unit, px * down + py, Number(isIt), segments?.[unit] ?? 0, gap],
      reaches.join(ITEM),
      weights.subarray(unit * features, (unit + 1) * features).join(ITEM),
    ].join(FIELD);
  });
  const lists = near.flatMap(({ lists }, unit) =>
    lists.flatMap((list, level) =>
      list.length === 0 ? [] : [[unit, level, list.join(ITEM)].join(FIELD)]
    )
  );
  return { units: units.join(LINE), near: lists.join(LINE), levels: near[0]!.reaches.length };
}
