/** An array's bytes (little-endian) as base64: exact, and a third of what digits would take. */
export function toArrayText(values: Int32Array | Float64Array): string {
  return new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength)
    .toBase64();
}

/**
 * The whole numbers of {@linkcode toArrayText}.
 *
 * @throws {SyntaxError | RangeError} for a text that is none of its, or holds
 * another count of numbers
 */
export function toInt32Array(text: string, length: number): Int32Array {
  return assertLength(new Int32Array(toBuffer(text)), length);
}

/**
 * The numbers of {@linkcode toArrayText}.
 *
 * @throws {SyntaxError | RangeError} as {@linkcode toInt32Array}
 */
export function toFloat64Array(text: string, length: number): Float64Array {
  return assertLength(new Float64Array(toBuffer(text)), length);
}

function toBuffer(text: string): ArrayBuffer {
  return Uint8Array.fromBase64(text).slice().buffer;
}

function assertLength<T extends Int32Array | Float64Array>(values: T, length: number): T {
  if (values.length === length) return values;
  throw new RangeError(`found ${values.length} numbers, must be ${length}`);
}
