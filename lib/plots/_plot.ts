import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { serialiseInside } from "./_serialise.ts";
import { THEME } from "./theme.ts";

/** A drawn chart without its `<svg>`, to be placed in a figure, and its scales. */
export interface Drawing {
  readonly markup: string;
  /** Where a value of a scale ("x", "y", "r") lies, px. */
  readonly place: (scale: Plot.ScaleName, value: unknown) => number;
}

// Plot asks the document only for elements; it keeps no state in it, so one does for all figures.
const { document } = parseHTML("<html></html>") as unknown as { document: unknown };

/** Draws with Observable Plot in the theme. */
export function drawPlot(options: Plot.PlotOptions): Drawing {
  const drawn = Plot.plot({
    style: { fontFamily: THEME.fontFamily, fontSize: `${THEME.fontSize}px` },
    ...options,
    document: document as NonNullable<Plot.PlotOptions["document"]>,
  });
  const root = drawn as unknown as Parameters<typeof serialiseInside>[0];
  return {
    markup: serialiseInside(root),
    place: (name, value) => {
      const scale = drawn.scale(name)!;
      return scale.apply(value) + (scale.bandwidth ?? 0) / 2;
    },
  };
}
