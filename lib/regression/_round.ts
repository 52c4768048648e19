/** Digits that a stored number keeps: more than any tolerance looks at. */
const DIGITS = 9;

/** A number as it is stored: to nine significant digits. */
export function round(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
