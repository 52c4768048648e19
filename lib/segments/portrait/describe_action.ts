import type { Action, ActionEvidence, ActionFactor } from "./suggest_actions.ts";
import { brl, number, percent } from "./_words.ts";

/** An action in words. */
export interface ActionText {
  /** Why: each condition with its figure and what it had to be. */
  readonly because: string;
  /** The prize with every factor: what is measured, what is assumed. */
  readonly arithmetic: string;
  /** The prize alone, rounded to two digits: more it does not know. */
  readonly prize: string;
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
 *   id: "second_order", title: "Win the second order", todo: "Write to them.", evidence: [],
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
export function describeAction({ evidence, factors, prizeBrl }: Action): ActionText {
  const prize = `about ${brl(Number(prizeBrl.toPrecision(2)))}`;
  return {
    because: evidence.map(sayEvidence).join("; "),
    arithmetic: `${factors.map(sayFactor).join(" × ")} = ${prize}`,
    prize,
  };
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

/** Two digits that count, so that a small share can be multiplied by hand. */
function preciseShare(share: number): string {
  return share < 0.01 ? `${Number((share * 100).toPrecision(2))}%` : percent(share);
}
