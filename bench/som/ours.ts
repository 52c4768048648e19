/** Our side of the map engine's bench, one job to a process: `deno run -A ours.ts JOB.json`. */
import { elbow, estimateSilhouette, findKnee, kMeans, silhouette } from "feira/cluster";
import {
  type BatchSpec,
  bestMatchingUnits,
  type Matrix,
  quantizationError,
  type SomMap,
  topographicError,
  trainBatch,
  trainOnline,
} from "feira/som";
import { answerJob, type Found, timed } from "../shared/answer_job.ts";
import { readFloats, readIntegers, writeNumbers } from "../shared/number_file.ts";
import type {
  BatchJob,
  ElbowJob,
  ErrorsJob,
  LabelJob,
  MapFile,
  MatrixFile,
  OnlineJob,
  SilhouetteJob,
  SomJob,
} from "./jobs.ts";
import { measureQuality } from "./quality.ts";

await answerJob<SomJob>(async (job) => {
  const matrix = await readMatrix(job);
  switch (job.task) {
    case "online":
      return online(job, matrix);
    case "batch":
      return batch(job, matrix);
    case "errors":
      return errors(job, matrix);
    case "silhouette":
      return measureSilhouette(job, matrix);
    case "elbow":
      return measureElbow(job, matrix);
    case "label":
      return label(job, matrix);
    case "quality":
      return measureQuality(job, matrix);
  }
});

async function online(job: OnlineJob, matrix: Matrix): Promise<Found> {
  const { took, value } = await timed(() => trainOnline(matrix, job));
  await writeNumbers(job.out, value.weights);
  return { ...took };
}

async function batch(job: BatchJob, matrix: Matrix): Promise<Found> {
  const { width, height, epochs, radiusStart, radiusEnd } = job;
  const from: Pick<BatchSpec, "init"> = job.start === undefined
    ? {}
    : { init: await readMap({ ...job, weights: job.start }) };
  const { took, value } = await timed(() =>
    trainBatch(matrix, { width, height, epochs, radiusStart, radiusEnd, ...from })
  );
  await writeNumbers(job.out, value.weights);
  return { ...took };
}

async function errors(job: ErrorsJob, matrix: Matrix): Promise<Found> {
  const map = await readMap(job);
  const { took, value } = await timed(async () => {
    const units = await bestMatchingUnits(map, matrix);
    return {
      qe: await quantizationError(map, matrix, { units }),
      te: await topographicError(map, matrix, { units }),
    };
  });
  return { ...took, ...value };
}

async function measureSilhouette(job: SilhouetteJob, matrix: Matrix): Promise<Found> {
  const { precision = "float64", sampleSize } = job;
  const labels = await readIntegers(job.labels, job.rows);
  const { took, value } = await timed<{ readonly mean: number }>(() =>
    sampleSize === undefined
      ? silhouette(matrix, labels, { precision })
      : estimateSilhouette(matrix, labels, { precision, sampleSize, limit: sampleSize })
  );
  return { ...took, mean: value.mean };
}

async function measureElbow(job: ElbowJob, matrix: Matrix): Promise<Found> {
  const { took, value } = await timed(async () => {
    const curve = await elbow(matrix, job);
    const ks = curve.map(({ k }) => k);
    const inertias = curve.map(({ inertia }) => inertia);
    const knee = findKnee(ks, inertias, { curve: "convex", direction: "decreasing" });
    return { inertias, knee: knee?.x ?? null };
  });
  return { ...took, ...value };
}

async function label(job: LabelJob, matrix: Matrix): Promise<Found> {
  const map = await readMap(job);
  const { took, value } = await timed(async () => {
    const { bmu } = await bestMatchingUnits(map, matrix);
    const codebook = { data: map.weights, rows: map.width * map.height, cols: map.features };
    const { labels } = await kMeans(codebook, { k: job.k });
    return bmu.map((neuron) => labels[neuron]!);
  });
  await writeNumbers(job.out, value);
  return { ...took };
}

async function readMatrix({ matrix, rows, cols }: MatrixFile): Promise<Matrix> {
  return { data: await readFloats(matrix, rows * cols), rows, cols };
}

async function readMap({ weights, width, height, cols }: MapFile & MatrixFile): Promise<SomMap> {
  return { weights: await readFloats(weights), width, height, features: cols };
}
