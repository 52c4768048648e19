import { plainName } from "./_places.ts";
import type { Point } from "./_points.ts";
import type { Purchase } from "./_purchases.ts";
import type { Stock } from "./_stock.ts";

/** How many rows of a synthetic market have which kind of dirt. */
export interface SyntheticDirt {
  /** Review rows whose review_id an earlier row has, of another order. */
  readonly repeatedReviewIds: number;
  /** Orders with two reviews. */
  readonly ordersWithTwoReviews: number;
  readonly ordersWithoutReview: number;
  readonly ordersWithoutItems: number;
  readonly canceledOrders: number;
  readonly unavailableOrders: number;
  /** Delivered orders that lack one of their three dates. */
  readonly deliveredWithoutADate: number;
  /** Orders whose approval is later than their delivery. */
  readonly approvedAfterDelivery: number;
  /** Orders handed to the carrier before they were approved. */
  readonly handedOverBeforeApproval: number;
  /** Payments of type not_defined, all of value 0. */
  readonly undefinedPayments: number;
  /** Comments with spaces at an end. */
  readonly paddedComments: number;
  /** Comments of more than one line. */
  readonly commentsWithNewlines: number;
  /** Comments with a control character that is not a newline. */
  readonly commentsWithControls: number;
  readonly productsWithoutCategory: number;
  /** Geolocation rows that an earlier row equals to the letter. */
  readonly repeatedPoints: number;
  /** Geolocation rows outside Brazil, repeated ones included. */
  readonly pointsAbroad: number;
  /** Geolocation rows whose city has accents where most rows have none. */
  readonly accentedCities: number;
}

/** Counts it in one pass over the orders and one over the points. */
export function countDirt(
  { stock, purchases, points }: {
    stock: Stock;
    purchases: Iterable<Purchase>;
    points: Iterable<Point>;
  },
): SyntheticDirt {
  return {
    ...countInPurchases(purchases),
    ...countInPoints(points),
    productsWithoutCategory: stock.products.filter(({ ware }) => ware === undefined).length,
  };
}

function countInPurchases(purchases: Iterable<Purchase>) {
  const counts = {
    repeatedReviewIds: 0,
    ordersWithTwoReviews: 0,
    ordersWithoutReview: 0,
    ordersWithoutItems: 0,
    canceledOrders: 0,
    unavailableOrders: 0,
    deliveredWithoutADate: 0,
    approvedAfterDelivery: 0,
    handedOverBeforeApproval: 0,
    undefinedPayments: 0,
    paddedComments: 0,
    commentsWithNewlines: 0,
    commentsWithControls: 0,
  };
  let lastReview = -1;
  for (const { status, approved, handedOver, delivered, items, payments, reviews } of purchases) {
    const dates = [approved, handedOver, delivered];
    counts.ordersWithTwoReviews += Number(reviews.length === 2);
    counts.ordersWithoutReview += Number(reviews.length === 0);
    counts.ordersWithoutItems += Number(items.length === 0);
    counts.canceledOrders += Number(status === "canceled");
    counts.unavailableOrders += Number(status === "unavailable");
    counts.deliveredWithoutADate += Number(status === "delivered" && dates.includes(undefined));
    counts.approvedAfterDelivery += Number(isLater(approved, delivered));
    counts.handedOverBeforeApproval += Number(isLater(approved, handedOver));
    counts.undefinedPayments += payments.filter(({ type }) => type === "not_defined").length;
    for (const { index, comment: { dirt } } of reviews) {
      counts.repeatedReviewIds += Number(index <= lastReview);
      counts.paddedComments += Number(dirt.includes("padded"));
      counts.commentsWithNewlines += Number(dirt.includes("newline"));
      counts.commentsWithControls += Number(dirt.includes("control"));
      lastReview = Math.max(lastReview, index);
    }
  }
  return counts;
}

function isLater(one: number | undefined, other: number | undefined): boolean {
  return one !== undefined && other !== undefined && one > other;
}

function countInPoints(points: Iterable<Point>) {
  const counts = { repeatedPoints: 0, pointsAbroad: 0, accentedCities: 0 };
  for (const { isRepeated, isAbroad, cityName } of points) {
    counts.repeatedPoints += Number(isRepeated);
    counts.pointsAbroad += Number(isAbroad);
    counts.accentedCities += Number(cityName !== plainName(cityName));
  }
  return counts;
}
