import { type RandomGenerator, unsafeUniformIntDistribution } from "pure-rand";

/** A number in [0, 1) with 53 random bits. */
export function drawUnit(random: RandomGenerator): number {
  const high = drawInt(random, 0, 2 ** 26 - 1);
  const low = drawInt(random, 0, 2 ** 27 - 1);
  return (high * 2 ** 27 + low) / 2 ** 53;
}

/** A whole number of least..greatest, each equally likely. */
export function drawInt(random: RandomGenerator, least: number, greatest: number): number {
  return unsafeUniformIntDistribution(least, greatest, random);
}

/**
 * Draws some of the numbers 0..n - 1 without putting back, each set equally
 * likely (Fisher and Yates, stopped early).
 */
export function drawSome(n: number, count: number, random: RandomGenerator): Int32Array {
  const numbers = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = 0; i < count; i++) {
    const other = drawInt(random, i, n - 1);
    [numbers[i], numbers[other]] = [numbers[other]!, numbers[i]!];
  }
  return numbers.subarray(0, count);
}
