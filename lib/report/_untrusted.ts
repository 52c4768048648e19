/** A value of untrusted data as text; numbers as they print, all else as nothing. */
export function text(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

/** A size in pixels or a count; undefined unless a finite number from 1. */
export function size(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 1
    ? Math.round(value)
    : undefined;
}
