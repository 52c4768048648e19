import { join } from "node:path";
import { FeiraError, writeJsonBeside } from "feira/workspace";
import type { SegmentStability } from "../levels/segment_stability.ts";
import type { Segmentation } from "../fit/fit_segmentation.ts";
import type { Criterion, Verdict } from "./judge.ts";
import type { NamedSegment } from "../names/name_segments.ts";

/** How the last segmentation ended, for those who did not fit it: outcome.json. */
export interface Outcome {
  readonly modelId: string;
  readonly preset: string;
  /** Quantization error, in standard deviations. */
  readonly qe: number;
  /** Topographic error, 0..1. */
  readonly te: number;
  /** Over customers, -1..1. */
  readonly silhouette: number;
  /** Davies-Bouldin index over customers. */
  readonly dbi: number;
  readonly k: number;
  /** When `failed`, nothing of it was published, unless `forced`. */
  readonly gate: "passed" | "failed";
  /** Whether it failed and was published all the same, because someone accepted it. */
  readonly forced: boolean;
  readonly criteria: readonly Criterion[];
  readonly segments: readonly NamedSegment[];
  /** Of both levels; absent where it was not measured. */
  readonly stability?: readonly SegmentStability[];
}

/** What {@linkcode saveOutcome} writes down. */
export interface OutcomeSpec {
  preset: string;
  segmentation: Segmentation;
  verdict: Verdict;
  segments: readonly NamedSegment[];
  stability?: readonly SegmentStability[];
  /** Whether it is published though the gate fails; see `assertPassed`. @default false */
  accept?: boolean;
}

/**
 * Writes outcome.json into a models folder, of an accepted model or a rejected
 * one, so that a rejection can be read too.
 */
export async function saveOutcome(modelsDir: string, spec: OutcomeSpec): Promise<Outcome> {
  const {
    preset,
    segmentation: { modelId, k, metrics },
    verdict,
    segments,
    stability,
    accept = false,
  } = spec;
  const { qe, te, silhouette, dbi } = metrics;
  const gate = verdict.passed ? "passed" : "failed";
  const { criteria } = verdict;
  const outcome = {
    modelId,
    preset,
    qe,
    te,
    silhouette,
    dbi,
    k,
    gate,
    forced: accept && !verdict.passed,
    criteria,
    segments,
    ...(stability && { stability }),
  } as const;
  await writeJsonBeside(join(modelsDir, "outcome.json"), outcome);
  return outcome;
}

/**
 * Reads what {@linkcode saveOutcome} wrote.
 *
 * @returns undefined when nothing was segmented yet.
 * @throws {FeiraError} `data` when the file is broken.
 */
export async function maybeOutcome(modelsDir: string): Promise<Outcome | undefined> {
  const path = join(modelsDir, "outcome.json");
  try {
    return JSON.parse(await Deno.readTextFile(path)) as Outcome;
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return undefined;
    throw new FeiraError(
      "data",
      `Cannot read ${path}: ${(cause as Error).message}, must be what 08_segment writes`,
      { cause },
    );
  }
}
