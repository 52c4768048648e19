/**
 * How a number is written: `auto` by its size, `integer`, `decimal` with a
 * fixed number of digits, `percent` of a share (0.25 is 25%), `compact`
 * (1.2M), `plain` without thousands separators (years, ids).
 */
export type NumberFormat = "auto" | "integer" | "decimal" | "percent" | "compact" | "plain";

/** What stands for a missing value. */
export const MISSING = "–";

function keyword(format: NumberFormat, digits: number | undefined): Intl.NumberFormatOptions {
  const fixed = (n: number) => ({ minimumFractionDigits: n, maximumFractionDigits: n });
  switch (format) {
    case "integer":
      return fixed(0);
    case "decimal":
      return fixed(digits ?? 2);
    case "percent":
      return { style: "percent", ...fixed(digits ?? 1) };
    case "compact":
      return { notation: "compact", maximumFractionDigits: digits ?? 1 };
    case "plain":
      return { useGrouping: false, maximumFractionDigits: digits ?? 6 };
    case "auto":
      return {};
  }
  throw new TypeError(
    `Cannot format a number: format is ${format satisfies never}, must be auto, integer, decimal, percent, compact or plain`,
  );
}

function autoDigits(value: number): Intl.NumberFormatOptions {
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 1000) return { maximumFractionDigits: 0 };
  if (size >= 100) return { maximumFractionDigits: 1 };
  if (size >= 1) return { maximumFractionDigits: 2 };
  return { maximumSignificantDigits: 3 };
}

/**
 * A number for people: thousands separators, a true minus sign, an en dash for
 * null, NaN and infinities.
 *
 * @throws {TypeError} when the format is not one of the six
 *
 * ```ts
 * import { formatNumber } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * assert.equal(formatNumber(95420), "95,420");
 * assert.equal(formatNumber(-0.1234), "−0.123");
 * assert.equal(formatNumber(0.715, { format: "percent" }), "71.5%");
 * assert.equal(formatNumber(null), "–");
 * ```
 */
export function formatNumber(
  value: number | bigint | null | undefined,
  { format = "auto", digits }: { format?: NumberFormat; digits?: number | undefined } = {},
): string {
  const options = keyword(format, digits);
  if (value === null || value === undefined || !Number.isFinite(Number(value))) return MISSING;
  const chosen = format !== "auto"
    ? options
    : digits !== undefined
    ? keyword("decimal", digits)
    : autoDigits(Number(value));
  const text = new Intl.NumberFormat("en-US", chosen).format(value);
  return text.replace("-", "−").replace(/^−(0(?:\.0*)?%?)$/, "$1");
}

/**
 * A part of a whole in percent, to a tenth; a part too small to show is not
 * called nothing.
 *
 * ```ts
 * import { sharePercent } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * assert.equal(sharePercent(1, 8), "12.5%");
 * assert.equal(sharePercent(1, 95_420), "<0.1%");
 * ```
 */
export function sharePercent(part: number, whole: number): string {
  const share = part / whole;
  return share > 0 && share < 0.0005 ? "<0.1%" : formatNumber(share, { format: "percent" });
}

/** A number with its unit; one thing is not "1 orders". */
export function quantity(value: number, unit: string): string {
  const text = formatNumber(value);
  if (unit === "") return text;
  return `${text} ${text === "1" ? unit.replace(/(?<=[a-z]{2})s$/, "") : unit}`;
}
