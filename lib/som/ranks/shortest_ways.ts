import { distanceBetween } from "../_distance_between.ts";
import { neuronNeighbours } from "../geometry.ts";
import type { SomMap } from "../types.ts";

/**
 * Shortest ways over neighbouring neurons, a step as long as its neurons'
 * weights are apart (Dijkstra 1959, with a binary heap).
 *
 * Steps are measured once: 12 bytes per pair of neighbours. A search is
 * O(neurons · log neurons), less when its targets are near.
 */
export class ShortestWays {
  /** `[neurons + 1]`: where each neuron's steps start. */
  readonly #start: Int32Array;
  /** `[steps]`: where a step leads, and how long it is. */
  readonly #to: Int32Array;
  readonly #length: Float64Array;
  /** `[neurons]`: the shortest way known in the current search. */
  readonly #way: Float64Array;
  readonly #isTarget: Uint8Array;
  readonly #heap: { neuron: number; way: number }[] = [];

  constructor(map: SomMap) {
    const neurons = map.width * map.height;
    const steps = Array.from({ length: neurons }, (_, neuron) => neuronNeighbours(map, neuron));
    this.#start = new Int32Array(neurons + 1);
    steps.forEach((each, neuron) => this.#start[neuron + 1] = this.#start[neuron]! + each.length);
    this.#to = Int32Array.from(steps.flat());
    this.#length = Float64Array.from(
      steps.flatMap((each, neuron) =>
        each.map((to) => distanceBetween(map.weights, map.features, neuron, to))
      ),
    );
    this.#way = new Float64Array(neurons);
    this.#isTarget = new Uint8Array(neurons);
  }

  /** Calls `found` with the length of the way from a neuron to each of the targets. */
  find(
    from: number,
    targets: Iterable<number>,
    found: (target: number, way: number) => void,
  ): void {
    let left = 0;
    this.#isTarget.fill(0);
    for (const target of targets) {
      this.#isTarget[target] = 1;
      left++;
    }
    this.#way.fill(Infinity);
    this.#way[from] = 0;
    this.#heap.length = 0;
    this.#push(from, 0);
    while (left > 0) {
      const { neuron, way } = this.#pop();
      // Reached again by a shorter way since.
      if (way > this.#way[neuron]!) continue;
      if (this.#isTarget[neuron] === 1) {
        this.#isTarget[neuron] = 0;
        found(neuron, way);
        left--;
      }
      for (let step = this.#start[neuron]!; step < this.#start[neuron + 1]!; step++) {
        const longer = way + this.#length[step]!;
        const to = this.#to[step]!;
        if (longer >= this.#way[to]!) continue;
        this.#way[to] = longer;
        this.#push(to, longer);
      }
    }
  }

  #push(neuron: number, way: number): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push({ neuron, way });
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (heap[above]!.way <= way) break;
      heap[at] = heap[above]!;
      at = above;
    }
    heap[at] = { neuron, way };
  }

  #pop(): { neuron: number; way: number } {
    const heap = this.#heap;
    const top = heap[0]!;
    const last = heap.pop()!;
    let at = 0;
    for (let below = 1; below < heap.length; below = 2 * at + 1) {
      if (below + 1 < heap.length && heap[below + 1]!.way < heap[below]!.way) below++;
      if (heap[below]!.way >= last.way) break;
      heap[at] = heap[below]!;
      at = below;
    }
    if (heap.length > 0) heap[at] = last;
    return top;
  }
}
