import type { Bench, BenchLine, BenchReport } from "../shared/bench.ts";
import { formatFigure, type Table } from "../shared/format_table.ts";
import { machine } from "../shared/machine.ts";
import { type KeptOutputs, measureOutputs } from "./outputs_case.ts";
import { NotebookStage } from "./stage.ts";
import { type Compared, measureCells, measureReal, measureStartUp } from "./timed_cases.ts";

/** How much is done: a thousand cells, or a tenth. */
const FULL = { notebooks: 40, cells: 25, tries: 3, orders: 2000 };
const QUICK = { notebooks: 4, cells: 25, tries: 1, orders: 500 };

/** The notebooks' runner against papermill and nbclient, on the same kernel. */
export const notebookBench: Bench = {
  description: "The notebooks' runner against papermill and nbclient: outputs, time, memory",
  addOptions: (command) => command.option("--quick", "a tenth of the cells, one try each", false),
  async run(context, options) {
    const effort = options.quick ? QUICK : FULL;
    const stage = await NotebookStage.open(context);
    const outputs = await measureOutputs(stage, effort);
    context.tell("measuring cells that do nothing");
    const cells = await measureCells(stage, { cells: 100, tries: effort.tries });
    context.tell("measuring how soon the first cell runs");
    const startUp = await measureStartUp(stage, effort);
    context.tell("measuring 01_ingest");
    const real = await measureReal(stage, effort);
    return toReport({ outputs, compared: [...cells, ...startUp, ...real] }, effort);
  },
};

function toReport(
  { outputs, compared }: {
    outputs: readonly KeptOutputs[];
    compared: readonly Compared[];
  },
  { notebooks, cells, tries, orders }: typeof FULL,
): BenchReport {
  return {
    head: [
      `Outputs: ${notebooks} notebooks of ${cells} cells, once with each runner`,
      `Times: the best of ${tries}, in turns; 01_ingest on a market of ${orders} orders`,
      `Machine: ${machine()}`,
    ],
    tables: [toOutputsTable(outputs), toTable(compared)],
    lines: [...toOutputsLines(outputs), ...compared.map(toLine)],
  };
}

function toOutputsTable(outputs: readonly KeptOutputs[]): Table {
  return {
    head: ["runner", "cells", "outputs", "lost", "under another cell", "s", "runner MB"],
    rows: outputs.map(({ runner, cells, expected, lost, misplaced, seconds, mb }) => [
      runner,
      ...[cells, expected, lost, misplaced].map(String),
      formatFigure(seconds),
      formatFigure(mb),
    ]),
  };
}

/** One line per peer, ours in each. */
function toOutputsLines([ours, ...peers]: readonly KeptOutputs[]): BenchLine[] {
  return peers.map((peer) => ({
    name: "outputs",
    lost: ours!.lost,
    peer_lost: peer.lost,
    misplaced: ours!.misplaced,
    peer_misplaced: peer.misplaced,
    peer: peer.runner,
    cells: ours!.cells,
    expected: ours!.expected,
    ours_s: ours!.seconds,
    peer_s: peer.seconds,
    ours_mb: ours!.mb,
    peer_mb: peer.mb,
    peer_repeated: peer.repeated,
  }));
}

function toTable(compared: readonly Compared[]): Table {
  return {
    head: ["what", "against", "ours", "peer", "ratio"],
    rows: compared.map(({ name, peer, unit, ours, theirs }) => [
      name,
      peer,
      `${formatFigure(ours)} ${unit}`,
      `${formatFigure(theirs)} ${unit}`,
      `${formatFigure(theirs / ours)}×`,
    ]),
  };
}

function toLine({ name, peer, unit, ours, theirs, more }: Compared): BenchLine {
  return {
    name,
    peer,
    [`ours_${unit}`]: ours,
    [`peer_${unit}`]: theirs,
    ratio: theirs / ours,
    ...more,
  };
}
