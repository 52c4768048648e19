const LOG2_E = 1.4426950408889634;
// ln 2 in two parts: the first has so few bits that multiples of it are exact.
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
/** Adding and taking away 1.5 · 2^52 rounds to a whole number. */
const TO_WHOLE = 6755399441055744;

/** 1/13!, 1/12!, … 1/1!, 1/0!: Taylor's series of e^r, good to 2^-57 for |r| ≤ ln 2 / 2. */
const COEFFICIENTS = Float64Array.of(
  ...[1 / 6227020800, 1 / 479001600, 1 / 39916800, 1 / 3628800, 1 / 362880, 1 / 40320],
  ...[1 / 5040, 1 / 720, 1 / 120, 1 / 24, 1 / 6, 0.5, 1, 1],
);

/** 2^-k for k = 0, 1, … */
const HALVES = Float64Array.from({ length: 160 }, (_, k) => 2 ** -k);

/** Exponents below give factors that are 0 for every purpose here. */
const LEAST_EXPONENT = -100;

/**
 * e^value for values from -100 to 0, to the last bit but one: 2^k · e^r with
 * |r| ≤ ln 2 / 2. kernel/_gaussian.ts does the same steps in vectors, so that
 * both give the same bits; `Math.exp` differs from engine to engine.
 */
export function exponential(value: number): number {
  const k = value * LOG2_E + TO_WHOLE - TO_WHOLE;
  const r = value - k * LN2_HIGH - k * LN2_LOW;
  let sum = COEFFICIENTS[0]!;
  for (let i = 1; i < COEFFICIENTS.length; i++) sum = sum * r + COEFFICIENTS[i]!;
  return sum * HALVES[-k]!;
}

/**
 * Fills `factors` with the gaussian exp(-r²/2σ²) for r = 0, 1, … and zeros after
 * the first that is below `least`.
 *
 * @returns the greatest r whose factor is not 0
 */
export function fillFactors(factors: Float64Array, sigma: number, least: number): number {
  const spread = 2 * sigma * sigma;
  factors.fill(0);
  factors[0] = 1;
  for (let r = 1; r < factors.length; r++) {
    const factor = exponential(Math.max(LEAST_EXPONENT, -r * r / spread));
    if (factor < least) return r - 1;
    factors[r] = factor;
  }
  return factors.length - 1;
}
