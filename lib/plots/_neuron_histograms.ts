import { binOf, type Bins } from "./_bins.ts";
import { pack } from "./_pack.ts";

/** Where each customer sits, and how many neurons there are. */
interface Placed {
  /** [customers], each one's neuron. */
  readonly customerNeurons: ArrayLike<number>;
  readonly neurons: number;
  readonly bins: Pick<Bins, "edges" | "log">;
}

/**
 * The histogram of one feature over each neuron's customers, sparse, for few
 * bins of a neuron hold anybody: its customers are alike. Per neuron, in
 * order: how many bins are not empty; then of each its number and its count,
 * both as little-endian base-128 (the LEB128 of DWARF and WebAssembly).
 *
 * Adding up neurons gives the histogram of any region exactly, and 95,420
 * customers on 3,200 neurons take some 25 KB instead of 95.
 *
 * @param values [customers]
 */
export function packHistograms(
  values: ArrayLike<number>,
  { customerNeurons, neurons, bins }: Placed,
) {
  const width = bins.edges.length - 1;
  const counts = new Uint32Array(neurons * width);
  for (let i = 0; i < values.length; i++) {
    counts[customerNeurons[i]! * width + binOf(values[i]!, bins)]!++;
  }
  const bytes: number[] = [];
  for (let neuron = 0; neuron < neurons; neuron++) {
    const own = counts.subarray(neuron * width, (neuron + 1) * width);
    pushNumber(bytes, own.reduce((filled, count) => filled + (count > 0 ? 1 : 0), 0));
    own.forEach((count, bin) => {
      if (count === 0) return;
      pushNumber(bytes, bin);
      pushNumber(bytes, count);
    });
  }
  return pack(bytes, "u8");
}

function pushNumber(bytes: number[], value: number): void {
  let rest = value;
  for (; rest > 127; rest >>>= 7) bytes.push(rest & 127 | 128);
  bytes.push(rest);
}
