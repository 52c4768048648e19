/** Trains and measures one setting, in a process of its own: `train_setting.ts JOB.json`. */
import { daviesBouldin, kMeans, silhouette } from "feira/cluster";
import {
  bestMatchingUnits,
  type Matrix,
  quantizationError,
  type SomInit,
  type SomMap,
  topographicError,
  trainBatch,
  trainOnline,
} from "feira/som";
import { answerJob, timed } from "../shared/answer_job.ts";
import { readFloats } from "../shared/number_file.ts";
import type { MatrixFile } from "../som/jobs.ts";
import { GUIDE_TRAINING } from "../som/stage.ts";
import type { FrontierPoint } from "./frontier_point.ts";
import type { FrontierSetting } from "./settings.ts";

/** A setting to be tried on a matrix. */
export interface SettingJob extends MatrixFile {
  readonly task: "setting";
  readonly setting: FrontierSetting;
}

/** Segments, and restarts of k-means. */
const [K, RESTARTS] = [3, 10];

if (import.meta.main) {
  await answerJob<SettingJob>(async ({ setting, matrix: path, rows, cols }) => {
    const matrix = { data: await readFloats(path, rows * cols), rows, cols };
    const { took, value: map } = await timed(() => train(matrix, setting));
    return { ...took, ...await measure(matrix, map) };
  });
}

async function train(matrix: Matrix, { grid, stages }: FrontierSetting): Promise<SomMap> {
  let map: SomMap | undefined;
  for (const stage of stages) {
    const init: SomMap | SomInit = map ??
      ("init" in stage && stage.init !== undefined ? stage.init : "sample");
    switch (stage.kind) {
      case "batch":
        map = await trainBatch(matrix, { ...stage, ...grid, init });
        break;
      case "guide":
        map = await trainOnline(matrix, { ...GUIDE_TRAINING, ...grid, ...stage });
        break;
      case "online":
        map = await trainOnline(matrix, {
          ...grid,
          iterations: stage.iterations,
          sigma: stage.sigma[0],
          sigmaDecay: fallTo(stage.sigma[1]),
          learningRate: stage.learningRate[0],
          learningRateDecay: fallTo(stage.learningRate[1]),
          init,
        });
    }
  }
  return map!;
}

/** Exponentially from the start to the end. */
function fallTo(end: number): (start: number, t: number, total: number) => number {
  return (start, t, total) => start * (end / start) ** (t / Math.max(1, total - 1));
}

/** The two errors, and how well segments of the neurons that have rows set those apart. */
async function measure(matrix: Matrix, map: SomMap): Promise<Omit<FrontierPoint, Given>> {
  const units = await bestMatchingUnits(map, matrix);
  const { weights, features } = map;
  const hit = [...new Set(units.bmu)].sort((a, b) => a - b);
  const codebook = {
    data: new Float64Array(hit.length * features),
    rows: hit.length,
    cols: features,
  };
  hit.forEach((neuron, at) =>
    codebook.data.set(weights.subarray(neuron * features, (neuron + 1) * features), at * features)
  );
  const { labels } = await kMeans(codebook, { k: K, restarts: RESTARTS });
  const labelOf = new Map(hit.map((neuron, at) => [neuron, labels[at]!]));
  const segments = units.bmu.map((neuron) => labelOf.get(neuron)!);
  const sizes = new Array<number>(K).fill(0);
  for (const segment of segments) sizes[segment]! += 1;
  return {
    qe: await quantizationError(map, matrix, { units }),
    te: await topographicError(map, matrix, { units }),
    silhouette: (await silhouette(matrix, segments)).mean,
    dbi: daviesBouldin(matrix, segments),
    sizes: sizes.toSorted((a, b) => b - a),
  };
}

type Given = "name" | "group" | "seconds";
