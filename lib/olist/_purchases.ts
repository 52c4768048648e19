import {
  DAY,
  drawNextPurchase,
  drawPurchase,
  HOUR,
  isLeftover,
  type Moment,
  startOfDay,
} from "./_calendar.ts";
import { cumulate, type Curve, Dice, interpolate } from "./_dice.ts";
import { drawPayments, type Payment } from "./_payments.ts";
import { type Comment, drawComment } from "./_phrases.ts";
import { distanceKm, drawPlace, type Place, zipStep } from "./_places.ts";
import type { Product, Stock } from "./_stock.ts";
import { ORDER_STATUSES } from "./tables.ts";

type Status = typeof ORDER_STATUSES[number];

export interface Item {
  readonly product: Product;
  readonly shippingLimit: Moment;
  readonly freightCents: number;
}

export interface Review {
  /** Reviews of one index share one id: the source repeats some over orders. */
  readonly index: number;
  readonly score: number;
  readonly comment: Comment;
  readonly created: Moment;
  readonly answered: Moment;
}

/** One order with everything that hangs on it. */
export interface Purchase {
  readonly index: number;
  readonly person: number;
  readonly home: Place;
  readonly status: Status;
  readonly purchased: Moment;
  readonly approved?: Moment;
  readonly handedOver?: Moment;
  readonly delivered?: Moment;
  readonly estimated: Moment;
  readonly items: readonly Item[];
  readonly payments: readonly Payment[];
  readonly reviews: readonly Review[];
}

/** Persons by their number of orders, from 1. */
const ORDERS_PER_PERSON = cumulate([96_880, 2_858, 211, 31, 12, 6, 2]);

/** Orders by their number of items, from 1. */
const ITEMS_PER_ORDER = cumulate([90_100, 7_600, 1_330, 510, 205, 198, 25, 10, 6, 6]);

const STATUS_WEIGHTS = cumulate(ORDER_STATUSES.map((status) =>
  ({
    created: 0.005,
    approved: 0.002,
    invoiced: 0.316,
    processing: 0.303,
    shipped: 1.113,
    delivered: 97.02,
    canceled: 0.629,
    unavailable: 0.612,
  })[status]
));

const APPROVAL_HOURS: Curve = [
  ...[[0, 0], [0.05, 0.15], [0.25, 0.22], [0.5, 0.35], [0.65, 2], [0.75, 14.7]],
  ...[[0.95, 48], [0.99, 90], [1, 200]],
] as [number, number][];
const HANDLING_DAYS: Curve = [
  ...[[0, 0.05], [0.05, 0.25], [0.25, 0.87], [0.5, 1.8], [0.75, 3.6], [0.95, 8.1]],
  ...[[0.99, 17.9], [1, 45]],
] as [number, number][];
const SHIPPING_LIMIT_DAYS: Curve = [[0, 2], [0.05, 2.9], [0.25, 5], [0.5, 6], [0.75, 7], [1, 19]];
/** Days on the road by distance in km. */
const ROAD_DAYS: Curve = [[0, 3.1], [100, 4.6], [500, 7.2], [1_000, 9], [2_500, 14], [4_000, 18]];
const ROAD_NOISE: Curve = [
  ...[[0, 0.25], [0.05, 0.42], [0.25, 0.72], [0.5, 0.95], [0.75, 1.25], [0.93, 2.1]],
  ...[[0.99, 4], [1, 9]],
] as [number, number][];
/** Days from the purchase to the promised date by distance in km. */
const PROMISE_DAYS: Curve = [[0, 17.5], [100, 20.5], [500, 25], [1_000, 28], [2_500, 33], [
  4_000,
  39,
]];
const PROMISE_NOISE: Curve = [[0, 0.45], [0.05, 0.62], [0.5, 1], [0.95, 1.42], [1, 2.2]];

/** Freight in BRL by distance in km, for an ordinary parcel. */
const FREIGHT_BRL: Curve = [
  ...[[0, 10.5], [50, 11.5], [400, 16.5], [1_000, 19.5], [2_000, 26], [3_000, 33], [4_500, 42]],
] as [number, number][];
/** Factor on the freight by weight in grams. */
const FREIGHT_WEIGHT: Curve = [
  ...[[0, 0.88], [500, 0.96], [2_000, 1.1], [5_000, 1.4], [12_000, 2.2], [40_000, 4.6]],
] as [number, number][];
const FREIGHT_NOISE: Curve = [[0, 0.5], [0.05, 0.72], [0.5, 1], [0.95, 1.45], [1, 2.6]];

/** Weights of the scores 1 to 5, by how the delivery went. */
const SCORES = {
  onTime: cumulate([6.6, 2.6, 8, 20.6, 62.2]),
  late: cumulate([54, 8.5, 12, 10.5, 15]),
  undelivered: cumulate([68, 8, 9, 6, 9]),
} as const;

const ANSWER_DAYS: Curve = [[0, 0.1], [0.3, 1], [0.55, 2], [0.75, 3.2], [0.95, 8], [1, 60]];

/**
 * All orders of the market in turn, person by person. Each call begins anew
 * with the same dice, so that every table sees the same orders and none has to
 * be kept in memory.
 */
export function* drawPurchases(
  orders: number,
  options: { stock: Stock; seed: number },
): Generator<Purchase> {
  const dice = new Dice(options.seed, 2);
  const counter = { reviews: 0 };
  for (let index = 0, person = 0; index < orders; person++) {
    const count = Math.min(1 + dice.index(ORDERS_PER_PERSON), orders - index);
    const home = drawPlace(dice, "customer", zipStep(orders));
    let earlier: Purchase | undefined;
    for (let i = 0; i < count; i++, index++) {
      const next: Purchase = drawOrder(dice, { index, person, home, earlier, counter, ...options });
      yield next;
      earlier = next;
    }
  }
}

interface OrderSpec {
  readonly index: number;
  readonly person: number;
  readonly home: Place;
  readonly earlier: Purchase | undefined;
  readonly counter: { reviews: number };
  readonly stock: Stock;
}

function drawOrder(dice: Dice, spec: OrderSpec): Purchase {
  const { index, person, home, earlier, stock } = spec;
  const purchased = earlier ? drawNextPurchase(dice, earlier.purchased) : drawPurchase(dice);
  const status = isLeftover(purchased) ? "canceled" : ORDER_STATUSES[dice.index(STATUS_WEIGHTS)]!;
  const products = drawBasket(dice, stock);
  const from = stock.sellers[products[0]!.seller]!;
  const km = distanceKm(from.city, home.city);
  const life = drawLife(dice, { status, purchased, km });
  const limitDays = dice.along(SHIPPING_LIMIT_DAYS);
  const shippingLimit = (life.approved ?? purchased) + Math.round(limitDays * DAY);
  const items = products.map((product): Item => {
    return { product, shippingLimit, freightCents: drawFreightCents(dice, product, km) };
  });
  const isEmpty = hasNoItems(dice, status);
  const isUndefined = isEmpty && status === "canceled" && dice.chance(0.06);
  const cents = items.reduce((sum, item) => sum + item.product.priceCents + item.freightCents, 0);
  const payments: readonly Payment[] = isUndefined
    ? [{ type: "not_defined", installments: 1, valueCents: 0 }]
    : drawPayments(dice, cents);
  const reviews = drawReviews(dice, { ...life, purchased, earlier, counter: spec.counter });
  return {
    ...{ index, person, home, status, purchased, ...life },
    ...{ items: isEmpty ? [] : items, payments, reviews },
  };
}

/** Most orders are of one thing; most larger ones are of several of one cheap thing. */
function drawBasket(dice: Dice, { products }: Stock): Product[] {
  const count = 1 + dice.index(ITEMS_PER_ORDER);
  const basket: Product[] = [];
  while (basket.length < count) {
    const last = basket[basket.length - 1];
    if (last && dice.chance(0.7)) basket.push(last);
    else if (count === 1) basket.push(drawProduct(dice, products));
    else {
      const [one, other] = [drawProduct(dice, products), drawProduct(dice, products)];
      basket.push(one.priceCents < other.priceCents ? one : other);
    }
  }
  return basket;
}

function drawProduct(dice: Dice, products: readonly Product[]): Product {
  const share = dice.next();
  return products[Math.floor(products.length * share * (0.15 + 0.85 * share))]!;
}

function drawFreightCents(dice: Dice, product: Product, km: number): number {
  if (dice.chance(0.0034)) return 0;
  const factor = interpolate(FREIGHT_WEIGHT, product.weightGrams) * dice.along(FREIGHT_NOISE);
  return Math.round(100 * interpolate(FREIGHT_BRL, km) * factor);
}

function hasNoItems(dice: Dice, status: Status): boolean {
  if (status === "unavailable") return dice.chance(0.99);
  if (status === "canceled") return dice.chance(0.26);
  return status === "created";
}

type Life = Pick<Purchase, "approved" | "handedOver" | "delivered" | "estimated">;

/** When an order was approved, handed to the carrier and delivered, as far as it came. */
function drawLife(
  dice: Dice,
  { status, purchased, km }: { status: Status; purchased: Moment; km: number },
): Life {
  const approved = purchased + Math.round(dice.along(APPROVAL_HOURS) * HOUR);
  // The clocks of the shop and of the carrier disagree in some orders (1.3% of the delivered).
  const handling = dice.chance(0.013) ? -dice.next() * 0.2 : dice.along(HANDLING_DAYS);
  const handedOver = approved + Math.round(handling * DAY);
  const roadDays = interpolate(ROAD_DAYS, km) * dice.along(ROAD_NOISE);
  const delivered = Math.max(handedOver, approved) + Math.round(roadDays * DAY);
  const promiseDays = interpolate(PROMISE_DAYS, km) * dice.along(PROMISE_NOISE);
  const estimated = startOfDay(purchased + Math.round(promiseDays * DAY));
  const isApproved = status === "canceled" ? dice.chance(0.77) : status !== "created";
  const isHandedOver = status === "shipped" || status === "delivered" ||
    (status === "canceled" && isApproved && dice.chance(0.12));
  const isMissing = status === "delivered" && dice.chance(0.0006);
  const isLateApproval = status === "delivered" && dice.chance(0.0006);
  const lost = isMissing ? dice.below(3) : -1;
  return {
    ...(isApproved && lost !== 0
      ? { approved: isLateApproval ? delivered + dice.between(HOUR, DAY) : approved }
      : {}),
    ...(isHandedOver && lost !== 1 ? { handedOver } : {}),
    ...(status === "delivered" && lost !== 2 ? { delivered } : {}),
    estimated,
  };
}

interface ReviewSpec extends Life {
  readonly purchased: Moment;
  readonly earlier: Purchase | undefined;
  readonly counter: { reviews: number };
}

/** One review as a rule; none for some, two for a few, or the one of the earlier order again. */
function drawReviews(dice: Dice, spec: ReviewSpec): readonly Review[] {
  const { earlier, purchased, delivered, estimated } = spec;
  const shared = earlier?.reviews[0];
  if (shared && shared.created > purchased && dice.chance(0.33)) return [shared];
  if (dice.chance(0.0077)) return [];
  const scores = delivered === undefined
    ? SCORES.undelivered
    : startOfDay(delivered) > estimated
    ? SCORES.late
    : SCORES.onTime;
  const asked = startOfDay(Math.min(delivered ?? estimated, estimated) + DAY);
  const created = Math.max(asked, startOfDay(purchased) + DAY);
  const count = dice.chance(0.0055) ? 2 : 1;
  return Array.from({ length: count }, (_, i): Review => {
    const score = 1 + dice.index(scores);
    const sent = created + i * DAY;
    return {
      index: spec.counter.reviews++,
      score,
      comment: drawComment(dice, score),
      created: sent,
      answered: sent + Math.round(dice.along(ANSWER_DAYS) * DAY),
    };
  });
}
