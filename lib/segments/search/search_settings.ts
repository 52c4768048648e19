import type { CustomerMatrix, PresetName } from "feira/features";
import { GUIDE, type SegmentationSettings } from "../fit/settings.ts";
import { GATE, type Limit } from "../gate/gate.ts";
import { climbRungs, type Trial, type Untried } from "./climb_rungs.ts";
import { type FitSpec, toFit } from "./fit_stage.ts";
import { type LeaderboardRow, rankRows, toRow, type UnrankedRow } from "./leaderboard.ts";
import { type Rung, RUNGS } from "./rungs.ts";

/** What a search found. */
export interface Search {
  /** Settings trained in full, best first; those on other features last. */
  readonly leaderboard: readonly LeaderboardRow[];
  /** Rung by rung, best first. */
  readonly trials: readonly Trial[];
  readonly untried: readonly Untried[];
}

/** Settings of {@linkcode searchSettings}. */
export interface SearchOptions extends FitSpec {
  /** @default RUNGS */
  rungs?: readonly Rung[];
  /** @default GATE */
  gate?: readonly Limit[];
  /** On which features the guide's settings and the winner's are shown beside. @default ["refined"] */
  beside?: readonly Exclude<PresetName, "guide">[];
  /**
   * When so much time has passed no fit is started any more, but the guide's and
   * that of the best settings so far. What is found then depends on the machine;
   * without it, only on data, settings and code.
   */
  budgetSeconds?: number | undefined;
  /** Milliseconds. @default performance.now */
  clock?: () => number;
}

/**
 * Looks for the best settings by successive halving: all are trained for a moment,
 * the better ones longer, the best in full; then those are ranked by the gate
 * beside the guide's, which are always trained in full (see {@linkcode rankRows}).
 *
 * A rung ranks by the score alone, not by who passes: few epochs pass no limit. A
 * rung that would drop nothing is left out. While nothing passes the gate, what was
 * dropped is trained in full after all, the best first. With `dir` every fit is kept, so a
 * search that was interrupted takes up where it was.
 *
 * @param settings the guide's, and others on the guide's features, the most
 * promising first: see {@linkcode candidateSettings}
 * @throws {RangeError} when there are no settings, or a rung keeps none
 * @throws the signal's reason when it was aborted
 */
export async function searchSettings(
  matrix: CustomerMatrix,
  settings: readonly SegmentationSettings[],
  options: SearchOptions = {},
): Promise<Search> {
  if (settings.length === 0) {
    throw new RangeError("Cannot search settings: found none, must be at least 1");
  }
  const { rungs = RUNGS, gate = GATE, beside = ["refined"] } = options;
  const isOver = toDeadline(options);
  const fit = toFit(options);
  const guide = settings.filter(({ name }) => name === GUIDE.name);
  const candidates = settings.filter(({ name }) => name !== GUIDE.name);
  const { survivors, dropped, trials, untried } = await climbRungs(matrix, candidates, {
    rungs,
    gate,
    fit,
    isOver,
  });

  const rows: UnrankedRow[] = [];
  const train = async (each: SegmentationSettings, { isOwed = false } = {}) => {
    if (!isOwed && isOver()) return void untried.push({ name: each.name, stage: "full" });
    const { segmentation, reused } = await fit(matrix, each, "full");
    const run = options.signal === undefined ? {} : { signal: options.signal };
    rows.push(await toRow(segmentation, { matrix, reused, gate, ...run }));
  };
  for (const each of guide) await train(each, { isOwed: true });
  for (const [at, each] of survivors.entries()) await train(each, { isOwed: at === 0 });
  for (const each of dropped) {
    if (isOver() || rows.some(({ verdict }) => verdict?.passed)) break;
    await train(each);
  }
  const winner = rankRows(rows)[0]!.settings;
  const shown = winner.name === GUIDE.name ? [winner] : [winner, ...guide];
  for (const preset of beside) {
    for (const each of shown) await train(onFeatures(each, preset));
  }
  return { leaderboard: rankRows(rows), trials, untried };
}

function onFeatures(
  settings: SegmentationSettings,
  features: Exclude<PresetName, "guide">,
): SegmentationSettings {
  const { name, description } = settings;
  return {
    ...settings,
    name: `${name}, ${features}`,
    description: `${description}, on the ${features} features`,
    features,
  };
}

function toDeadline(
  { budgetSeconds, clock = () => performance.now() }: SearchOptions,
): () => boolean {
  if (budgetSeconds === undefined) return () => false;
  const end = clock() + budgetSeconds * 1000;
  return () => clock() >= end;
}
