import {
  daysOf,
  type Estimate,
  fitPurchaseModel,
  fitValueModel,
  forecastGroups,
  type HoldOut,
  holdOut,
  judgeLifetime,
  type LifetimeLimits,
  type LifetimeVerdict,
  type PurchaseModelKind,
  type PurchaseParameter,
  summarisePurchases,
  type ValueModel,
  type ValueParameter,
} from "feira/lifetime";
import type { SegmentMembers } from "../portrait/segment_members.ts";
import type { CustomerLog } from "./read_purchase_log.ts";

/** Settings of {@linkcode valueSegments}. */
export interface ValueOptions {
  /** Days ahead. @default 365 */
  horizonDays?: number;
  /** What money a year later is worth less, 0.1 for 10%. @default 0.1 */
  yearlyDiscount?: number;
  /** Of the days observed, held out to test the models. @default 0.25 */
  heldOutShare?: number;
  /** @default LIFETIME_LIMITS of `feira/lifetime` */
  limits?: LifetimeLimits;
}

/** What a segment's customers are expected to do. */
export interface SegmentValue {
  readonly id: number;
  readonly level: 1 | 2;
  /** Who have bought; canceled orders do not count. */
  readonly customers: number;
  readonly purchases: Estimate;
  /** Discounted to the last day observed. */
  readonly valueBrl: Estimate;
}

/** A model of when customers buy, as far as a reader needs it. */
export interface PurchaseModelSummary {
  readonly kind: PurchaseModelKind;
  readonly parameters: Readonly<Record<PurchaseParameter, number>>;
  /** Absent where the data do not determine the parameters. */
  readonly standardErrors?: Readonly<Record<PurchaseParameter, number>>;
  readonly logLikelihood: number;
  readonly heldOut: Omit<HoldOut, "kind" | "model">;
}

/** What customers are expected to be worth, or why nobody can tell. */
export interface CustomerValue {
  /** The last day observed, from which days ahead are counted: `2018-09-03`. */
  readonly until: string;
  readonly horizonDays: number;
  readonly yearlyDiscount: number;
  /** Who bought at all, and who on more than one day. */
  readonly buyers: number;
  readonly repeatBuyers: number;
  readonly verdict: LifetimeVerdict;
  /** The modified BG/NBD, which is used, and BG/NBD beside it. */
  readonly purchaseModels: readonly PurchaseModelSummary[];
  readonly valueModel: {
    readonly parameters: Readonly<Record<ValueParameter, number>>;
    readonly standardErrors?: Readonly<Record<ValueParameter, number>>;
  };
  /** Of either level, in the order of the members; none where the data do not support it. */
  readonly segments: readonly SegmentValue[];
}

/** The one that is used comes first: one who bought once may have left. */
const KINDS = ["mbg-nbd", "bg-nbd"] as const;

/**
 * Expected purchases and value of the segments of both levels in the days ahead,
 * with intervals; or, where the data do not support that, why, and no figures.
 *
 * Models are fitted on all customers and summed over segments: a model per
 * segment would be fitted on what the segment was chosen by.
 *
 * @param log of {@linkcode readPurchaseLog}, by the matrix's customers
 * @param members of `segmentMembers`, by the same
 * @throws {RangeError} of `feira/lifetime` when the log is empty or not possible
 */
export function valueSegments(
  log: CustomerLog,
  members: readonly SegmentMembers[],
  { horizonDays = 365, yearlyDiscount = 0.1, heldOutShare = 0.25, limits }: ValueOptions = {},
): CustomerValue {
  const { first, last } = daysOf(log);
  const days = Math.round((last - first) * heldOutShare);
  const customers = summarisePurchases(log, last);
  const tests = KINDS.map((kind) => holdOut(log, { kind, until: last, days }));
  const models = KINDS.map((kind) => fitPurchaseModel(customers, kind));
  const values = fitValueModel(customers);
  const [purchases] = models;
  const verdict = judgeLifetime(
    { customers, purchases: purchases!, values, holdOut: tests[0]! },
    limits,
  );
  // Who never bought has no place among the customers, and no value to expect.
  const placeOf = new Map(Array.from(customers.customer, (row, place) => [row, place]));
  const groups = members.map(({ rows }) =>
    Array.from(rows, (row) => placeOf.get(row)).filter((place) => place !== undefined)
  );
  const segments = verdict.isSupported
    ? forecastGroups(customers, { purchases: purchases!, values }, {
      horizon: horizonDays,
      discount: Math.log1p(yearlyDiscount) / 365,
      groups,
    }).map(({ customers, purchases, value }, at): SegmentValue => {
      const { id, level } = members[at]!;
      return { id, level, customers, purchases, valueBrl: value };
    })
    : [];
  return {
    until: Temporal.PlainDate.from(log.firstDay).add({ days: last }).toString(),
    horizonDays,
    yearlyDiscount,
    buyers: customers.customer.length,
    repeatBuyers: customers.repeats.filter((x) => x > 0).length,
    verdict,
    purchaseModels: models.map(({ kind, parameters, standardErrors, logLikelihood }, at) => {
      const { kind: _kind, model: _model, ...heldOut } = tests[at]!;
      return {
        kind,
        parameters,
        ...(standardErrors && { standardErrors }),
        logLikelihood,
        heldOut,
      };
    }),
    valueModel: summaryOf(values),
    segments,
  };
}

function summaryOf({ parameters, standardErrors }: ValueModel): CustomerValue["valueModel"] {
  return { parameters, ...(standardErrors && { standardErrors }) };
}
