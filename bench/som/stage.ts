import { join } from "node:path";
import { readFloats, writeNumbers } from "../shared/number_file.ts";
import { type Answer, type Program, runJob } from "../shared/run_job.ts";
import type { BenchContext } from "../shared/bench.ts";
import type { Customers } from "../shared/customers.ts";
import type { Effort } from "./effort.ts";
import type { MapFile, MatrixFile, SomJob } from "./jobs.ts";
import { OUR_PROGRAM } from "./our_program.ts";

/** The programs of `bench/peers`. */
export type PeerProgram = "minisom" | "numbasom" | "python_som" | "scikit_learn";

/** The guide's map and its online training. */
export const GUIDE_TRAINING = {
  width: 80,
  height: 40,
  sigma: 1.2,
  learningRate: 0.15,
  seed: 42,
} as const;

/** Segments of the reference map. */
const SEGMENTS = 3;

const PEERS = join(import.meta.dirname!, "..", "peers");

/**
 * What the cases of the bench share: the matrix, how much to do, how each side
 * is run, and a trained map with its segments, made when first asked for.
 */
export class Stage {
  readonly effort: Effort;
  readonly customers: Customers;
  readonly #context: BenchContext;
  readonly #python: string;
  #map: Promise<MapFile> | undefined;
  #labels: Promise<string> | undefined;

  private constructor(
    context: BenchContext,
    given: { customers: Customers; effort: Effort; python: string },
  ) {
    this.#context = context;
    this.#python = given.python;
    this.customers = given.customers;
    this.effort = given.effort;
  }

  static async open(
    context: BenchContext,
    given: { customers: Customers; effort: Effort; python: string },
  ): Promise<Stage> {
    const stage = new Stage(context, given);
    await writeNumbers(stage.file("matrix"), given.customers.scaled.data);
    return stage;
  }

  /** The path of a scratch file of numbers. */
  file(name: string): string {
    return join(this.#context.scratchDir, `${name}.bin`);
  }

  /** The customers, or the first of them. */
  matrix(mostRows = Infinity): MatrixFile {
    const { rows, cols } = this.customers.scaled;
    return { matrix: this.file("matrix"), rows: Math.min(rows, mostRows), cols };
  }

  tell(line: string): void {
    this.#context.tell(line);
  }

  ours(job: SomJob): Promise<Answer> {
    return this.#run(OUR_PROGRAM, job);
  }

  peer(name: PeerProgram, job: SomJob): Promise<Answer> {
    const args = [join(PEERS, `${name}_peer.py`)];
    return this.#run({ command: this.#python, args }, job);
  }

  /** A map trained by the guide's settings. */
  map(): Promise<MapFile> {
    return this.#map ??= (async () => {
      this.tell("training the map that the next cases work on");
      const out = this.file("map");
      await this.ours({
        task: "online",
        ...this.matrix(),
        ...GUIDE_TRAINING,
        iterations: this.effort.iterations,
        precision: "float64",
        out,
      });
      return { weights: out, width: GUIDE_TRAINING.width, height: GUIDE_TRAINING.height };
    })();
  }

  /** A file with the segment of every customer by that map. */
  labels(): Promise<string> {
    return this.#labels ??= (async () => {
      const out = this.file("labels");
      await this.ours({
        task: "label",
        ...this.matrix(),
        ...await this.map(),
        k: SEGMENTS,
        out,
      });
      return out;
    })();
  }

  /** The largest difference between two files of numbers. */
  async greatestDifference(a: string, b: string): Promise<number> {
    const [left, right] = [await readFloats(a), await readFloats(b)];
    return left.reduce((most, value, i) => Math.max(most, Math.abs(value - right[i]!)), 0);
  }

  #run(program: Program, job: SomJob): Promise<Answer> {
    return runJob(program, job, this.#context);
  }
}
