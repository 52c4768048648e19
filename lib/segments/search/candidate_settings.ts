import { GUIDE, type SegmentationSettings } from "../fit/settings.ts";
import { lowDiscrepancyPoint } from "./_low_discrepancy.ts";
import { type Range, SEARCH_SPACE, type SearchSpace } from "./search_space.ts";

/** What {@linkcode candidateSettings} needs to know. */
export interface CandidateSpec {
  /** Rows of the matrix: a map with more neurons than that learns the noise. */
  customers: number;
  /** Batch maps to try, the known ones first. @default 16 */
  count?: number;
  /** Where the sequence that covers the space starts; a whole number from 0. @default 0 */
  seed?: number;
  /** @default SEARCH_SPACE */
  space?: SearchSpace;
  /** Cuts the training for tests: at most so many iterations online and epochs in batch. */
  quick?: { readonly iterations?: number; readonly epochs?: number };
}

/** One point of the space. */
interface BatchMap {
  readonly perNeuron: number;
  readonly shape: number;
  /** In neurons, of a map whose widest useful start is given. */
  readonly radiusStart: (widest: number) => number;
  readonly radiusEnd: number;
  readonly init: SearchSpace["inits"][number];
}

/**
 * What is tried first, so that a search that is cut short has it: the best corner
 * of the frontier that bench/README.md measured, a wide start, and a nearly square
 * map, which that frontier found a little better.
 */
const KNOWN: readonly BatchMap[] = [
  { perNeuron: 4, shape: 2, radiusStart: () => 5, radiusEnd: 0.44, init: "pca-spread" },
  { perNeuron: 4, shape: 2, radiusStart: (widest) => widest, radiusEnd: 0.44, init: "pca-spread" },
  { perNeuron: 4, shape: 1, radiusStart: () => 5, radiusEnd: 0.5, init: "pca-spread" },
];

/**
 * The settings that a search tries: the guide's, the known good ones, and points
 * that cover the space evenly. Deterministic; settings that come to the same map
 * are there once, so there can be fewer than asked for.
 *
 * @throws {RangeError} when count or seed is not a whole number, or count below 1
 *
 * @example
 * ```ts
 * import { candidateSettings, GUIDE } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * const settings = candidateSettings({ customers: 95_420 });
 * assert.deepEqual(settings[0], GUIDE);
 * assert.equal(settings[1]!.name, "batch-80x40-5-0.44");
 * assert.equal(settings.length, 17);
 * ```
 */
export function candidateSettings(
  { customers, count = 16, seed = 0, space = SEARCH_SPACE, quick }: CandidateSpec,
): SegmentationSettings[] {
  assertWhole({ count, seed }, { count: 1, seed: 0 });
  const drawn = Array.from({ length: count }, (_, i) => drawMap(seed + i + 1, space));
  const batch = [...KNOWN, ...drawn].slice(0, count).map((map) => toBatch(map, customers, space));
  const distinct = batch.filter(({ name }, at) => batch.findIndex((b) => b.name === name) === at);
  const settings = [GUIDE, ...distinct];
  return quick === undefined ? settings : settings.map((each) => cut(each, quick));
}

function drawMap(n: number, space: SearchSpace): BatchMap {
  const [end = 0, start = 0, perNeuron = 0, shape = 0, init = 0] = lowDiscrepancyPoint(n, 5);
  return {
    perNeuron: onRange(perNeuron, space.customersPerNeuron),
    shape: pick(shape, space.shapes),
    radiusStart: (widest) =>
      onRange(start, { from: Math.min(space.radiusStart.from, widest), to: widest }),
    radiusEnd: round(onRange(end, space.radiusEnd)),
    init: pick(init, space.inits),
  };
}

function toBatch(
  { perNeuron, shape, radiusStart: startOf, radiusEnd, init }: BatchMap,
  customers: number,
  { mostNeurons, radiusStart: { toShareOfWidth }, epochs }: SearchSpace,
): SegmentationSettings {
  const tallest = Math.floor(Math.sqrt(mostNeurons / shape));
  const wanted = Math.round(Math.sqrt(customers / perNeuron / shape));
  const height = Math.max(2, Math.min(tallest, wanted));
  const width = Math.round(height * shape);
  const widest = width * toShareOfWidth;
  const radiusStart = round(Math.max(radiusEnd, Math.min(startOf(widest), widest)));
  const start = init === "sample" ? "a sample of customers" : "the principal plane";
  return {
    name: `batch-${width}x${height}-${radiusStart}-${radiusEnd}${
      init === "sample" ? "-sample" : ""
    }`,
    description: `Batch from ${start}, ${width} × ${height}, radius ${radiusStart} to ${radiusEnd}`,
    training: { kind: "batch", width, height, epochs, radiusStart, radiusEnd, init, seed: 42 },
    features: "guide",
    k: GUIDE.k,
    neurons: "hit",
    restarts: 10,
    seed: 42,
  };
}

/** The value at a share of the way, on a logarithmic scale. */
function onRange(share: number, { from, to }: Range): number {
  return from * (to / from) ** share;
}

function pick<T>(share: number, choices: readonly T[]): T {
  return choices[Math.floor(share * choices.length)]!;
}

/** So that a name tells the very number. */
function round(radius: number): number {
  return Math.round(radius * 100) / 100;
}

function cut(
  settings: SegmentationSettings,
  { iterations = Infinity, epochs = Infinity }: NonNullable<CandidateSpec["quick"]>,
): SegmentationSettings {
  const { training } = settings;
  return {
    ...settings,
    training: training.kind === "online"
      ? { ...training, iterations: Math.min(training.iterations, iterations) }
      : { ...training, epochs: Math.min(training.epochs, epochs) },
  };
}

function assertWhole(
  values: Readonly<Record<string, number>>,
  least: Readonly<Record<string, number>>,
): void {
  for (const [name, value] of Object.entries(values)) {
    if (Number.isInteger(value) && value >= least[name]!) continue;
    throw new RangeError(
      `Cannot draw candidates: ${name} is ${value}, must be a whole number of at least ${
        least[name]
      }`,
    );
  }
}
