import { Arena, type ThreadedRun, Threads } from "feira/threads";
import { kernelArrays, KernelMap } from "./kernel.ts";
import { searchModule } from "../_search_wasm.ts";
import type { BestMatchingUnits } from "../best_matching_units.ts";
import type { Matrix, SomMap } from "../types.ts";

/** Best-matching units by the WebAssembly kernel of kernel/search.ts. */
export async function findUnitsByKernel(
  map: SomMap,
  { data, rows }: Matrix,
  { threads = 1, onProgress, ...run }: ThreadedRun,
): Promise<BestMatchingUnits> {
  const shape = { grid: map, features: map.features, rows, threads, two: true };
  const arena = new Arena(kernelArrays(shape));
  await using crew = new Threads({
    module: searchModule(),
    memory: arena.memory,
    count: threads,
  });
  const kernel = new KernelMap(arena, shape);
  const { views } = arena;
  kernel.put(map.weights);
  views.data.set(data);
  const args = [kernel.plan];
  await crew.run({ name: "fit", tasks: kernel.blocks, args, ...run });
  await crew.run({
    name: "findBestTwo",
    tasks: kernel.tasks,
    args,
    ...run,
    onProgress: ({ done, total }) =>
      onProgress?.({ done: done === total ? rows : Math.round(done / total * rows), total: rows }),
  });
  // Copies, so that the memory, which holds all rows, can go.
  return {
    bmu: new Int32Array(views.best),
    second: new Int32Array(views.second),
    distance: Float64Array.from(views.squared, Math.sqrt),
  };
}
