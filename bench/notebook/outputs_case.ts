import { craftNotebooks } from "./crafted.ts";
import { countOutputs, sumCounts } from "./count_outputs.ts";
import { PEERS, type Runner } from "./jobs.ts";
import type { NotebookStage } from "./stage.ts";

/** What became of the outputs that one runner had to keep. */
export interface KeptOutputs {
  readonly runner: Runner;
  /** Cells that were executed. */
  readonly cells: number;
  readonly expected: number;
  readonly lost: number;
  readonly misplaced: number;
  readonly seconds: number;
  /** The runner's process at its peak, without the kernels. */
  readonly mb: number | null;
  /** Notebooks whose kernel had to be started again. */
  readonly repeated: number;
}

/** Executes the same notebooks with every runner, and counts what their cells show. */
export async function measureOutputs(
  stage: NotebookStage,
  size: { readonly notebooks: number; readonly cells: number },
): Promise<KeptOutputs[]> {
  const found: KeptOutputs[] = [];
  for (const runner of ["feira", ...PEERS] as const) {
    stage.tell(`executing ${size.notebooks} notebooks of ${size.cells} cells: ${runner}`);
    const crafted = await craftNotebooks(stage.dir, size);
    const { seconds, mb, repeated } = await stage.execute(
      runner,
      crafted.map(({ source, target }) => [source, target]),
    );
    const counts = await Promise.all(
      crafted.map(async ({ target, marks }) =>
        countOutputs(await Deno.readTextFile(target), marks)
      ),
    );
    const cells = size.notebooks * size.cells;
    found.push({ runner, cells, ...sumCounts(counts), seconds, mb, repeated });
  }
  return found;
}
