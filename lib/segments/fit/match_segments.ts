import { pairSegments } from "./pair_segments.ts";

/** What {@linkcode matchSegments} works on; arrays `[customers]`. */
export interface MatchSpec {
  readonly customerIds: readonly string[];
  /** Segment of each customer, 0..k - 1, in any order. */
  readonly labels: Int32Array;
  readonly k: number;
  /** The last published segment of each customer, by id. */
  readonly published?: ReadonlyMap<string, number> | undefined;
}

/**
 * Gives segments their ids. Without published ones: by number of customers, 0
 * is the largest. With them: the ids are handed on so that as many customers as
 * possible keep theirs (Hungarian assignment), and segments without a
 * predecessor take the ids left over, the larger the lower.
 *
 * Ids are always 0..k - 1, so a published id beyond that is not handed on.
 *
 * @returns the id of each label, `[k]`
 *
 * @example
 * ```ts
 * import { matchSegments } from "feira/segments";
 * import assert from "node:assert/strict";
 *
 * const spec = { customerIds: ["a", "b", "c"], labels: Int32Array.of(1, 0, 0), k: 2 };
 * assert.deepEqual(matchSegments(spec), [0, 1]);
 * assert.deepEqual(matchSegments({ ...spec, published: new Map([["a", 0], ["b", 1]]) }), [1, 0]);
 * ```
 */
export function matchSegments({ customerIds, labels, k, published }: MatchSpec): number[] {
  const sizes = new Array<number>(k).fill(0);
  const firsts = new Array<string>(k).fill("\uffff");
  const shared = Array.from({ length: k }, () => new Array<number>(k).fill(0));
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    const customer = customerIds[i]!;
    sizes[label]! += 1;
    if (customer < firsts[label]!) firsts[label] = customer;
    const before = published?.get(customer);
    if (before !== undefined && before >= 0 && before < k) shared[label]![before]! += 1;
  }
  const ids = pairSegments(shared).map((id) => id ?? -1);
  const free = ids.map((_, id) => id).filter((id) => !ids.includes(id));
  // Equal sizes are told apart by their customers, so that the order of labels never counts.
  const bySize = ids.map((_, label) => label).filter((label) => ids[label] === -1).sort((a, b) =>
    sizes[b]! - sizes[a]! || (firsts[a]! < firsts[b]! ? -1 : 1)
  );
  bySize.forEach((label, at) => ids[label] = free[at]!);
  return ids;
}
