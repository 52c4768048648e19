/** What customers have spent, `[n]` each. */
export interface PurchaseValues {
  /** Purchases that the mean is over; whole, at least 1. */
  readonly purchases: ArrayLike<number>;
  /** Mean value of a purchase, above 0, in money. */
  readonly meanValue: ArrayLike<number>;
}

/**
 * @throws {TypeError} when the arrays differ in length
 * @throws {RangeError} when there are no customers, or a value is not possible, by customer
 */
export function assertValues({ purchases, meanValue }: PurchaseValues, action: string): void {
  const n = purchases.length;
  if (meanValue.length !== n) {
    throw new TypeError(
      `Cannot ${action}: found ${n} numbers of purchases and ${meanValue.length} means, must be as many of each`,
    );
  }
  if (n === 0) throw new RangeError(`Cannot ${action}: found no customers, must be at least 1`);
  for (let i = 0; i < n; i++) {
    if (!(Number.isInteger(purchases[i]!) && purchases[i]! >= 1)) {
      throw new RangeError(
        `Cannot ${action}: found ${
          purchases[i]
        } purchases of customer ${i}, must be a whole number from 1`,
      );
    }
    if (!(meanValue[i]! > 0 && Number.isFinite(meanValue[i]!))) {
      throw new RangeError(
        `Cannot ${action}: found mean value ${
          meanValue[i]
        } of customer ${i}, must be finite and above 0`,
      );
    }
  }
}
