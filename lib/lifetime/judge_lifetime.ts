import { MISJUDGED, toSentence } from "./_verdict_sentence.ts";
import type { HoldOut } from "./hold_out.ts";
import type { LikelihoodFit } from "./maximum_likelihood.ts";
import type { PurchaseModel } from "./fit_purchase_model.ts";
import type { ValueModel } from "./fit_value_model.ts";
import type { CustomerPurchases } from "./purchase_log.ts";

/** What data and models must show before anybody is told an expected value. */
export interface LifetimeLimits {
  /** Customers who bought on more than one day: 25 for each of the four parameters. */
  readonly repeatBuyers: number;
  /** Repeat purchases in the days held out: fewer, and chance alone is beyond ±28%. */
  readonly heldOutPurchases: number;
  /** Of the purchases foretold for those days, |expected − actual| / actual. */
  readonly holdOutError: number;
  /** Groups of customers, by repeats, that are misjudged; see `HoldOutGroup`. */
  readonly misjudgedGroups: number;
  /** Least eigenvalue over the greatest of the information about the parameters. */
  readonly reciprocalCondition: number;
  /** |Pearson's r| of repeat buyers' number of purchases and the logarithm of their mean value. */
  readonly valueCorrelation: number;
}

/** @see docs/value.md, which says why. */
export const LIFETIME_LIMITS: LifetimeLimits = {
  repeatBuyers: 100,
  heldOutPurchases: 50,
  holdOutError: 0.25,
  misjudgedGroups: 0,
  reciprocalCondition: 1e-6,
  valueCorrelation: 0.3,
};

/** One thing that was asked. */
export interface LifetimeCriterion {
  /** What is measured, for a reader. */
  readonly name: string;
  /** NaN where it could not be measured, which does not pass. */
  readonly value: number;
  readonly limit: number;
  readonly must: "at least" | "at most";
  readonly passed: boolean;
}

/** Whether the data support an expected value of customers, and by what. */
export interface LifetimeVerdict {
  readonly isSupported: boolean;
  readonly criteria: readonly LifetimeCriterion[];
  /** The verdict as a sentence with its figures. */
  readonly sentence: string;
}

/** What is judged. */
export interface LifetimeCase {
  readonly customers: CustomerPurchases;
  readonly purchases: PurchaseModel;
  readonly values: ValueModel;
  readonly holdOut: HoldOut;
}

/**
 * Whether expected purchases and values may be shown: enough customers came
 * back, the parameters follow from the data, the days held out were foretold, in all and
 * for those who had come back as for those who had not, and
 * values have a variance and do not hang on how often one buys.
 *
 * @param limits @default {@linkcode LIFETIME_LIMITS}
 */
export function judgeLifetime(
  { customers, purchases, values, holdOut }: LifetimeCase,
  limits: LifetimeLimits = LIFETIME_LIMITS,
): LifetimeVerdict {
  const buyers = customers.repeats.reduce((sum, x) => sum + (x > 0 ? 1 : 0), 0);
  const criteria = [
    atLeast("customers who bought on more than one day", buyers, limits.repeatBuyers),
    atLeast("purchases in the days held out", holdOut.actual, limits.heldOutPurchases),
    atMost(
      "error of the purchases foretold for the days held out",
      Math.abs(holdOut.relativeError),
      limits.holdOutError,
    ),
    atMost(
      MISJUDGED,
      holdOut.groups.filter((group) => group.isMisjudged).length,
      limits.misjudgedGroups,
    ),
    atLeast(
      "how well the data determine the model of purchases, 0 to 1",
      determinationOf(purchases),
      limits.reciprocalCondition,
    ),
    atLeast(
      "how well the data determine the model of values, 0 to 1",
      determinationOf(values),
      limits.reciprocalCondition,
    ),
    // With p + q at 2 or below the value of a one-time buyer's next purchase has no variance.
    atLeast(
      "shape p + q of a one-time buyer's value",
      values.parameters.p + values.parameters.q,
      2,
    ),
    atMost(
      "correlation of value with number of purchases",
      Math.abs(valueCorrelation(customers)),
      limits.valueCorrelation,
    ),
  ];
  const isSupported = criteria.every(({ passed }) => passed);
  return { isSupported, criteria, sentence: toSentence(isSupported, criteria, holdOut) };
}

/** 0 for a fit that did not converge or ran to its bounds. */
function determinationOf(fit: LikelihoodFit<string>): number {
  return fit.converged && fit.atBound.length === 0 ? Math.max(0, fit.reciprocalCondition) : 0;
}

/** Pearson's r over repeat buyers; NaN for fewer than three or where nothing differs. */
function valueCorrelation({ purchases, meanValue, repeats }: CustomerPurchases): number {
  const rows = [...repeats.keys()].filter((i) => repeats[i]! > 0);
  if (rows.length < 3) return NaN;
  const xs = rows.map((i) => purchases[i]!);
  const ys = rows.map((i) => Math.log(meanValue[i]!));
  const [meanX, meanY] = [mean(xs), mean(ys)];
  const cross = xs.reduce((sum, x, i) => sum + (x - meanX) * (ys[i]! - meanY), 0);
  const squares = (values: number[], centre: number) =>
    values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  // All came back equally often: value cannot hang on it.
  if (squares(xs, meanX) === 0) return 0;
  return cross / Math.sqrt(squares(xs, meanX) * squares(ys, meanY));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function atLeast(name: string, value: number, limit: number): LifetimeCriterion {
  return { name, value, limit, must: "at least", passed: value >= limit };
}

function atMost(name: string, value: number, limit: number): LifetimeCriterion {
  return { name, value, limit, must: "at most", passed: value <= limit };
}
