import { join } from "node:path";
import { type Matrix, trainOnline } from "feira/som";
import type { Bench, BenchContext, BenchReport } from "../shared/bench.ts";
import { ensurePeers } from "../shared/ensure_peers.ts";
import { formatFigure, type Table } from "../shared/format_table.ts";
import { machine } from "../shared/machine.ts";
import { readFloats } from "../shared/number_file.ts";
import { runJob } from "../shared/run_job.ts";
import { compareMeasures } from "./compare_measures.ts";
import { apart, Differences } from "./differences.ts";
import type { PeerMap, PeerSettings } from "./peer_map.ts";

/** Options whose values make the rows of the table. */
const OPTIONS = [
  "topology",
  "neighbourhood",
  "distance",
  "learningRateDecay",
  "sigmaDecay",
  "init",
  "order",
  "useEpochs",
] as const satisfies readonly (keyof PeerSettings)[];

/** Every combination of the online training's options against MiniSom, weight by weight. */
export const agreementBench: Bench = {
  description: "How far maps and measures are from MiniSom's, over all options",
  addOptions: (command) => command,
  async run(context) {
    const { python } = await ensurePeers(context);
    context.tell("training with MiniSom under every combination of options, some minutes");
    const shapes = await trainPeers(python, context);
    context.tell("training with this engine");
    const matrices = await readMatrices(shapes, context.scratchDir);
    const weights = new Differences();
    const measures = new Differences();
    const lines = (await Deno.readTextFile(join(context.scratchDir, "maps.jsonl"))).trim();
    let worst = { difference: -1, settings: "" };
    for (const line of lines.split("\n")) {
      context.signal.throwIfAborted();
      // Where MiniSom has no figure, of a map of one neuron, the line says null.
      const peer: PeerMap = JSON.parse(line, (_, value) => value ?? undefined);
      const matrix = matrices[peer.settings.data]!;
      const difference = await compareWeights(peer, { matrix, into: weights });
      if (difference > worst.difference) {
        worst = { difference, settings: JSON.stringify(peer.settings) };
      }
      await compareMeasures(toMap(peer, matrix), matrix, { peer, into: measures });
    }
    return toReport({ weights, measures, worst: worst.settings });
  },
};

/** @returns rows and columns of the matrices that the peer has written */
async function trainPeers(
  python: string,
  { scratchDir, signal }: BenchContext,
): Promise<Record<string, [rows: number, cols: number]>> {
  const folder = join(import.meta.dirname!, "..");
  const program = { command: python, args: [join(folder, "peers", "minisom_agreement_peer.py")] };
  const data = join(folder, "..", "tests", "fixtures", "som");
  const job = { task: "agreement", data, out: scratchDir };
  const { shapes } = await runJob(program, job, { scratchDir, signal });
  return shapes as Record<string, [number, number]>;
}

async function readMatrices(
  shapes: Record<string, [rows: number, cols: number]>,
  dir: string,
): Promise<Record<string, Matrix>> {
  const entries = Object.entries(shapes).map(async ([name, [rows, cols]]) =>
    [name, { data: await readFloats(join(dir, `${name}.bin`)), rows, cols }] as const
  );
  return Object.fromEntries(await Promise.all(entries));
}

async function compareWeights(
  { settings, weights }: PeerMap,
  { matrix, into }: { matrix: Matrix; into: Differences },
): Promise<number> {
  const { data: _data, fixedPoints, ...spec } = settings;
  const map = await trainOnline(matrix, { ...spec, fixedPoints: new Map(fixedPoints) });
  const difference = apart(map.weights, weights);
  for (const option of OPTIONS) into.add(option, String(settings[option]), difference);
  into.add("fixedPoints", fixedPoints.length > 0 ? "some" : "none", difference);
  into.add("grid", `${settings.width}×${settings.height}`, difference);
  into.add("features", String(matrix.cols), difference);
  return difference;
}

/** MiniSom's own map, so that measures do not depend on the training. */
function toMap({ settings: { width, height, topology }, weights }: PeerMap, { cols }: Matrix) {
  return { width, height, topology, features: cols, weights: Float64Array.from(weights) };
}

function toReport(
  { weights, measures, worst }: { weights: Differences; measures: Differences; worst: string },
): BenchReport {
  const all = weights.list().filter(({ kind }) => kind === "topology");
  const maps = all.reduce((sum, each) => sum + each.maps, 0);
  const largest = Math.max(...all.map((each) => each.largest));
  return {
    head: [
      `Machine: ${machine()}`,
      `${maps} maps of both engines, every combination of options, each with a seed of its own; ` +
      `the largest difference of a weight is ${formatFigure(largest, 2)}`,
      `It is that of ${worst}`,
    ],
    tables: [
      toTable("option", "value", weights),
      toTable("measure", "grid", measures),
    ],
    lines: [
      ...toLines("agreement_weights", weights),
      ...toLines("agreement_measures", measures),
    ],
  };
}

function toTable(kind: string, value: string, differences: Differences): Table {
  return {
    head: [kind, value, "maps", "largest difference"],
    rows: differences.list().map((each) => [
      each.kind,
      each.value,
      String(each.maps),
      formatFigure(each.largest, 2),
    ]),
  };
}

function toLines(name: string, differences: Differences) {
  return differences.list().map((each) => ({ name, ...each }));
}
