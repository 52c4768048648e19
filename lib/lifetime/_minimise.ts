import { CholeskyDecomposition, Matrix } from "ml-matrix";

/** A function with its slope: `[p]` in, `[p]` out. */
export interface Slope {
  readonly value: number;
  readonly gradient: Float64Array;
}

export interface Minimum {
  /** `[p]` */
  readonly at: Float64Array;
  readonly value: number;
  /** `[p × p]`, symmetric: the second derivatives there. */
  readonly hessian: Matrix;
  /** Whether the slope is flat there; what the box cuts off is not asked. */
  readonly converged: boolean;
  readonly iterations: number;
  /** `[p]`: whether a parameter ended on the edge of the box. */
  readonly atBound: readonly boolean[];
}

export interface MinimiseSpec {
  /** Every parameter stays within ±bound. */
  readonly bound: number;
  /** @default 200 */
  readonly maxIterations?: number;
  /** Of the greatest slope. @default 1e-9 */
  readonly tolerance?: number;
}

/** Steps of the numeric second derivatives: their error is about its square. */
const STEP = 1e-4;

/**
 * The least value of a smooth function of a few parameters within a box: Newton
 * steps, damped as Levenberg and Marquardt do until they lead downhill. Second
 * derivatives are central differences of the given slope. Each iteration takes
 * 2·p + 1 calls and a few more where steps are refused.
 *
 * Written here because what npm has is simplex or gradient search without a
 * slope of the slope, and the standard errors need that anyway.
 *
 * Source: J. Nocedal and S. Wright (2006), Numerical Optimization, chapters 3.4 and 10.3.
 */
export function minimise(
  f: (at: Float64Array) => Slope,
  start: readonly number[],
  { bound, maxIterations = 200, tolerance = 1e-9 }: MinimiseSpec,
): Minimum {
  let at = clamp(Float64Array.from(start), bound);
  let { value, gradient } = f(at);
  let hessian = hessianOf(f, at);
  let damping = 1e-3;
  let iterations = 0;
  let isStuck = false;
  while (!isFlat(at, gradient, { bound, tolerance }) && !isStuck && iterations < maxIterations) {
    iterations += 1;
    const next = maybeStepDown(f, { at, value, gradient, hessian, damping, bound });
    if (next === undefined) {
      isStuck = true;
      continue;
    }
    ({ at, value, gradient, damping } = next);
    hessian = hessianOf(f, at);
  }
  return {
    at,
    value,
    hessian,
    // Rounding ends the way down before the slope is as flat as asked: near enough counts.
    converged: isFlat(at, gradient, { bound, tolerance: isStuck ? tolerance * 1e3 : tolerance }),
    iterations,
    atBound: Array.from(at, (x) => Math.abs(x) >= bound),
  };
}

interface State extends Slope {
  readonly at: Float64Array;
  readonly hessian: Matrix;
  readonly damping: number;
  readonly bound: number;
}

/** The first damped Newton step that lowers the value; none where no step does. */
function maybeStepDown(f: (at: Float64Array) => Slope, state: State) {
  const { at, value, gradient, hessian, bound } = state;
  const isFree = Array.from(at, (x, i) => !pushesOut(x, gradient[i]!, bound));
  for (let damping = state.damping; damping < 1e12; damping *= 10) {
    const step = maybeNewtonStep(hessian, gradient, { damping, isFree });
    if (step === undefined) continue;
    const trial = clamp(at.map((x, i) => x + step[i]!), bound);
    const there = f(trial);
    if (there.value < value) {
      return { ...there, at: trial, damping: Math.max(damping / 10, 1e-12) };
    }
  }
  return undefined;
}

/** Solves (H + damping·(1 + |diagonal|)) step = −gradient; none where that is not positive definite. */
function maybeNewtonStep(
  hessian: Matrix,
  gradient: Float64Array,
  { damping, isFree }: { damping: number; isFree: readonly boolean[] },
): number[] | undefined {
  const p = gradient.length;
  const damped = Matrix.zeros(p, p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) {
      if (isFree[i] && isFree[j]) damped.set(i, j, hessian.get(i, j));
    }
    const diagonal = isFree[i] ? hessian.get(i, i) : 1;
    damped.set(i, i, diagonal + damping * (Math.abs(diagonal) + 1e-8));
  }
  const cholesky = new CholeskyDecomposition(damped);
  if (!cholesky.isPositiveDefinite()) return undefined;
  const slope = Array.from(gradient, (g, i) => isFree[i] ? -g : 0);
  const step = cholesky.solve(Matrix.columnVector(slope)).to1DArray();
  // A factor of e³ at once is as far as a quadratic in logarithms can be trusted.
  const longest = Math.max(...step.map(Math.abs));
  return Number.isFinite(longest) ? step.map((s) => s * Math.min(1, 3 / longest)) : undefined;
}

function hessianOf(f: (at: Float64Array) => Slope, at: Float64Array): Matrix {
  const p = at.length;
  const rows = Array.from({ length: p }, (_, i) => {
    const [up, down] = [at.slice(), at.slice()];
    up[i]! += STEP;
    down[i]! -= STEP;
    const [above, below] = [f(up).gradient, f(down).gradient];
    return Array.from(above, (g, j) => (g - below[j]!) / (2 * STEP));
  });
  const half = new Matrix(rows);
  return Matrix.add(half, half.transpose()).mul(0.5);
}

function isFlat(
  at: Float64Array,
  gradient: Float64Array,
  { bound, tolerance }: { bound: number; tolerance: number },
): boolean {
  return gradient.every((g, i) => Math.abs(g) <= tolerance || pushesOut(at[i]!, g, bound));
}

/** Whether going downhill would leave the box here. */
function pushesOut(x: number, slope: number, bound: number): boolean {
  return (x >= bound && slope < 0) || (x <= -bound && slope > 0);
}

function clamp(at: Float64Array, bound: number): Float64Array {
  return at.map((x) => Math.max(-bound, Math.min(bound, x)));
}
