/** The largest difference found among maps that share something. */
export interface Difference {
  readonly maps: number;
  readonly largest: number;
}

/** Largest differences by kind and value: `distance` → `cosine` → … */
export class Differences {
  readonly #found = new Map<string, Map<string, Difference>>();

  add(kind: string, value: string, difference: number): void {
    const values = this.#found.get(kind) ?? new Map<string, Difference>();
    const { maps, largest } = values.get(value) ?? { maps: 0, largest: 0 };
    values.set(value, { maps: maps + 1, largest: Math.max(largest, difference) });
    this.#found.set(kind, values);
  }

  /** In the order in which kinds and values first came. */
  list(): { kind: string; value: string; maps: number; largest: number }[] {
    return [...this.#found].flatMap(([kind, values]) =>
      [...values].map(([value, difference]) => ({ kind, value, ...difference }))
    );
  }
}

/**
 * How far two arrays are apart at most, in units of the second's largest value
 * where that is above 1. `Infinity` when their lengths differ, NaN when one holds
 * what is no number: neither is lost in a maximum.
 */
export function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  let size = 1;
  for (let i = 0; i < a.length; i++) {
    largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
    size = Math.max(size, Math.abs(b[i]!));
  }
  return largest / size;
}
