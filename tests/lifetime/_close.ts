import assert from "node:assert/strict";

/** Asserts that a number is another up to a part of it. */
export function assertClose(found: number, wanted: number, part: number, what = ""): void {
  const off = Math.abs(found - wanted);
  assert.ok(
    off <= part * Math.abs(wanted),
    `${what} found ${found}, must be ${wanted} within ${part} of it`,
  );
}
