/**
 * Many numbers as text for a page's script: base64 of little-endian values.
 * Every browser's processor is little-endian; here the order is said, so that
 * any machine writes the same.
 */
const KINDS = {
  u8: { bytes: 1, set: (view: DataView, at: number, value: number) => view.setUint8(at, value) },
  u16: {
    bytes: 2,
    set: (view: DataView, at: number, value: number) => view.setUint16(at, value, true),
  },
  u32: {
    bytes: 4,
    set: (view: DataView, at: number, value: number) => view.setUint32(at, value, true),
  },
  f32: {
    bytes: 4,
    set: (view: DataView, at: number, value: number) => view.setFloat32(at, value, true),
  },
} as const;

/** Whole numbers of 1, 2 or 4 bytes from 0, or floats of 4 bytes. */
export type PackedKind = keyof typeof KINDS;

export function pack(values: ArrayLike<number>, kind: PackedKind): string {
  const { bytes, set } = KINDS[kind];
  const view = new DataView(new ArrayBuffer(values.length * bytes));
  for (let i = 0; i < values.length; i++) set(view, i * bytes, values[i]!);
  return new Uint8Array(view.buffer).toBase64();
}

/** The ends of packed levels: 0 stands for `lo`, 65,535 for `hi`. */
export interface PackedLevels {
  readonly lo: number;
  readonly hi: number;
  readonly levels: string;
}

const MOST = 65_535;

/**
 * Finite values in 65,536 even steps between their ends: half the size of
 * floats, at an error of less than a hundred-thousandth of their span.
 */
export function packLevels(values: ArrayLike<number>): PackedLevels {
  let [lo, hi] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    if (values[i]! < lo) lo = values[i]!;
    if (values[i]! > hi) hi = values[i]!;
  }
  const span = hi - lo;
  const levels = Uint16Array.from(
    { length: values.length },
    (_, i) => span === 0 ? 0 : Math.round((values[i]! - lo) / span * MOST),
  );
  return { lo, hi, levels: pack(levels, "u16") };
}
