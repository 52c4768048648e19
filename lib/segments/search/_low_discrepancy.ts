/**
 * Point n of an additive recurrence that fills the unit cube evenly, however many
 * of its points are taken: frac(1/2 + n · g⁻ʲ) along dimension j = 1..d, where g
 * is the positive root of x^(d + 1) = x + 1; for d = 1 the golden ratio.
 *
 * Source: M. Roberts (2018), The unreasonable effectiveness of quasirandom sequences.
 *
 * @returns `[dimensions]`, each at least 0 and below 1
 */
export function lowDiscrepancyPoint(n: number, dimensions: number): number[] {
  let ratio = 1.5;
  // A contraction: 60 steps are far beyond what a double holds.
  for (let i = 0; i < 60; i++) ratio = (1 + ratio) ** (1 / (dimensions + 1));
  return Array.from({ length: dimensions }, (_, j) => (0.5 + n * ratio ** -(j + 1)) % 1);
}
