import { chancesToLeave, type PurchaseModel } from "./fit_purchase_model.ts";
import { distinctHistories, type PurchaseHistories } from "./purchase_histories.ts";

/** The part of a model that predictions need. */
export type PurchasePredictor = Pick<PurchaseModel, "kind" | "parameters">;

/**
 * The probability that each customer has not left by the end of the observation.
 *
 * `bg-nbd` gives 1 to everybody who bought once: it has no other choice.
 *
 * @returns `[n]`, 0..1
 * @throws as `fitPurchaseModel`
 *
 * Source: P. Fader and B. Hardie (2008), "Computing P(alive) using the BG/NBD
 * model", note 21; Batislam et al. (2007).
 *
 * @example
 * ```ts
 * import { probabilityAlive } from "feira/lifetime";
 * import assert from "node:assert/strict";
 *
 * const parameters = { r: 1, alpha: 10, a: 1, b: 1 };
 * const once = { repeats: [0], lastAt: [0], age: [10] };
 * // Odds of having left: a / b · ((10 + 10) / 10)¹ = 2.
 * const [alive] = probabilityAlive({ kind: "mbg-nbd", parameters }, once);
 * assert.ok(Math.abs(alive! - 1 / 3) < 1e-15);
 * assert.equal(probabilityAlive({ kind: "bg-nbd", parameters }, once)[0], 1);
 * ```
 */
export function probabilityAlive(
  model: PurchasePredictor,
  histories: PurchaseHistories,
): Float64Array {
  const { repeats, lastAt, age, indices } = distinctHistories(
    histories,
    "tell who is still a customer",
  );
  const alive = repeats.map((x, i) => aliveOf(model, [x, lastAt[i]!, age[i]!]));
  return Float64Array.from(indices, (at) => alive[at]!);
}

/** The same of one history: repeats, last time, age. */
export function aliveOf(
  { kind, parameters: { r, alpha, a, b } }: PurchasePredictor,
  [x, lastAt, age]: readonly [number, number, number],
): number {
  const m = chancesToLeave(kind, x);
  if (m === 0) return 1;
  return 1 / (1 + (a / (b + m - 1)) * ((alpha + age) / (alpha + lastAt)) ** (r + x));
}
