/**
 * What customers will buy, and what it will be worth: BG/NBD and modified BG/NBD
 * for when they buy and when they stop, gamma-gamma for what a purchase is worth,
 * by maximum likelihood; their test on days held out, and whether the data support
 * them at all.
 *
 * Knows nobody: takes and gives plain arrays.
 */
export type { Estimate } from "./estimate.ts";
export {
  type ExpectedPurchases,
  expectedPurchases,
  type ForecastSpec,
} from "./expected_purchases.ts";
export {
  fitPurchaseModel,
  type PurchaseModel,
  type PurchaseModelKind,
  type PurchaseParameter,
} from "./fit_purchase_model.ts";
export { type ExpectedValue, expectedValue } from "./expected_value.ts";
export { fitValueModel, type ValueModel, type ValueParameter } from "./fit_value_model.ts";
export { forecastGroups, type GroupForecast, type GroupForecastSpec } from "./forecast_groups.ts";
export { type HoldOut, holdOut, type HoldOutSpec } from "./hold_out.ts";
export type { HoldOutGroup } from "./hold_out_group.ts";
export {
  judgeLifetime,
  LIFETIME_LIMITS,
  type LifetimeCase,
  type LifetimeCriterion,
  type LifetimeLimits,
  type LifetimeVerdict,
} from "./judge_lifetime.ts";
export type { LikelihoodFit, Parameters } from "./maximum_likelihood.ts";
export { probabilityAlive, type PurchasePredictor } from "./probability_alive.ts";
export type { PurchaseHistories } from "./purchase_histories.ts";
export type { PurchaseValues } from "./purchase_values.ts";
export {
  type CustomerPurchases,
  daysOf,
  type PurchaseLog,
  summarisePurchases,
} from "./purchase_log.ts";
