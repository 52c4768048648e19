/** Far more terms than fitted models need: 36 / (1 − z) of them give every bit. */
const MOST_TERMS = 5_000_000;

/**
 * Gauss' hypergeometric function 2F1(a, b; c; z) for positive a, b, c and 0 ≤ z < 1
 * by its series: all terms are positive, so that nothing cancels.
 *
 * @throws {RangeError} when z is so near 1 that the series takes too long
 */
export function hypergeometric(a: number, b: number, c: number, z: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 0; n < MOST_TERMS; n++) {
    const ratio = ((a + n) / (c + n)) * ((b + n) / (1 + n)) * z;
    term *= ratio;
    sum += term;
    // The terms left are at most a geometric series once they shrink.
    if (ratio < 1 && term * ratio <= (1 - ratio) * sum * 1e-16) return sum;
  }
  throw new RangeError(`Cannot sum 2F1: z is ${z}, must be further below 1`);
}
