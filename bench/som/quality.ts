import {
  candidateSettings,
  GUIDE,
  type LeaderboardRow,
  searchSettings,
  type SegmentationSettings,
} from "feira/segments";
import type { Matrix } from "feira/som";
import { type Found, timed } from "../shared/answer_job.ts";
import type { QualityJob } from "./jobs.ts";

/**
 * The four figures of a preset, by the product's own way from features to
 * segments: `tuned` is the winner by the gate among the settings that the
 * product tries. Silhouette and Davies-Bouldin index are over customers.
 */
export async function measureQuality(job: QualityJob, matrix: Matrix): Promise<Found> {
  const customers = {
    ...matrix,
    featureNames: job.featureNames,
    customerIds: Array.from({ length: matrix.rows }, (_, row) => String(row)),
  };
  const settings = toSettings(job, matrix.rows);
  const { took, value } = await timed(() => searchSettings(customers, settings, { beside: [] }));
  return { ...took, ...toFigures(value.leaderboard[0]!) };
}

function toFigures({ name, metrics, sizes }: LeaderboardRow) {
  const { qe, te, silhouette, dbi } = metrics;
  return { settings: name, qe, te, silhouette, dbi, sizes };
}

/** Only the first of the settings to be tuned over, where the run is to be quick. */
function toSettings({ preset, quick }: QualityJob, customers: number): SegmentationSettings[] {
  const cut = quick === undefined ? {} : { quick };
  const settings = candidateSettings({ customers, ...cut });
  if (preset === "guide") return settings.filter(({ name }) => name === GUIDE.name);
  return quick === undefined ? settings : settings.slice(1, 2);
}
