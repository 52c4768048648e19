import type { HoldOut } from "./hold_out.ts";
import { type HoldOutGroup, MANY } from "./hold_out_group.ts";
import type { LifetimeCriterion } from "./judge_lifetime.ts";

/** The name of a criterion for which the sentence has the groups themselves. */
export const MISJUDGED =
  "groups, by repeats before, foretold wrong by more than half and by more than chance";

/** A verdict as a sentence with its figures. */
export function toSentence(
  isSupported: boolean,
  criteria: readonly LifetimeCriterion[],
  { days, actual, expected, groups }: HoldOut,
): string {
  if (isSupported) {
    const error = expected.mean / actual - 1;
    return `The data support expected values: for the last ${days} days, which the model had not ` +
      `seen, it foretold ${expected.mean.toFixed(0)} repeat purchases, and ${actual} came ` +
      `(${error < 0 ? "−" : "+"}${Math.abs(error * 100).toFixed(0)}%).`;
  }
  const wrong = groups.filter((group) => group.isMisjudged).map((group) =>
    `of ${group.customers} customers with ${repeatsOf(group)}, ` +
    `${group.expected.toFixed(0)} purchases were foretold and ${group.actual} came`
  );
  const failed = criteria.filter(({ passed }) => !passed).flatMap(
    ({ name, value, limit, must }) => {
      if (name === MISJUDGED && wrong.length > 0) return wrong;
      if (Number.isNaN(value)) return [`${name} cannot be measured`];
      return [`${name}: ${toText(value)}, must be ${must} ${toText(limit)}`];
    },
  );
  return `The data do not support expected values of customers, so none are shown: ${
    failed.join("; ")
  }.`;
}

function repeatsOf({ repeats }: HoldOutGroup): string {
  if (repeats === 0) return "one purchase before";
  return repeats === MANY
    ? `${MANY} repeats or more before`
    : `${repeats} repeat${repeats > 1 ? "s" : ""} before`;
}

function toText(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) < 0.001 ? value.toExponential(1) : value.toFixed(2);
}
