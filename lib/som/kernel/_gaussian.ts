import { MARGIN, OnlinePlan } from "./_online_plan";

const LOG2_E: f64 = 1.4426950408889634;
// ln 2 in two parts: the first has so few bits that multiples of it are exact.
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
/** Adding and taking away 1.5 · 2^52 rounds to a whole number, which stands in the low bits. */
const TO_WHOLE: f64 = 6755399441055744;

/**
 * exp of two numbers from -100 to 0, to the last bit but one: 2^k · e^r with
 * |r| <= ln 2 / 2. `exponential` of ../_gaussian.ts does the same steps, so that
 * both give the same bits.
 */
// @ts-ignore: decorator
@inline
function exponential(value: v128): v128 {
  const shifted = f64x2.add(f64x2.mul(value, f64x2.splat(LOG2_E)), f64x2.splat(TO_WHOLE));
  const k = f64x2.sub(shifted, f64x2.splat(TO_WHOLE));
  const high = f64x2.sub(value, f64x2.mul(k, f64x2.splat(LN2_HIGH)));
  const r = f64x2.sub(high, f64x2.mul(k, f64x2.splat(LN2_LOW)));
  let sum = f64x2.splat(1.0 / 6227020800.0);
  sum = step(sum, r, 1.0 / 479001600.0);
  sum = step(sum, r, 1.0 / 39916800.0);
  sum = step(sum, r, 1.0 / 3628800.0);
  sum = step(sum, r, 1.0 / 362880.0);
  sum = step(sum, r, 1.0 / 40320.0);
  sum = step(sum, r, 1.0 / 5040.0);
  sum = step(sum, r, 1.0 / 720.0);
  sum = step(sum, r, 1.0 / 120.0);
  sum = step(sum, r, 1.0 / 24.0);
  sum = step(sum, r, 1.0 / 6.0);
  sum = step(sum, r, 0.5);
  sum = step(sum, r, 1.0);
  sum = step(sum, r, 1.0);
  const power = i64x2.shl(i64x2.add(shifted, i64x2.splat(1023)), 52);
  return f64x2.mul(sum, power);
}

// @ts-ignore: decorator
@inline
function step(sum: v128, r: v128, coefficient: f64): v128 {
  return f64x2.add(f64x2.mul(sum, r), f64x2.splat(coefficient));
}

/** Exponents below give factors that are 0 for every purpose here. */
const LEAST_EXPONENT: f64 = -100;

/**
 * Writes the gaussian exp(-r²/2σ²) for r = 0, 1, … on both sides of the centre,
 * and zeros as far as tiles at its rim reach.
 *
 * @param least factors below it are 0
 * @returns the greatest r whose factor is not 0
 */
export function fillFactors<T>(online: OnlinePlan, sigma: f64, least: f64): i32 {
  const centre = online.factors + <usize>online.centre * sizeof<T>();
  const spread = 2 * sigma * sigma;
  const most = online.centre - MARGIN;
  store<T>(centre, <T>1);
  let reach = 0;
  for (let r = 1; r <= most; r += 2) {
    const near = <f64>r;
    const far = <f64>(r + 1);
    const exponents = f64x2.div(
      f64x2.replace_lane(f64x2.splat(-near * near), 1, -far * far),
      f64x2.splat(spread),
    );
    const factors = exponential(f64x2.pmax(f64x2.splat(LEAST_EXPONENT), exponents));
    const first = f64x2.extract_lane(factors, 0);
    if (first < least) break;
    place<T>(centre, r, first);
    reach = r;
    const second = f64x2.extract_lane(factors, 1);
    if (second < least) break;
    place<T>(centre, r + 1, second);
    reach = r + 1;
  }
  for (let r = reach + 1; r <= reach + RIM; r++) place<T>(centre, r, 0);
  return reach;
}

/** How far beyond the reach a tile's neurons can stand. */
const RIM: i32 = 7;

// @ts-ignore: decorator
@inline
function place<T>(centre: usize, r: i32, factor: f64): void {
  const offset = <usize>r * sizeof<T>();
  store<T>(centre + offset, <T>factor);
  store<T>(centre - offset, <T>factor);
}
