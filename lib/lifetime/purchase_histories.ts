/**
 * What the models need to know of customers, `[n]` each, in one unit of time:
 * the x, t_x and T of the literature.
 */
export interface PurchaseHistories {
  /** Purchases after the first; whole, at least 0. */
  readonly repeats: ArrayLike<number>;
  /** Time from the first purchase to the last; 0 where there is no repeat. */
  readonly lastAt: ArrayLike<number>;
  /** Time from the first purchase to the end of the observation, at least `lastAt`. */
  readonly age: ArrayLike<number>;
}

/** Histories that are all different, and how many customers have each. */
export interface DistinctHistories {
  readonly repeats: Float64Array;
  readonly lastAt: Float64Array;
  readonly age: Float64Array;
  /** Customers of each. */
  readonly counts: Float64Array;
  /** `[n]`: each customer's history. */
  readonly indices: Int32Array;
}

/**
 * The different histories among customers, in order of first appearance. With
 * days as unit a million customers who bought once have some hundreds.
 *
 * @throws {TypeError} when the arrays differ in length
 * @throws {RangeError} when a value is not possible, by customer
 */
export function distinctHistories(
  { repeats, lastAt, age }: PurchaseHistories,
  action: string,
): DistinctHistories {
  const n = repeats.length;
  if (lastAt.length !== n || age.length !== n) {
    throw new TypeError(
      `Cannot ${action}: found ${n} repeats, ${lastAt.length} last times and ${age.length} ages, must be as many of each`,
    );
  }
  if (n === 0) throw new RangeError(`Cannot ${action}: found no customers, must be at least 1`);
  const places = new Map<string, number>();
  const rows: (readonly [number, number, number])[] = [];
  const counts: number[] = [];
  const indices = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const row = [repeats[i]!, lastAt[i]!, age[i]!] as const;
    assertPossible(row, `Cannot ${action}: found customer ${i} with`);
    const key = row.join();
    let place = places.get(key);
    if (place === undefined) {
      place = rows.length;
      places.set(key, place);
      rows.push(row);
      counts.push(0);
    }
    counts[place]! += 1;
    indices[i] = place;
  }
  return {
    repeats: Float64Array.from(rows, ([x]) => x),
    lastAt: Float64Array.from(rows, ([, at]) => at),
    age: Float64Array.from(rows, ([, , age]) => age),
    counts: Float64Array.from(counts),
    indices,
  };
}

function assertPossible(
  [repeats, lastAt, age]: readonly [number, number, number],
  found: string,
): void {
  if (!(Number.isInteger(repeats) && repeats >= 0)) {
    throw new RangeError(`${found} ${repeats} repeats, must be a whole number from 0`);
  }
  if (!(Number.isFinite(age) && age >= 0)) {
    throw new RangeError(`${found} age ${age}, must be finite and at least 0`);
  }
  if (!(lastAt >= 0 && lastAt <= age) || (repeats === 0) !== (lastAt === 0)) {
    throw new RangeError(
      `${found} ${repeats} repeats and the last at ${lastAt}, must be ${
        repeats === 0 ? "0" : `above 0 and at most its age, ${age}`
      }`,
    );
  }
}
