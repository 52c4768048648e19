import { join } from "node:path";
import { type Answer, runJob } from "../shared/run_job.ts";
import type { BenchContext } from "../shared/bench.ts";
import type { MatrixFile, SomJob } from "../som/jobs.ts";
import { OUR_PROGRAM } from "../som/our_program.ts";
import { GUIDE_TRAINING } from "../som/stage.ts";

/** What is measured at every size, in this order. */
export const WORKS = [
  { name: "online_f64", label: "online, float64" },
  { name: "online_f32", label: "online, float32" },
  { name: "batch", label: "batch, one epoch" },
  { name: "errors", label: "both errors (best and second-best units)" },
  { name: "silhouette", label: "silhouette, all pairs" },
  { name: "silhouette_estimate", label: "silhouette, 10,000 rows against all" },
] as const;

export type Work = (typeof WORKS)[number]["name"];

/** Seconds and memory of each work that was done. */
export type SizeFigures = { readonly [name in Work]?: Figures };

type Figures = Pick<Answer, "seconds" | "cpuSeconds" | "mb">;

/** One size, and how much to do at it. */
export interface Size {
  readonly grid: readonly [width: number, height: number];
  readonly matrix: MatrixFile;
  readonly iterations: number;
  readonly epochs: number;
  readonly works: readonly Work[];
}

/** Segments of the silhouette. */
const SEGMENTS = 3;

/** Rows of which the silhouette is estimated. */
const SAMPLE = 10_000;

/** With more rows the pairs take a quarter of an hour and more. */
const MOST_PAIRED = 100_000;

/** Does every work at one size, each in a process of its own. */
export async function measureSize(size: Size, context: BenchContext): Promise<SizeFigures> {
  const { matrix, grid: [width, height], iterations, epochs } = size;
  const file = (name: string) => join(context.scratchDir, `growth_${name}.bin`);
  const run = (job: SomJob) => runJob(OUR_PROGRAM, job, context);
  const map = { weights: file("map"), width, height };
  const labels = async () => {
    const out = file("labels");
    await run({ task: "label", ...matrix, ...map, k: SEGMENTS, out });
    return out;
  };
  const online = (precision: "float64" | "float32") =>
    run({
      task: "online",
      ...matrix,
      ...GUIDE_TRAINING,
      width,
      height,
      iterations,
      precision,
      out: file("online"),
    });
  const does: Record<Work, () => Promise<Answer>> = {
    online_f64: () => online("float64"),
    online_f32: () => online("float32"),
    batch: async () => {
      const answer = await run({
        task: "batch",
        ...matrix,
        width,
        height,
        epochs,
        radiusStart: width / 4,
        radiusEnd: 0.44,
        out: map.weights,
      });
      const { seconds, cpuSeconds } = answer;
      return { ...answer, seconds: seconds / epochs, cpuSeconds: cpuSeconds / epochs };
    },
    errors: () => run({ task: "errors", ...matrix, ...map }),
    silhouette: async () => run({ task: "silhouette", ...matrix, labels: await labels() }),
    silhouette_estimate: async () =>
      run({ task: "silhouette", ...matrix, labels: await labels(), sampleSize: SAMPLE }),
  };
  const figures: { [name in Work]?: Figures } = {};
  for (const work of size.works) {
    if (work === "silhouette" && matrix.rows > MOST_PAIRED) continue;
    const { seconds, cpuSeconds, mb } = await does[work]();
    figures[work] = { seconds, cpuSeconds, mb };
  }
  return figures;
}
