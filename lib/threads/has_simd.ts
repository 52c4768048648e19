/** A module of one function that makes a vector of zeros and drops it. */
// deno-fmt-ignore
const VECTOR_MODULE = Uint8Array.of(
  0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0, // header
  1, 4, 1, 0x60, 0, 0, // type: () → ()
  3, 2, 1, 0, // one function of it
  10, 9, 1, 7, 0, 0x41, 0, 0xfd, 0x0f, 0x1a, 0x0b, // i32.const 0, i8x16.splat, drop, end
);

/**
 * Whether WebAssembly knows 128-bit vectors here. Where it does not, kernels
 * give way to their plain-TypeScript references.
 *
 * @example
 * ```ts
 * import { hasSimd } from "feira/threads";
 * import assert from "node:assert/strict";
 *
 * assert.equal(typeof hasSimd(), "boolean");
 * ```
 */
export function hasSimd(): boolean {
  return WebAssembly.validate(VECTOR_MODULE);
}
