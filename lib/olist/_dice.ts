import { type RandomGenerator, xoroshiro128plus } from "pure-rand";

/** Points (p, value) of an inverse distribution function, p rising from 0 to 1. */
export type Curve = readonly (readonly [p: number, value: number])[];

const TWO_32 = 2 ** 32;

/**
 * A seeded source of chance. Uses additions, multiplications and comparisons
 * only, which IEEE 754 rounds alike everywhere, so that a seed gives the same
 * bytes on every machine; `Math.exp` and `Math.log` do not promise that.
 */
export class Dice {
  readonly #generator: RandomGenerator;

  constructor(seed: number, stream: number) {
    this.#generator = xoroshiro128plus(mix32(mix32(seed | 0) ^ (stream + 1)));
    // The generator's first numbers still show how its state was filled.
    for (let i = 0; i < 16; i++) this.#generator.unsafeNext();
  }

  /** Uniform in [0, 1), in steps of 2⁻³². */
  next(): number {
    return (this.#generator.unsafeNext() >>> 0) / TWO_32;
  }

  /** A whole number from 0 to `count - 1`. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** An index, drawn by cumulated weights; see {@linkcode cumulate}. */
  index(cumulated: Float64Array): number {
    const target = this.next() * cumulated[cumulated.length - 1]!;
    let low = 0;
    let high = cumulated.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulated[middle]! > target) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }

  /** A value whose distribution is the curve's. */
  along(curve: Curve): number {
    return interpolate(curve, this.next());
  }
}

/** Running sums of weights. */
export function cumulate(weights: Iterable<number>): Float64Array {
  let sum = 0;
  return Float64Array.from(weights, (weight) => sum += weight);
}

/** The curve's value at x, in straight lines between its points, level beyond them. */
export function interpolate(curve: Curve, x: number): number {
  let [x0, y0] = curve[0]!;
  if (x <= x0) return y0;
  for (const [x1, y1] of curve) {
    if (x < x1) return y0 + (y1 - y0) * (x - x0) / (x1 - x0);
    x0 = x1;
    y0 = y1;
  }
  return y0;
}

/** A bijection of 32-bit numbers that scatters neighbours (the finaliser of MurmurHash3). */
export function mix32(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/**
 * Makes the ids of one kind of thing: 32 hexadecimal digits by number. Two
 * numbers never share an id, because the first eight digits are a bijection of
 * the number.
 */
export function idMaker(seed: number, kind: number): (index: number) => string {
  const key = mix32(mix32(seed | 0) + 0x9e3779b9 * kind);
  return (index) => {
    let id = "";
    let word = index ^ key;
    for (let i = 0; i < 4; i++) {
      word = mix32(word + i * 0x9e3779b9);
      id += word.toString(16).padStart(8, "0");
    }
    return id;
  };
}
