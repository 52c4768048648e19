import { assertOneOf, assertPositive, assertWhole } from "./_check.ts";

/**
 * Gives sigma or the learning rate at a step of training.
 *
 * @param start its value at step 0
 * @param t the step, 0..total - 1: an iteration, or an epoch where epochs are counted
 * @param total steps in all
 */
export type DecayFunction = (start: number, t: number, total: number) => number;

/**
 * How the learning rate η falls over T steps, by MiniSom's names:
 *
 * - `asymptotic`: η / (1 + 2t/T), to a third
 * - `inverse-to-zero`: η · C / (C + t) with C = T/100, to about a hundredth
 * - `linear-to-zero`: η · (1 - t/T)
 */
export type LearningRateDecay = "asymptotic" | "inverse-to-zero" | "linear-to-zero";

/**
 * How sigma changes over T steps, by MiniSom's names:
 *
 * - `asymptotic`: σ / (1 + 2t/T), to a third
 * - `inverse-to-one`: σ / (1 + t(σ - 1)/T)
 * - `linear-to-one`: σ + t(1 - σ)/T
 */
export type SigmaDecay = "asymptotic" | "inverse-to-one" | "linear-to-one";

const asymptotic: DecayFunction = (start, t, total) => start / (1 + t / (total / 2));

const RATE_DECAYS: Record<LearningRateDecay, DecayFunction> = {
  asymptotic,
  "inverse-to-zero": (start, t, total) => start * (total / 100) / (total / 100 + t),
  "linear-to-zero": (start, t, total) => start * (1 - t / total),
};

const SIGMA_DECAYS: Record<SigmaDecay, DecayFunction> = {
  asymptotic,
  "inverse-to-one": (start, t, total) => start / (1 + t * ((start - 1) / total)),
  "linear-to-one": (start, t, total) => start + (t * (1 - start)) / total,
};

/** Sigma and learning rate of every iteration. */
export interface Schedule {
  /** Iterations in all: one shows one sample. */
  readonly iterations: number;
  sigmaAt(iteration: number): number;
  rateAt(iteration: number): number;
}

export interface ScheduleSpec {
  readonly sigma: number;
  readonly learningRate: number;
  readonly iterations: number;
  readonly useEpochs?: boolean;
  readonly sigmaDecay?: SigmaDecay | DecayFunction;
  readonly learningRateDecay?: LearningRateDecay | DecayFunction;
}

/** @throws {RangeError} when a setting is out of range, at once; when an own decay gives what none may be, then. */
export function toSchedule(spec: ScheduleSpec, rows: number): Schedule {
  const { sigma, learningRate, iterations, useEpochs = false } = spec;
  const { sigmaDecay = "asymptotic", learningRateDecay = "asymptotic" } = spec;
  assertPositive(sigma, "Cannot train map: sigma");
  assertPositive(learningRate, "Cannot train map: learning rate");
  if (learningRate > 1) {
    throw new RangeError(`Cannot train map: learning rate is ${learningRate}, must be at most 1`);
  }
  assertWhole(iterations, "Cannot train map: iterations", 1);
  const sigmaOf = toDecay(SIGMA_DECAYS, sigmaDecay, "sigma decay", [
    Number.MIN_VALUE,
    Number.MAX_VALUE,
  ]);
  const rateOf = toDecay(RATE_DECAYS, learningRateDecay, "learning rate decay", [0, 1]);
  const stepOf = (iteration: number) => useEpochs ? Math.floor(iteration / rows) : iteration;
  return {
    iterations: useEpochs ? iterations * rows : iterations,
    sigmaAt: (iteration) => sigmaOf(sigma, stepOf(iteration), iterations),
    rateAt: (iteration) => rateOf(learningRate, stepOf(iteration), iterations),
  };
}

function toDecay<Name extends string>(
  known: Record<Name, DecayFunction>,
  decay: Name | DecayFunction,
  what: string,
  [least, most]: readonly [least: number, most: number],
): DecayFunction {
  if (typeof decay === "string") {
    assertOneOf(decay, Object.keys(known), `Cannot train map: ${what}`);
    return known[decay];
  }
  return (start, t, total) => {
    const value = decay(start, t, total);
    if (value >= least && value <= most) return value;
    throw new RangeError(
      `Cannot train map: ${what} gave ${value} at step ${t}, must be ${
        most === 1 ? "from 0 to 1" : "a finite number above 0"
      }`,
    );
  };
}
