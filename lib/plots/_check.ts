/** Throws unless there is something to draw. */
export function assertSome(what: string, name: string, count: number): void {
  if (count === 0) throw new RangeError(`Cannot ${what}: ${name} is empty, must have one or more`);
}

/** The value, when it is a finite number. */
export function toFinite(what: string, name: string, value: unknown): number {
  if (typeof value !== "number" && typeof value !== "bigint") {
    throw new TypeError(`Cannot ${what}: ${name} is ${show(value)}, must be a number`);
  }
  if (!Number.isFinite(Number(value))) {
    throw new RangeError(`Cannot ${what}: ${name} is ${value}, must be finite`);
  }
  return Number(value);
}

/** Throws when an array has another length or holds anything but finite numbers. */
export function assertValues(
  what: string,
  name: string,
  values: ArrayLike<number>,
  length = values.length,
): void {
  if (values.length !== length) {
    throw new RangeError(
      `Cannot ${what}: ${name} has ${values.length} values, must have ${length}`,
    );
  }
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new RangeError(`Cannot ${what}: ${name} is ${values[i]} at ${i}, must be finite`);
    }
  }
}

/** Throws when an array is not so many finite numbers from 0. */
export function assertCounts(
  what: string,
  name: string,
  counts: ArrayLike<number>,
  length: number,
): void {
  assertValues(what, name, counts, length);
  for (let i = 0; i < length; i++) {
    if (counts[i]! < 0) {
      throw new RangeError(`Cannot ${what}: ${name} is ${counts[i]} at ${i}, must be 0 or more`);
    }
  }
}

/** Throws unless width and height make a grid of one neuron or more. */
export function assertGrid(what: string, size: { width: number; height: number }): void {
  for (const side of ["width", "height"] as const) {
    if (!Number.isSafeInteger(size[side]) || size[side] < 1) {
      throw new RangeError(`Cannot ${what}: ${side} is ${size[side]}, must be 1 or more neurons`);
    }
  }
}

function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
