const SIZE = 624;
const MIDDLE = 397;

/**
 * The Mersenne Twister as numpy's `RandomState(seed)` seeds and consumes it, so
 * that a map starts with MiniSom's weights and sees MiniSom's order of samples.
 *
 * Source: Matsumoto and Nishimura (1998), MT19937; numpy's legacy seeding.
 */
export class RandomState {
  readonly #state = new Uint32Array(SIZE);
  #next = SIZE;

  /** @param seed a whole number, 0..4294967295. */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
      throw new RangeError(
        `Cannot seed generator: seed is ${seed}, must be a whole number 0..4294967295`,
      );
    }
    const state = this.#state;
    state[0] = seed;
    for (let i = 1; i < SIZE; i++) {
      const before = state[i - 1]! ^ (state[i - 1]! >>> 30);
      state[i] = Math.imul(1812433253, before) + i;
    }
  }

  /** 32 random bits, 0..4294967295. */
  uint32(): number {
    if (this.#next >= SIZE) this.#refill();
    let y = this.#state[this.#next++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** A number in [0, 1) with 53 random bits. */
  double(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** A whole number 0..`most`, by masked rejection as numpy draws it. */
  upTo(most: number): number {
    if (most === 0) return 0;
    const mask = 0xffffffff >>> Math.clz32(most);
    let value: number;
    do value = (this.uint32() & mask) >>> 0; while (value > most);
    return value;
  }

  /**
   * Fisher-Yates from the end, in place; or `count` of its exchanges, of which
   * the first is of the item before `end`.
   */
  shuffle(items: Int32Array, { end = items.length, count = items.length } = {}): void {
    for (let i = end - 1; i > 0 && i >= end - count; i--) {
      const j = this.upTo(i);
      const held = items[i]!;
      items[i] = items[j]!;
      items[j] = held;
    }
  }

  #refill(): void {
    const state = this.#state;
    for (let i = 0; i < SIZE; i++) {
      const y = (state[i]! & 0x80000000) | (state[(i + 1) % SIZE]! & 0x7fffffff);
      state[i] = state[(i + MIDDLE) % SIZE]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#next = 0;
  }
}
