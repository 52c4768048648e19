import type { KindShare } from "./compare_shares.ts";

/** What is met clearly more often than among everyone, the strongest first. */
export function favourites(kinds: readonly KindShare[]): KindShare[] {
  return kinds.filter(({ verdict }) => verdict === "more").toSorted((a, b) => b.lift - a.lift);
}
