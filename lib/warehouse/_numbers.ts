/**
 * The number of a whole number or its text: what is beyond stays beyond when it
 * is rounded to a double, so the double tells.
 *
 * @throws {RangeError} beyond ±(2^53 − 1), where a number would be another one.
 */
export function toSafeNumber(value: bigint | string, column: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new RangeError(
    `Cannot read ${column}: found ${value}, must be within ±${Number.MAX_SAFE_INTEGER} (cast it to a float or a text)`,
  );
}

/** The number nearest to a decimal's text; the sign of nothing is left out. */
export function toDecimalNumber(text: string): number {
  return Number(text) + 0;
}
