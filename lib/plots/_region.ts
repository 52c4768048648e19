import type { GridSize } from "./_raster.ts";

/** The neighbours of a neuron along the two axes. */
function* neighbours(neuron: number, { width, height }: GridSize): Generator<number> {
  const [x, y] = [Math.floor(neuron / height), neuron % height];
  if (x > 0) yield neuron - height;
  if (x < width - 1) yield neuron + height;
  if (y > 0) yield neuron - 1;
  if (y < height - 1) yield neuron + 1;
}

/**
 * The largest connected region (neighbours along the axes) of the neurons
 * that belong to a segment; the first among equals. Empty when there is none.
 */
export function largestRegion(
  segments: ArrayLike<number>,
  id: number,
  size: GridSize,
): Set<number> {
  const seen = new Set<number>();
  let largest = new Set<number>();
  for (let start = 0; start < segments.length; start++) {
    if (segments[start] !== id || seen.has(start)) continue;
    const region = new Set([start]);
    for (const neuron of region) {
      for (const next of neighbours(neuron, size)) if (segments[next] === id) region.add(next);
    }
    for (const neuron of region) seen.add(neuron);
    if (region.size > largest.size) largest = region;
  }
  return largest;
}

/**
 * The neuron of a region that lies deepest inside it, and of these the one
 * nearest to the region's middle: where a label sits well even in a crescent,
 * whose mean would lie outside.
 */
export function deepestNeuron(region: ReadonlySet<number>, size: GridSize): number | undefined {
  let [sumX, sumY] = [0, 0];
  for (const neuron of region) {
    sumX += Math.floor(neuron / size.height);
    sumY += neuron % size.height;
  }
  let layer = new Set(region);
  while (true) {
    const inner = new Set<number>();
    for (const neuron of layer) {
      const around = [...neighbours(neuron, size)];
      if (around.length === 4 && around.every((next) => layer.has(next))) inner.add(neuron);
    }
    if (inner.size === 0) break;
    layer = inner;
  }
  const away = (n: number) =>
    (Math.floor(n / size.height) - sumX / region.size) ** 2 +
    (n % size.height - sumY / region.size) ** 2;
  return [...layer].sort((a, b) => away(a) - away(b) || a - b)[0];
}
