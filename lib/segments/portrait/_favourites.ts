import type { KindShare } from "./compare_shares.ts";

/** A share that is surely higher, but by less than a fifth, changes nothing that anyone does. */
const LEAST_LIFT = 1.2;

/** What is met clearly more often than among everyone; what sets most customers apart first. */
export function favourites(kinds: readonly KindShare[]): KindShare[] {
  const excess = ({ share, everyoneShare }: KindShare) => share - everyoneShare;
  return kinds.filter(({ verdict, lift }) => verdict === "more" && lift >= LEAST_LIFT)
    .toSorted((a, b) => excess(b) - excess(a));
}
