import { unsafeUniformIntDistribution, xoroshiro128plus } from "pure-rand";
import type { Matrix } from "feira/som";
import { writeNumbers } from "../shared/number_file.ts";
import { takeTurns } from "../shared/take_turns.ts";
import type { OnlineJob } from "./jobs.ts";
import { type Case, count, type Measured } from "./measured.ts";
import { GUIDE_TRAINING, type Stage } from "./stage.ts";

/** Online training by MiniSom's semantics: weights must agree, in float64 to the last digits. */
export const onlineCase: Case = { name: "online", measure: measureOnline };

async function measureOnline(stage: Stage): Promise<Measured[]> {
  const { iterations, tries } = stage.effort;
  const theirs = stage.file("online_minisom");
  const toJob = (precision: OnlineJob["precision"], out: string): OnlineJob => ({
    task: "online",
    ...stage.matrix(),
    ...GUIDE_TRAINING,
    iterations,
    precision,
    out,
  });
  const [out64, out32] = [stage.file("online_f64"), stage.file("online_f32")];
  const f64 = await takeTurns({
    ours: () => stage.ours(toJob("float64", out64)),
    peer: () => stage.peer("minisom", toJob("float64", theirs)),
  }, { tries });
  // MiniSom has one precision: the same run of it is the peer of both.
  const f32 = await takeTurns({
    ours: () => stage.ours(toJob("float32", out32)),
    peer: () => Promise.resolve(f64.peer),
  }, { tries });
  const common = { against: "MiniSom", work: `${count(iterations)} iterations` };
  return [
    {
      name: "som_online_f64",
      ...common,
      ...f64,
      agreement: await stage.greatestDifference(out64, theirs),
    },
    {
      name: "som_online_f32",
      ...common,
      ...f32,
      peerRuns: f64.peerRuns,
      agreement: await stage.greatestDifference(out32, theirs),
    },
  ];
}

/**
 * As many iterations as the fastest online peer. The two train by different
 * schedules, numbasom's being fixed, so that weights cannot agree: the errors
 * of both maps are told instead.
 */
export const fastestCase: Case = {
  name: "fastest",
  async measure(stage) {
    const { fastestIterations: iterations, tries } = stage.effort;
    const [out, theirs] = [stage.file("fastest_ours"), stage.file("fastest_numbasom")];
    const job = {
      task: "online",
      ...stage.matrix(),
      ...GUIDE_TRAINING,
      iterations,
      precision: "float32",
    } as const;
    const turns = await takeTurns({
      ours: () => stage.ours({ ...job, out }),
      peer: () => stage.peer("numbasom", { ...job, out: theirs }),
    }, { tries });
    const errors = async (weights: string) => {
      const { width, height } = GUIDE_TRAINING;
      const { qe, te } = await stage.ours({
        task: "errors",
        ...stage.matrix(),
        weights,
        width,
        height,
      });
      return [qe, te];
    };
    const [oursQe, oursTe] = await errors(out);
    const [peerQe, peerTe] = await errors(theirs);
    return [{
      name: "som_online_fastest",
      against: "numbasom",
      work: `${count(iterations)} iterations, float32, each by its own schedule`,
      ...turns,
      agreement: null,
      more: { ours_qe: oursQe, ours_te: oursTe, peer_qe: peerQe, peer_te: peerTe },
    }];
  },
};

/** So many rows of a matrix, drawn at random: weights that both sides start from. */
function drawRows({ data, rows, cols }: Matrix, count: number): Float64Array {
  const random = xoroshiro128plus(GUIDE_TRAINING.seed);
  const drawn = new Float64Array(count * cols);
  for (let at = 0; at < count; at++) {
    const from = unsafeUniformIntDistribution(0, rows - 1, random) * cols;
    drawn.set(data.subarray(from, from + cols), at * cols);
  }
  return drawn;
}

/** Batch training from the same weights by the same radii. */
export const batchCase: Case = {
  name: "batch",
  async measure(stage) {
    const { epochs, tries } = stage.effort;
    const [out, theirs, start] = ["batch_ours", "batch_python_som", "batch_start"]
      .map((name) => stage.file(name)) as [string, string, string];
    const { width, height } = GUIDE_TRAINING;
    await writeNumbers(start, drawRows(stage.customers.scaled, width * height));
    const job = {
      task: "batch",
      ...stage.matrix(),
      width,
      height,
      epochs,
      radiusStart: 1.2,
      radiusEnd: 0.4,
      start,
    } as const;
    const turns = await takeTurns({
      ours: () => stage.ours({ ...job, out }),
      peer: () => stage.peer("python_som", { ...job, out: theirs }),
    }, { tries });
    return [{
      name: "som_batch",
      against: "python-som",
      work: `${epochs} epochs, radius ${job.radiusStart} to ${job.radiusEnd}`,
      ...turns,
      agreement: await stage.greatestDifference(out, theirs),
    }];
  },
};
