const TAG = /^tolerance:(.+)$/;

/** How far two numbers may be apart and still be the same. */
export interface Tolerance {
  /** Of the larger of the two, in size. */
  readonly relative: number;
  /** In the number's own unit. */
  readonly absolute: number;
}

/**
 * Sums come out differently by the order in which threads add, and functions
 * such as exp by the machine: in the last of 16 digits, and after a training in
 * the last half of them. What is shown has fewer.
 */
export const DEFAULT_TOLERANCE: Tolerance = { relative: 1e-6, absolute: 1e-9 };

/** Whether a tag sets a tolerance: `tolerance:1e-6`. */
export function isToleranceTag(tag: string): boolean {
  return maybeRelative(tag) !== undefined;
}

/** The relative tolerance that a tag sets; undefined for any other tag. */
export function maybeRelative(tag: string): number | undefined {
  const text = tag.match(TAG)?.[1];
  const value = text === undefined ? NaN : Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** Whether two numbers are the same within a tolerance; NaN and infinities only as themselves. */
export function isClose(a: number, b: number, { relative, absolute }: Tolerance): boolean {
  if (Object.is(a, b) || a === b) return true;
  const difference = Math.abs(a - b);
  return difference <= absolute || difference <= relative * Math.max(Math.abs(a), Math.abs(b));
}
