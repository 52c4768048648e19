import { type RandomGenerator, unsafeUniformIntDistribution, xoroshiro128plus } from "pure-rand";
import type { PurchaseLog, PurchaseModelKind } from "feira/lifetime";

/** Draws from a seed. */
export class Draws {
  readonly #source: RandomGenerator;

  constructor(seed: number) {
    this.#source = xoroshiro128plus(seed);
  }

  /** Above 0, below 1. */
  uniform(): number {
    return (unsafeUniformIntDistribution(0, 0x3fffffff, this.#source) + 0.5) / 0x40000000;
  }

  exponential(): number {
    return -Math.log(this.uniform());
  }

  normal(): number {
    return Math.sqrt(2 * this.exponential()) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Marsaglia and Tsang (2000), with rate 1. */
  gamma(shape: number): number {
    if (shape < 1) return this.gamma(shape + 1) * this.uniform() ** (1 / shape);
    const d = shape - 1 / 3;
    while (true) {
      const z = this.normal();
      const v = (1 + z / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(this.uniform()) < z * z / 2 + d - d * v + d * Math.log(v)) return d * v;
    }
  }

  beta(a: number, b: number): number {
    const x = this.gamma(a);
    return x / (x + this.gamma(b));
  }
}

export interface Market {
  readonly customers: number;
  readonly kind: PurchaseModelKind;
  /** In days. */
  readonly parameters: Record<"r" | "alpha" | "a" | "b", number>;
  readonly values: Record<"p" | "q" | "v", number>;
  /** First purchases come evenly over the days 0..arrivals - 1. */
  readonly arrivals: number;
  /** The last day. */
  readonly until: number;
  readonly seed: number;
}

/** A market as the models describe it; purchases on one day are one. */
export function simulateMarket(market: Market): PurchaseLog {
  const draws = new Draws(market.seed);
  const rows: [customer: number, day: number, value: number][] = [];
  for (let customer = 0; customer < market.customers; customer++) {
    const rate = draws.gamma(market.values.q) / market.values.v;
    for (const day of purchaseDays(market, draws)) {
      rows.push([customer, day, draws.gamma(market.values.p) / rate]);
    }
  }
  return {
    customers: market.customers,
    customer: Int32Array.from(rows, ([who]) => who),
    day: Int32Array.from(rows, ([, day]) => day),
    value: Float64Array.from(rows, ([, , value]) => value),
  };
}

function purchaseDays({ kind, parameters, arrivals, until }: Market, draws: Draws): Set<number> {
  const rate = draws.gamma(parameters.r) / parameters.alpha;
  const leaves = draws.beta(parameters.a, parameters.b);
  let at = Math.floor(draws.uniform() * arrivals);
  const days = new Set([at]);
  let stays = kind === "bg-nbd" || draws.uniform() >= leaves;
  while (stays) {
    at += draws.exponential() / rate;
    if (at > until) break;
    days.add(Math.floor(at));
    stays = draws.uniform() >= leaves;
  }
  return days;
}
