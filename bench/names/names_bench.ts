import { join } from "node:path";
import {
  type Archetype,
  candidateSettings,
  readArchetypes,
  type SegmentationSettings,
  type SubdivideOptions,
} from "feira/segments";
import { FeiraError } from "feira/workspace";
import type { Bench } from "../shared/bench.ts";
import { CUSTOMERS_OPTION, readCustomers, toCustomersFile } from "../shared/customers.ts";
import { machine } from "../shared/machine.ts";
import { toReport } from "./names_report.ts";
import { nameVariant, type Variant } from "./variant.ts";

/**
 * A map as the pipeline trains them, from the principal plane: there the seed
 * decides k-means only. From drawn customers it decides the map as well, which
 * is then a small one, to try out more maps in the same time.
 */
function toSettings(customers: number, isDrawn: boolean): SegmentationSettings {
  const [, pipeline] = candidateSettings({ customers });
  if (!isDrawn) return pipeline!;
  return {
    ...pipeline!,
    description: "Batch from drawn customers, 32 × 16, radius 8 to 0.44, 20 epochs",
    training: {
      kind: "batch",
      width: 32,
      height: 16,
      epochs: 20,
      radiusStart: 8,
      radiusEnd: 0.44,
      init: "sample",
      seed: 42,
    },
  };
}

/** How often each name and id stays when only what should not matter changes. */
export const namesBench: Bench = {
  description: "How often each segment's name and id stay over seeds, shuffles and permutations",
  addOptions: (command) =>
    command
      .option("--runs <number>", "seeds besides the first", "100")
      .option("--orders <number>", "of the synthetic market", "8000")
      .option("--drawn", "start every map from other customers", false)
      .option("--anew", "choose the number of sub-segments anew in every run", false)
      .option(...CUSTOMERS_OPTION),
  async run(context, options) {
    const runs = toWhole("runs", options.runs);
    const { raw, source } = await readCustomers(toCustomersFile(context, options), {
      scratchDir: context.scratchDir,
      orders: toWhole("orders", options.orders),
    });
    const archetypes: readonly Archetype[] = await readArchetypes(
      join(context.workspace.seedsDir, "segment_archetypes.csv"),
    );
    const settings = toSettings(raw.rows, options.drawn === true);
    const name = (seed: number, subdivide: SubdivideOptions) =>
      nameVariant(raw, { archetypes, settings, seed, subdivide });
    const first = await name(1, {});
    const variants: Variant[] = [first];
    const chosen = options.anew === true ? {} : onlyAsMany(first);
    for (let seed = 2; seed <= runs + 1; seed++) {
      context.signal.throwIfAborted();
      variants.push(await name(seed, chosen));
      context.tell(`named ${seed} of ${runs + 1}`);
    }
    return toReport(variants, [
      `Data: ${source.replace(/, z-scored$/, "")}`,
      `Map: ${settings.description}`,
      `Number of sub-segments: chosen ${
        options.anew === true ? "anew in every run" : "by the first run"
      }`,
      `Runs: ${runs}, each against the first`,
      `Machine: ${machine()}`,
    ]);
  },
};

/** Choosing takes most of a run's time, and is not what is asked about. */
function onlyAsMany({ groups }: Variant): SubdivideOptions {
  const parts = groups.filter(({ level }) => level === 2).length;
  return parts === 0 ? {} : { from: parts, to: parts, resamples: 2 };
}

function toWhole(option: string, value: unknown): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new FeiraError(
    "usage",
    `Cannot bench names: found --${option} ${value}, must be a whole number from 1`,
  );
}
