import { compareShares, type KindCounts, type KindShare } from "./compare_shares.ts";
import type { CountOf, DeliveryCount, KindCount, SegmentCounts } from "./segment_counts.ts";
import { type ShareInterval, wilsonInterval } from "./wilson_interval.ts";

/** How parcels came, and what was said of them. */
export interface Delivery {
  readonly orders: number;
  /** Orders that arrived, of all. */
  readonly arrived: ShareInterval;
  /** From purchase to delivery; NaN where none arrived. */
  readonly medianDays: number;
  /** Orders after the promised day, of all that arrived. */
  readonly late: ShareInterval;
  /** Reviews with one or two stars, of those of late orders and of those on time. */
  readonly badAfterLate: ShareInterval;
  readonly badAfterOnTime: ShareInterval;
}

/** What customers did, by the marts. */
export interface Behaviour {
  /** Customers who bought in each category. */
  readonly categories: readonly KindShare[];
  readonly states: readonly KindShare[];
  /** Customers who used each way to pay; one may use several. */
  readonly payments: readonly KindShare[];
  /** Of what was paid, the share in two installments or more; NaN where nothing was. */
  readonly installmentShare: number;
  readonly delivery: Delivery;
  /** Customers within {@linkcode THIN_MARGIN} of another segment of their level. */
  readonly thin: ShareInterval;
}

/** Which counts to add up: those of a segment of either level, or everyone's. */
export type Whose = { readonly id: number; readonly level: 1 | 2 } | "everyone";

/**
 * What the customers of one segment did, each share beside everyone's. Counts of
 * parts add up to their segment's, for a customer is in one part only.
 */
export function segmentBehaviour(counts: SegmentCounts, whose: Whose): Behaviour {
  const isOwn = (count: CountOf) =>
    whose === "everyone" ||
    (whose.level === 1 ? count.segment_id : count.subsegment_id) === whose.id;
  const payments = counts.payments.filter(isOwn);
  const margins = counts.margins.filter(isOwn);
  const customers = add(margins, ({ customers }) => customers);
  const everyone = add(counts.margins, ({ customers }) => customers);
  const compare = (kinds: readonly KindCount[]) =>
    compareShares(
      { customers: byKind(kinds.filter(isOwn)), of: customers },
      { customers: byKind(kinds), of: everyone },
    );
  const isParts = whose !== "everyone" && whose.level === 2;
  return {
    categories: compare(counts.categories),
    states: compare(counts.states),
    payments: compare(counts.payments),
    installmentShare: add(payments, (count) => count.in_installments_brl) /
      (add(payments, (count) => count.paid_brl) || NaN),
    delivery: toDelivery(counts, isOwn),
    thin: wilsonInterval(
      add(margins, ({ thin, thin_within }) => isParts ? thin_within : thin),
      customers,
    ),
  };
}

function toDelivery(counts: SegmentCounts, isOwn: (count: CountOf) => boolean): Delivery {
  const orders = add(counts.deliveries.filter(isOwn), (count) => count.orders);
  const deliveries = counts.deliveries.filter(isOwn).filter(hasArrived);
  const reviews = counts.reviews.filter(isOwn);
  const arrived = add(deliveries, (count) => count.orders);
  const late = add(deliveries.filter(({ is_late }) => is_late === 1), (count) => count.orders);
  const bad = (isLate: 0 | 1) => {
    const said = reviews.filter(({ is_late }) => is_late === isLate);
    const isBad = said.filter(({ score }) => score <= 2);
    return wilsonInterval(
      add(isBad, ({ reviews }) => reviews),
      add(said, ({ reviews }) => reviews),
    );
  };
  return {
    orders,
    arrived: wilsonInterval(arrived, orders),
    medianDays: medianDays(deliveries, arrived),
    late: wilsonInterval(late, arrived),
    badAfterLate: bad(1),
    badAfterOnTime: bad(0),
  };
}

type Arrival = DeliveryCount & { readonly days: number };

const hasArrived = (count: DeliveryCount): count is Arrival => count.days !== null;

/** The median of counted values: of an even number the mean of the middle two. */
function medianDays(deliveries: readonly Arrival[], orders: number): number {
  const sorted = deliveries.toSorted((a, b) => a.days - b.days);
  const at = (place: number) => {
    let passed = 0;
    return sorted.find(({ orders }) => (passed += orders) > place)?.days ?? NaN;
  };
  return (at(Math.floor((orders - 1) / 2)) + at(Math.floor(orders / 2))) / 2;
}

function byKind(counts: readonly KindCount[]): KindCounts["customers"] {
  const customers = new Map<string, number>();
  for (const count of counts) {
    customers.set(count.kind, (customers.get(count.kind) ?? 0) + count.customers);
  }
  return customers;
}

function add<Count>(counts: readonly Count[], of: (count: Count) => number): number {
  return counts.reduce((sum, count) => sum + of(count), 0);
}
