import type { Behaviour } from "./segment_behaviour.ts";
import { describeSpread } from "./describe_spread.ts";
import type { PortraitFeatureName, PortraitValues } from "./portrait_features.ts";

/** What actions go by: figures of a segment, or of everyone. Shares 0..1; NaN where nobody has one. */
export interface KeyFigures {
  readonly customers: number;
  /** Of customers with an order: those who ordered once, twice or more, three times or more. */
  readonly onceShare: number;
  readonly repeatShare: number;
  readonly thirdShare: number;
  /** Of all customers. */
  readonly recentShare: number;
  readonly yearShare: number;
  readonly awayShare: number;
  /** Of those who left a review: a mean of at least four stars, of at most two. */
  readonly happyShare: number;
  readonly unhappyShare: number;
  /** Of all customers: a last order within {@linkcode RECENT_DAYS}, and no bad review. */
  readonly recentContentShare: number;
  /** Of all customers: a last order longer ago than {@linkcode AWAY_DAYS}, and no bad review. */
  readonly awayContentShare: number;
  /** Of all customers: a mean review of at most two stars. */
  readonly badReviewShare: number;
  /** Of orders. */
  readonly lostShare: number;
  /** Of arrived orders. */
  readonly lateShare: number;
  /** These are NaN where less than half of the customers have a value: it would not be theirs. */
  readonly medianOrderBrl: number;
  readonly medianItems: number;
  readonly medianItemBrl: number;
  readonly medianInstallments: number;
  readonly q75Installments: number;
}

/** A customer who ordered within so many days still remembers it. */
export const RECENT_DAYS = 180;
/** A customer whose last order is longer ago is away. */
export const AWAY_DAYS = 365;

/**
 * Computes the figures for the customers in `rows`. O(customers log customers).
 *
 * @param behaviour of the same customers
 */
export function keyFigures(
  values: PortraitValues,
  rows: Int32Array,
  behaviour: Behaviour,
): KeyFigures {
  const shareOf = (
    of: (row: number) => boolean,
    among: (row: number) => boolean = () => true,
  ) => {
    const asked = rows.filter(among);
    return asked.filter(of).length / (asked.length || NaN);
  };
  const spread = (valueOf: (row: number) => number) => {
    const known = Float64Array.from(rows, valueOf).filter((value) => !isNaN(value));
    return describeSpread(known.length * 2 < rows.length ? new Float64Array() : known);
  };
  const of = (name: PortraitFeatureName) => (row: number) => values[name][row]!;
  const [recency, orders, review] = [of("recency"), of("orders"), of("review")];
  const hasOrder = (row: number) => orders(row) >= 1;
  const isReviewed = (row: number) => !isNaN(review(row));
  const isBad = (row: number) => review(row) <= 2;
  const isRecent = (row: number) => recency(row) <= RECENT_DAYS;
  const isAway = (row: number) => recency(row) > AWAY_DAYS;
  const installments = spread(of("installments"));
  return {
    customers: rows.length,
    onceShare: shareOf((row) => orders(row) === 1, hasOrder),
    repeatShare: shareOf((row) => orders(row) >= 2, hasOrder),
    thirdShare: shareOf((row) => orders(row) >= 3, hasOrder),
    recentShare: shareOf(isRecent),
    yearShare: shareOf((row) => !isAway(row)),
    awayShare: shareOf(isAway),
    happyShare: shareOf((row) => review(row) >= 4, isReviewed),
    unhappyShare: shareOf(isBad, isReviewed),
    recentContentShare: shareOf((row) => isRecent(row) && !isBad(row)),
    awayContentShare: shareOf((row) => isAway(row) && !isBad(row)),
    badReviewShare: shareOf(isBad),
    medianOrderBrl: spread(of("order_value")).median,
    medianItems: spread(of("items_per_order")).median,
    medianItemBrl: spread((row) => values.order_value[row]! / values.items_per_order[row]!).median,
    medianInstallments: installments.median,
    q75Installments: installments.q75,
    lostShare: 1 - behaviour.delivery.arrived.share,
    lateShare: behaviour.delivery.late.share,
  };
}
