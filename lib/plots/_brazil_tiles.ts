/**
 * Brazil's 26 states and the Federal District as equal squares, each where it
 * lies among its neighbours: on the true map Sergipe or the Federal District
 * are dots, and Amazonas, where few people live, is all that is seen.
 */
// deno-fmt-ignore
const ROWS = [
  "   RR AP            ",
  "   AM PA MA PI CE RN",
  "AC RO MT TO BA PE PB",
  "      MS GO DF SE AL",
  "         SP MG ES   ",
  "         PR RJ      ",
  "         SC         ",
  "         RS         ",
];

/** A square's place, counted from the upper left. */
export interface Tile {
  readonly state: string;
  readonly column: number;
  readonly row: number;
}

export const BRAZIL_TILES: readonly Tile[] = ROWS.flatMap((line, row) =>
  [...line.matchAll(/[A-Z]{2}/g)].map(({ 0: state, index }) => ({ state, column: index / 3, row }))
);
