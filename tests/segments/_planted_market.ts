import { type CustomerMatrix, FEATURES } from "feira/features";
import { type RandomGenerator, unsafeUniformIntDistribution, xoroshiro128plus } from "pure-rand";

/** How the customers of one planted kind buy. */
interface Kind {
  /** Of the market, all together 1. */
  readonly share: number;
  /** The segment of either level that they should end in, by the name that it should get. */
  readonly segment: string;
  readonly subsegment?: string;
  /** Days since the last purchase, from and to. */
  readonly recency: readonly [number, number];
  /** Orders, from and to. */
  readonly orders?: readonly [number, number];
  /** Items of an order, from and to. */
  readonly items?: readonly [number, number];
  /** Median price of an item, BRL; prices are lognormal around it. */
  readonly price: number;
  /** Standard deviation of the price's logarithm: 0.5 has one in forty 2.7 times the median. */
  readonly spread: number;
  /** Most installments are in this range; the dearer the purchase, the more. */
  readonly installments: readonly [number, number];
  /** Scores are drawn from these. */
  readonly scores: readonly number[];
}

const CONTENT = [5, 4, 5, 4, 5, 3];
const MAINSTREAM = { segment: "Mainstream One-Time Buyers" } as const;

/** The shapes that plain k-means finds in the real customers, drawn further apart. */
export const KINDS: readonly Kind[] = [
  {
    ...MAINSTREAM,
    subsegment: "The Recent, Highly Satisfied Explorers",
    share: 0.22,
    recency: [5, 80],
    price: 26,
    spread: 0.35,
    installments: [1, 1],
    scores: [5, 5, 5, 5, 5, 4],
  },
  {
    ...MAINSTREAM,
    subsegment: "Past-Year Mid-Ticket Buyers",
    share: 0.2,
    recency: [60, 240],
    price: 110,
    spread: 0.35,
    installments: [1, 2],
    scores: CONTENT,
  },
  {
    ...MAINSTREAM,
    subsegment: "Lapsed Buyers",
    share: 0.18,
    recency: [430, 620],
    price: 70,
    spread: 0.5,
    installments: [1, 2],
    scores: CONTENT,
  },
  {
    ...MAINSTREAM,
    subsegment: "Installment Buyers",
    share: 0.13,
    recency: [150, 420],
    price: 150,
    spread: 0.4,
    installments: [6, 10],
    scores: CONTENT,
  },
  {
    ...MAINSTREAM,
    subsegment: "Disappointed Buyers",
    share: 0.11,
    recency: [150, 420],
    price: 85,
    spread: 0.5,
    installments: [1, 3],
    scores: [1, 1, 1, 1, 2],
  },
  {
    ...MAINSTREAM,
    subsegment: "Bulk Baskets",
    share: 0.09,
    recency: [150, 420],
    items: [2, 3],
    price: 40,
    spread: 0.4,
    installments: [1, 3],
    scores: CONTENT,
  },
  {
    segment: "Big-Ticket One-Time Buyers",
    share: 0.035,
    recency: [20, 600],
    price: 1200,
    spread: 0.25,
    installments: [6, 10],
    scores: [5, 4, 5, 3, 1],
  },
  {
    segment: "Repeat Buyers",
    share: 0.035,
    recency: [20, 500],
    orders: [2, 3],
    price: 80,
    spread: 0.5,
    installments: [1, 4],
    scores: CONTENT,
  },
];

/** One customer in a hundred leaves no review: zeros that are no scores. */
const SILENT = 0.01;

/** A market of planted kinds, and what each customer is. */
export interface PlantedMarket {
  readonly matrix: CustomerMatrix;
  /** `[rows]`: the segment of level 1 that the customer was planted in. */
  readonly segments: readonly string[];
  /** `[rows]`: of level 2; the segment where it has no parts. */
  readonly subsegments: readonly string[];
}

/**
 * Customers of {@linkcode KINDS} in mixed order, the twelve features following
 * from orders, items, prices, freight, installments and reviews as they do in
 * the marts.
 */
export function plantKinds({ rows, seed }: { rows: number; seed: number }): PlantedMarket {
  const dice = new Dice(seed);
  const kinds = Array.from({ length: rows }, () => dice.pick(KINDS));
  const customers = kinds.map((kind) => drawCustomer(kind, dice));
  return {
    matrix: {
      customerIds: customers.map((_, i) => `planted-${String(i).padStart(6, "0")}`),
      featureNames: FEATURES.map(({ name }) => name),
      data: Float64Array.from(
        customers.flatMap((customer) => FEATURES.map(({ name }) => customer[name]!)),
      ),
      rows,
      cols: FEATURES.length,
    },
    segments: kinds.map(({ segment }) => segment),
    subsegments: kinds.map(({ segment, subsegment }) => subsegment ?? segment),
  };
}

function drawCustomer(kind: Kind, dice: Dice): Record<string, number> {
  const orders = dice.whole(kind.orders ?? [1, 1]);
  const prices: number[] = [];
  let products = 0;
  for (let order = 0; order < orders; order++) {
    const items = dice.whole(kind.items ?? [1, 1]);
    // A basket is mostly one product taken several times.
    const product = kind.price * Math.exp(kind.spread * dice.normal());
    products += items > 1 && dice.share() < 0.3 ? 2 : 1;
    for (let item = 0; item < items; item++) prices.push(Math.round(product * 100) / 100);
  }
  const monetary = prices.reduce((sum, price) => sum + price, 0);
  const freight = prices.reduce((sum, price) => sum + 8 + 0.04 * price + 10 * dice.share(), 0);
  const reviews = dice.share() < SILENT ? 0 : orders;
  const scores = Array.from({ length: reviews }, () => dice.among(kind.scores));
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const [least, most] = kind.installments;
  const isDear = mean(prices) > kind.price;
  return {
    recency: dice.whole(kind.recency),
    frequency: orders,
    monetary,
    number_of_orders: orders,
    avg_order_value: mean(prices),
    total_order_items: prices.length,
    total_payment_value: monetary + freight,
    avg_payment_installments: Math.round(
      least + (most - least) * dice.share() ** (isDear ? 0.7 : 1.4),
    ),
    avg_review_score: mean(scores),
    num_reviews: reviews,
    avg_product_category_value: mean(prices),
    num_unique_products: products,
  };
}

class Dice {
  readonly #rng: RandomGenerator;

  constructor(seed: number) {
    this.#rng = xoroshiro128plus(seed);
  }

  /** 0..1, 1 excluded. */
  share(): number {
    return unsafeUniformIntDistribution(0, 0xffff_ffff, this.#rng) / 0x1_0000_0000;
  }

  /** Both ends included. */
  whole([from, to]: readonly [number, number]): number {
    return unsafeUniformIntDistribution(from, to, this.#rng);
  }

  among(values: readonly number[]): number {
    return values[this.whole([0, values.length - 1])]!;
  }

  /** By Box and Muller (1958). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.share())) * Math.cos(2 * Math.PI * this.share());
  }

  pick(kinds: readonly Kind[]): Kind {
    let left = this.share();
    return kinds.find(({ share }) => (left -= share) < 0) ?? kinds[kinds.length - 1]!;
  }
}
