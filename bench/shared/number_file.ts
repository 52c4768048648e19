/** Writes numbers as they lie in memory: little-endian on every machine that Deno runs on. */
export async function writeNumbers(path: string, values: Float64Array | Int32Array): Promise<void> {
  await Deno.writeFile(
    path,
    new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength),
  );
}

/** Reads float64 numbers written by {@linkcode writeNumbers}, the first `count` of them. */
export async function readFloats(path: string, count?: number): Promise<Float64Array> {
  return new Float64Array(await readBuffer(path, count === undefined ? undefined : count * 8));
}

/** Reads int32 numbers written by {@linkcode writeNumbers}, the first `count` of them. */
export async function readIntegers(path: string, count?: number): Promise<Int32Array> {
  return new Int32Array(await readBuffer(path, count === undefined ? undefined : count * 4));
}

/** Only what is asked for is read, so that a job on some rows has the memory of some rows. */
async function readBuffer(path: string, byteLength?: number): Promise<ArrayBuffer> {
  using file = await Deno.open(path);
  const bytes = new Uint8Array(byteLength ?? (await file.stat()).size);
  for (let at = 0; at < bytes.length;) {
    const read = await file.read(bytes.subarray(at));
    if (read === null) {
      throw new RangeError(
        `Cannot read ${path}: found ${at} bytes, must be at least ${bytes.length}`,
      );
    }
    at += read;
  }
  return bytes.buffer;
}
