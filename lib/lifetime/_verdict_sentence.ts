import type { HoldOut } from "./hold_out.ts";
import type { LifetimeCriterion } from "./judge_lifetime.ts";

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
  const failed = criteria.filter(({ passed }) => !passed).map(({ name, value, limit, must }) =>
    Number.isNaN(value)
      ? `${name} cannot be measured`
      : `${name}: ${toText(value)}, must be ${must} ${toText(limit)}`
  );
  const wrong = groups.filter((group) => group.isMisjudged).map((group) =>
    `of ${group.customers} customers with ${group.repeats} earlier repeats ` +
    `${group.expected.toFixed(0)} purchases were foretold and ${group.actual} came`
  );
  return `The data do not support expected values of customers, so none are shown: ${
    [...failed, ...wrong].join("; ")
  }.`;
}

function toText(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) < 0.001 ? value.toExponential(1) : value.toFixed(2);
}
