import { isSameText } from "./_compare_text.ts";
import { isClose, type Tolerance } from "./tolerance.ts";

/** Two values that are not the same, and where in their wholes. */
export interface ValueDifference {
  /** `texts, 3` or `elements, rect`; `""` for the wholes themselves. */
  readonly path: string;
  readonly stored: string;
  readonly found: string;
  readonly remark?: string;
}

/** What differs between two plain values: records by key, lists by position. */
export function compareValues(
  stored: unknown,
  found: unknown,
  tolerance: Tolerance,
  path = "",
): ValueDifference[] {
  const within = (key: string | number) => path === "" ? String(key) : `${path}, ${key}`;
  if (Array.isArray(stored) && Array.isArray(found)) {
    const length = Math.max(stored.length, found.length);
    return Array.from(
      { length },
      (_, i) => compareValues(stored[i], found[i], tolerance, within(i + 1)),
    ).flat();
  }
  if (isRecord(stored) && isRecord(found)) {
    const keys = [...new Set([...Object.keys(stored), ...Object.keys(found)])];
    return keys.flatMap((key) => compareValues(stored[key], found[key], tolerance, within(key)));
  }
  if (typeof stored === "number" && typeof found === "number") {
    if (isClose(stored, found, tolerance)) return [];
    const remark = toRemark(stored, found, tolerance);
    return [{ path, stored: String(stored), found: String(found), remark }];
  }
  if (typeof stored === "string" && typeof found === "string") {
    return isSameText(stored, found, tolerance) ? [] : [{ path, stored, found }];
  }
  return Object.is(stored, found) ? [] : [{ path, stored: toText(stored), found: toText(found) }];
}

/** How far apart, and how far they may be. */
export function toRemark(stored: number, found: number, tolerance: Tolerance): string {
  const difference = Math.abs(stored - found);
  const share = difference / Math.max(Math.abs(stored), Math.abs(found));
  const { relative, absolute } = tolerance;
  return `apart by ${short(difference)} (${short(share)} of it), must be within ${
    short(absolute)
  } or ${short(relative)} of it`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(2)));
}

function toText(value: unknown): string {
  return value === undefined
    ? "(nothing)"
    : typeof value === "string"
    ? value
    : JSON.stringify(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
