import type { Precision } from "feira/cluster";
import { takeTurns, type Turns } from "../shared/take_turns.ts";
import { type Case, count } from "./measured.ts";

/** Quantization and topographic error of one map: agreement is the greater difference. */
export const errorsCase: Case = {
  name: "errors",
  async measure(stage) {
    const matrix = stage.matrix(stage.effort.errorRows);
    const job = { task: "errors", ...matrix, ...await stage.map() } as const;
    const turns = await takeTurns({
      ours: () => stage.ours(job),
      peer: () => stage.peer("minisom", job),
    }, stage.effort);
    const apart = (figure: string) =>
      Math.abs(Number(turns.ours[figure]) - Number(turns.peer[figure]));
    return [{
      name: "bmu_qe_te",
      against: "MiniSom",
      work: `${count(matrix.rows)} rows`,
      ...turns,
      agreement: Math.max(apart("qe"), apart("te")),
      more: { qe: turns.ours.qe, te: turns.ours.te },
    }];
  },
};

/**
 * The silhouette of three segments over all pairs of rows, with distances in
 * float32 and in float64: agreement is the difference of the means.
 */
export const silhouetteCase: Case = {
  name: "silhouette",
  async measure(stage) {
    const matrix = stage.matrix(stage.effort.silhouetteRows);
    const job = { task: "silhouette", ...matrix, labels: await stage.labels() } as const;
    const f32 = await takeTurns({
      ours: () => stage.ours({ ...job, precision: "float32" }),
      peer: () => stage.peer("scikit_learn", job),
    }, stage.effort);
    // scikit-learn has one precision: the same run of it is the peer of both.
    const f64 = await takeTurns({
      ours: () => stage.ours({ ...job, precision: "float64" }),
      peer: () => Promise.resolve(f32.peer),
    }, stage.effort);
    const toMeasured = (precision: Precision, turns: Turns) => ({
      against: "scikit-learn",
      work: `${count(matrix.rows)} rows, all pairs, distances in ${precision}`,
      ...turns,
      peerRuns: f32.peerRuns,
      agreement: Math.abs(Number(turns.ours.mean) - Number(turns.peer.mean)),
      more: { precision, mean: turns.ours.mean },
    });
    return [
      { name: "silhouette", ...toMeasured("float32", f32) },
      { name: "silhouette_f64", ...toMeasured("float64", f64) },
    ];
  },
};

/**
 * K-means on the map's neurons for k from 2 to 10, and the knee: agreement is
 * the greatest relative difference of an inertia.
 */
export const elbowCase: Case = {
  name: "elbow",
  async measure(stage) {
    const { weights, width, height } = await stage.map();
    const { restarts } = stage.effort;
    const job = {
      task: "elbow",
      matrix: weights,
      rows: width * height,
      cols: stage.customers.scaled.cols,
      from: 2,
      to: 10,
      restarts,
      seed: 42,
    } as const;
    const turns = await takeTurns({
      ours: () => stage.ours(job),
      peer: () => stage.peer("scikit_learn", job),
    }, stage.effort);
    const [ours, theirs] = [turns.ours, turns.peer]
      .map((answer) => answer.inertias as number[]) as [number[], number[]];
    // Below 0 where ours is the better one.
    const excess = ours.map((inertia, i) => inertia / theirs[i]! - 1);
    return [{
      name: "kmeans_elbow",
      against: "scikit-learn + kneed",
      work: `k 2..10, ${restarts} restarts, ${count(job.rows)} neurons`,
      ...turns,
      agreement: Math.max(...excess.map(Math.abs)),
      more: {
        same_knee: turns.ours.knee === turns.peer.knee,
        ours_knee: turns.ours.knee,
        peer_knee: turns.peer.knee,
        worst_excess: Math.max(...excess),
      },
    }];
  },
};
