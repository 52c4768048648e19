import { FeiraError } from "feira/workspace";
import type { Bench, BenchLine, BenchReport } from "../shared/bench.ts";
import {
  type Customers,
  CUSTOMERS_OPTION,
  readCustomers,
  toCustomersFile,
} from "../shared/customers.ts";
import { ensurePeers } from "../shared/ensure_peers.ts";
import { formatFigure, type Table } from "../shared/format_table.ts";
import { machine } from "../shared/machine.ts";
import { FULL, QUICK } from "./effort.ts";
import type { Case, Measured } from "./measured.ts";
import { elbowCase, errorsCase, silhouetteCase } from "./measure_cases.ts";
import { Stage } from "./stage.ts";
import { batchCase, fastestCase, onlineCase } from "./training_cases.ts";

const CASES: readonly Case[] = [
  onlineCase,
  fastestCase,
  batchCase,
  errorsCase,
  silhouetteCase,
  elbowCase,
];

const QUALITY = "quality";
const NAMES = [...CASES.map(({ name }) => name), QUALITY];

/** The map engine against MiniSom, numbasom, python-som, scikit-learn and kneed. */
export const somBench: Bench = {
  description: "The map engine against its peers in Python, and the quality of its presets",
  addOptions: (command) =>
    command
      .option("--quick", "cut the work of both sides, for about a minute", false)
      .option(...CUSTOMERS_OPTION)
      .option("--only <names>", `some of ${NAMES.join(", ")}, with commas between`),
  async run(context, options) {
    const only = toNames(options.only as string | undefined);
    const effort = options.quick ? QUICK : FULL;
    const customers = await readCustomers(toCustomersFile(context, options), context);
    context.tell(customers.source);
    const peers = await ensurePeers(context);
    const stage = await Stage.open(context, { customers, effort, python: peers.python });
    const measured: Measured[] = [];
    for (const each of CASES.filter(({ name }) => only.includes(name))) {
      context.tell(`measuring ${each.name}`);
      measured.push(...await each.measure(stage));
    }
    const quality = only.includes(QUALITY) ? await measurePresets(stage) : [];
    return toReport({ customers, measured, quality, quick: Boolean(options.quick) });
  },
};

function toNames(text: string | undefined): readonly string[] {
  if (text === undefined) return NAMES;
  const names = text.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !NAMES.includes(name));
  if (unknown === undefined) return names;
  throw new FeiraError(
    "usage",
    `Cannot bench som: --only has "${unknown}", must be of ${NAMES.join(", ")}`,
  );
}

/** The four figures of both presets. */
async function measurePresets(stage: Stage): Promise<BenchLine[]> {
  const lines: BenchLine[] = [];
  const { quality: quick } = stage.effort;
  for (const preset of ["guide", "tuned"] as const) {
    stage.tell(`measuring the quality of the preset ${preset}`);
    const { seconds, cpuSeconds, mb, ...figures } = await stage.ours({
      task: "quality",
      ...stage.matrix(),
      featureNames: stage.customers.scaled.featureNames,
      preset,
      ...(quick === undefined ? {} : { quick }),
    });
    lines.push({
      name: QUALITY,
      preset,
      ...figures,
      ours_s: seconds,
      ours_cpu_s: cpuSeconds,
      ours_mb: mb,
    });
  }
  return lines;
}

function toReport(
  { customers, measured, quality, quick }: {
    customers: Customers;
    measured: readonly Measured[];
    quality: readonly BenchLine[];
    quick: boolean;
  },
): BenchReport {
  const effort = quick ? "quick: work cut on both sides" : "the whole work";
  return {
    head: [`Data: ${customers.source}`, `Effort: ${effort}`, `Machine: ${machine()}`],
    tables: [
      ...(measured.length > 0 ? [toTable(measured)] : []),
      ...(quality.length > 0 ? [toQualityTable(quality)] : []),
    ],
    lines: [...measured.map((each) => ({ ...toLine(each), quick })), ...quality],
  };
}

function toLine(each: Measured): BenchLine {
  return {
    name: each.name,
    ours_s: each.ours.seconds,
    peer_s: each.peer.seconds,
    ratio: each.peer.seconds / each.ours.seconds,
    cpu_ratio: each.peer.cpuSeconds / each.ours.cpuSeconds,
    agreement: each.agreement,
    peer: each.against,
    work: each.work,
    ours_cpu_s: each.ours.cpuSeconds,
    peer_cpu_s: each.peer.cpuSeconds,
    ours_mb: each.ours.mb,
    peer_mb: each.peer.mb,
    ours_runs: each.ourRuns,
    peer_runs: each.peerRuns,
    ...each.more,
  };
}

function toTable(measured: readonly Measured[]): Table {
  return {
    head: [
      "what",
      "against",
      "ours s",
      "peer s",
      "ratio",
      "CPU ratio",
      "ours MB",
      "peer MB",
      "apart by",
    ],
    rows: measured.map(({ name, against, ours, peer, agreement }) => [
      name,
      against,
      formatFigure(ours.seconds),
      formatFigure(peer.seconds),
      `${formatFigure(peer.seconds / ours.seconds)}×`,
      `${formatFigure(peer.cpuSeconds / ours.cpuSeconds)}×`,
      formatFigure(ours.mb),
      formatFigure(peer.mb),
      formatFigure(agreement, 2),
    ]),
  };
}

function toQualityTable(quality: readonly BenchLine[]): Table {
  const figures = ["qe", "te", "silhouette", "dbi"] as const;
  return {
    head: ["preset", "settings", "QE", "TE", "silhouette", "DBI", "seconds"],
    rows: quality.map((line) => [
      String(line.preset),
      String(line.settings),
      ...figures.map((figure) => Number(line[figure]).toFixed(4)),
      formatFigure(Number(line.ours_s)),
    ]),
  };
}
