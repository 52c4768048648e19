/**
 * The least lane. A lane that is NaN is passed over unless it is the first:
 * beyond the grid's edge never lies a tile's first neuron.
 */
// @ts-ignore: decorator
@inline
export function leastLane<T>(v: v128): T {
  let least = v128.extract_lane<T>(v, 0);
  const next = v128.extract_lane<T>(v, 1);
  if (next < least) least = next;
  if (sizeof<T>() == 4) {
    const third = v128.extract_lane<T>(v, 2);
    if (third < least) least = third;
    const fourth = v128.extract_lane<T>(v, 3);
    if (fourth < least) least = fourth;
  }
  return least;
}

/** The greatest lane, with the same care for NaN. */
// @ts-ignore: decorator
@inline
export function greatestLane<T>(v: v128): T {
  let most = v128.extract_lane<T>(v, 0);
  const next = v128.extract_lane<T>(v, 1);
  if (next > most) most = next;
  if (sizeof<T>() == 4) {
    const third = v128.extract_lane<T>(v, 2);
    if (third > most) most = third;
    const fourth = v128.extract_lane<T>(v, 3);
    if (fourth > most) most = fourth;
  }
  return most;
}
