import type { Action, ActionEvidence, ActionFactor } from "./suggest_actions.ts";
import { brl, number, percent } from "./_words.ts";

/** An action in words. */
export interface ActionText {
  readonly title: string;
  /** Why: each condition with its figure and what it had to be. */
  readonly because: string;
  /** The prize with every factor: what is measured, what is assumed. */
  readonly arithmetic: string;
  /** The prize alone, rounded to two digits: more it does not know. */
  readonly prize: string;
  /** All of it, in paragraphs with an empty line between: what to do, why, the prize. */
  readonly text: string;
}

/**
 * Says why an action is suggested and how its prize comes about.
 *
 * @example
 * ```ts
 * import { describeAction } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * const { arithmetic, prize } = describeAction({
 *   id: "second_order", title: "Win a second order", todo: "Write to them.", evidence: [],
 *   factors: [
 *     { label: "customers of the segment", value: 2000, unit: "customers", basis: "measured" },
 *     { label: "more customers come back", value: 0.05, unit: "share", basis: "assumed" },
 *     { label: "their median order", value: 61.5, unit: "BRL", basis: "measured" },
 *   ],
 *   prizeBrl: 6150,
 * });
 * assert.equal(prize, "about 6,200 BRL");
 * assert.match(arithmetic, /^2,000 customers.* × 5% .*\(assumed\) × 62 BRL .* = about 6,200 BRL$/);
 * ```
 */
export function describeAction({ title, todo, evidence, factors, prizeBrl }: Action): ActionText {
  const prize = `about ${brl(Number(prizeBrl.toPrecision(2)))}`;
  const because = evidence.map(sayEvidence).join("; ");
  const arithmetic = `${factors.map(sayFactor).join(" × ")} = ${prize}`;
  const text = [todo, `Why: ${because}.`, `The prize: ${arithmetic}.`].join("\n\n");
  return { title, because, arithmetic, prize, text };
}

function sayEvidence({ what, value, direction, limit, unit }: ActionEvidence): string {
  const say = unit === "share" ? percent : number;
  return `${what.replace("#", say(value))} (the rule asks for ${direction} ${say(limit)})`;
}

function sayFactor({ label, value, unit, basis }: ActionFactor): string {
  const said = unit === "customers"
    ? number(value)
    : unit === "share"
    ? preciseShare(value)
    : brl(value);
  return `${said} ${label}${basis === "assumed" ? " (assumed)" : ""}`;
}

/** Three digits, of a small share two: enough to multiply by hand. */
function preciseShare(share: number): string {
  return `${Number((share * 100).toPrecision(share < 0.01 ? 2 : 3))}%`;
}
