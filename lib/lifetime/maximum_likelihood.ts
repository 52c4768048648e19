import { EigenvalueDecomposition, inverse } from "ml-matrix";
import { minimise, type Slope } from "./_minimise.ts";

/** Parameters by name, all above 0. */
export type Parameters<Name extends string> = Readonly<Record<Name, number>>;

/** How a model was fitted, and how much its parameters can be trusted. */
export interface LikelihoodFit<Name extends string> {
  readonly parameters: Parameters<Name>;
  /**
   * Of the parameters, by the delta method from the observed information; absent
   * where that is singular or a parameter is at its bound.
   */
  readonly standardErrors?: Parameters<Name>;
  /** `[p × p]`: of the parameters' logarithms; absent with the standard errors. */
  readonly logCovariance?: Float64Array;
  readonly logLikelihood: number;
  /** Customers. */
  readonly customers: number;
  readonly converged: boolean;
  readonly iterations: number;
  /** Parameters that ran to the edge of what is searched, e^±14: the data have no opinion. */
  readonly atBound: readonly Name[];
  /**
   * Least eigenvalue over the greatest of the information about the logarithms;
   * at most 0 where the likelihood has no peak.
   */
  readonly reciprocalCondition: number;
}

export interface LikelihoodSpec<Name extends string> {
  readonly names: readonly Name[];
  /** Customers, whom the log-likelihood is a sum over. */
  readonly customers: number;
  /** Each `[p]` parameters to start from; the best end counts. */
  readonly starts: readonly (readonly number[])[];
}

/** Parameters are searched between e^-14 and e^14. */
const BOUND = 14;

/** Below this, rounding of the second derivatives could be all there is. */
const SINGULAR = 1e-10;

/**
 * The parameters that make the data most likely, searched in their logarithms.
 *
 * @param logLikelihood of the parameters `[p]`, summed over customers, with its slope in them
 */
export function maximumLikelihood<Name extends string>(
  logLikelihood: (parameters: Float64Array) => Slope,
  { names, customers, starts }: LikelihoodSpec<Name>,
): LikelihoodFit<Name> {
  const loss = (logs: Float64Array): Slope => {
    const parameters = logs.map(Math.exp);
    const { value, gradient } = logLikelihood(parameters);
    return {
      value: -value / customers,
      gradient: gradient.map((g, i) => -g * parameters[i]! / customers),
    };
  };
  const ends = starts.map((start) => minimise(loss, start.map(Math.log), { bound: BOUND }));
  const best = ends.reduce((a, b) => (b.value < a.value ? b : a));
  const parameters = best.at.map(Math.exp);
  const eigenvalues = new EigenvalueDecomposition(best.hessian, { assumeSymmetric: true })
    .realEigenvalues.toSorted((a, b) => a - b);
  const reciprocalCondition = eigenvalues[0]! / eigenvalues.at(-1)!;
  const atBound = names.filter((_, i) => best.atBound[i]);
  const named = (values: ArrayLike<number>) =>
    Object.fromEntries(names.map((name, i) => [name, values[i]!])) as Parameters<Name>;
  const fit = {
    parameters: named(parameters),
    logLikelihood: -best.value * customers,
    customers,
    converged: best.converged,
    iterations: best.iterations,
    atBound,
    reciprocalCondition,
  };
  if (atBound.length > 0 || !(reciprocalCondition > SINGULAR)) return fit;
  const covariance = inverse(best.hessian).div(customers);
  return {
    ...fit,
    standardErrors: named(parameters.map((x, i) => x * Math.sqrt(covariance.get(i, i)))),
    logCovariance: Float64Array.from(covariance.to1DArray()),
  };
}
