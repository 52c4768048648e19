import { tag } from "./_markup.ts";
import { LEVELS, type PaletteName, paletteOf } from "./_palette.ts";
import { toPngUri } from "./_png.ts";

/** Neurons along x and along y. */
export interface GridSize {
  readonly width: number;
  readonly height: number;
}

/** Where something is drawn, px. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Which values the ends of a colour scale stand for. */
export interface ColorRange {
  readonly lo: number;
  readonly hi: number;
  /** Whether values above `hi` share its colour. */
  readonly clipped: boolean;
}

function toImage(uri: string, place: Place): string {
  return tag("image", {
    ...place,
    href: uri,
    preserveAspectRatio: "none",
    "image-rendering": "pixelated",
  });
}

/** Palette indices by neuron (x * height + y, y upward) → a picture with square cells. */
export function gridImage(
  indexOf: (neuron: number) => number,
  { width, height, palette, place }: GridSize & {
    palette: readonly (readonly [number, number, number])[];
    place: Place;
  },
): string {
  const indices = new Uint8Array(width * height);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      indices[(height - 1 - y) * width + x] = indexOf(x * height + y);
    }
  }
  return toImage(toPngUri({ width, height, indices, palette }), place);
}

/** Values by neuron → a picture in a palette. */
export function valuesImage(
  values: ArrayLike<number>,
  { range: { lo, hi }, palette, ...rest }: GridSize & {
    range: ColorRange;
    palette: PaletteName;
    place: Place;
  },
): string {
  const level = (value: number) =>
    hi === lo ? 0 : Math.round(Math.min(1, Math.max(0, (value - lo) / (hi - lo))) * (LEVELS - 1));
  return gridImage((neuron) => level(values[neuron]!), { ...rest, palette: paletteOf(palette) });
}

/** The palette itself from left to right, for a legend. */
export function paletteImage(palette: PaletteName, place: Place): string {
  const indices = Uint8Array.from({ length: LEVELS }, (_, i) => i);
  const image = { width: LEVELS, height: 1, indices, palette: paletteOf(palette) };
  return toImage(toPngUri(image), place);
}

/**
 * The values' span for a colour scale. A few extreme neurons would push all
 * others into one colour, so where the largest lies more than twice as far
 * out as the 98th percentile, the scale ends there.
 */
export function colorRange(values: ArrayLike<number>): ColorRange {
  const sorted = Float64Array.from(values).sort();
  const [lo, max] = [sorted[0]!, sorted.at(-1)!];
  const high = sorted[Math.floor(0.98 * (sorted.length - 1))]!;
  const clipped = high > lo && max - lo > 2 * (high - lo);
  return { lo, hi: clipped ? high : max, clipped };
}
