// @ts-types="npm:@types/d3-scale-chromatic@3.1.0"
import { interpolateCividis, interpolateGreys } from "d3-scale-chromatic";

/** A sequential colour scale that keeps its order in grey print and for colour-blind eyes. */
export type PaletteName = "cividis" | "greys";

/** Levels that are told apart; more than a screen shows. */
export const LEVELS = 256;

const INTERPOLATE: Readonly<Record<PaletteName, (t: number) => string>> = {
  cividis: interpolateCividis,
  // The last tenth of the greys is all but black: borders would swallow what is drawn on them.
  greys: (t) => interpolateGreys(t * 0.9),
};

/** The palette's colours, from low to high, as [red, green, blue] from 0 to 255. */
export function paletteOf(name: PaletteName): (readonly [number, number, number])[] {
  return Array.from({ length: LEVELS }, (_, i) => {
    const [red, green, blue] = INTERPOLATE[name](i / (LEVELS - 1)).match(/\d+/g)!.map(Number);
    return [red!, green!, blue!] as const;
  });
}

/** A value's colour as "#rrggbb", between the ends of a scale. */
export function colorsOf(
  name: PaletteName,
): (value: number, range: { readonly lo: number; readonly hi: number }) => string {
  const colors = paletteOf(name).map((channels) =>
    "#" + channels.map((channel) => channel.toString(16).padStart(2, "0")).join("")
  );
  return (value, { lo, hi }) => {
    const part = hi === lo ? 0 : Math.min(1, Math.max(0, (value - lo) / (hi - lo)));
    return colors[Math.round(part * (LEVELS - 1))]!;
  };
}
