/** A number that is not known exactly. */
export interface Estimate {
  readonly mean: number;
  /** Between `low` and `high` it is with 95% probability. */
  readonly low: number;
  readonly high: number;
}

/** Of the normal distribution. */
const Z95 = 1.959963984540054;

/** Central differences in a logarithm: a part in ten thousand up and down. */
const STEP = 1e-4;

/**
 * An estimate of what cannot be below 0: normal in its logarithm, so that no end
 * of the interval is below 0 either.
 */
export function toEstimate(mean: number, variance: number): Estimate {
  if (mean === 0) return { mean, low: 0, high: 0 };
  const factor = Math.exp((Z95 * Math.sqrt(variance)) / mean);
  return { mean, low: mean / factor, high: mean * factor };
}

/**
 * The variance that uncertain parameters give to totals, by the delta method.
 *
 * @param parameters by name, above 0
 * @param logCovariance `[p × p]`, of their logarithms
 * @param totals `[groups]`, of parameters by name
 * @returns `[groups]`
 */
export function deltaVariance<P extends Readonly<Record<string, number>>>(
  { parameters, logCovariance }: { parameters: P; logCovariance: Float64Array },
  totals: (parameters: P) => Float64Array,
): Float64Array {
  const slopes = Object.keys(parameters).map((name) => {
    const at = (step: number) =>
      totals({ ...parameters, [name]: parameters[name]! * Math.exp(step) });
    const [up, down] = [at(STEP), at(-STEP)];
    return up.map((value, group) => (value - down[group]!) / (2 * STEP));
  });
  const p = slopes.length;
  return slopes[0]!.map((_, group) => {
    let sum = 0;
    for (let i = 0; i < p; i++) {
      for (let j = 0; j < p; j++) {
        sum += slopes[i]![group]! * logCovariance[i * p + j]! * slopes[j]![group]!;
      }
    }
    return Math.max(0, sum);
  });
}
