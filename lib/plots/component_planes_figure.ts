import { assertGrid, assertSome, assertValues } from "./_check.ts";
import { colorLegend, LEGEND_HEIGHT } from "./_color_legend.ts";
import { at, label, tag } from "./_markup.ts";
import { type ColorRange, colorRange, valuesImage } from "./_raster.ts";
import { fitText, textWidth } from "./_text.ts";
import type { MapOptions } from "./_u_matrix.ts";
import { packLevels } from "./_pack.ts";
import { amendFigure, type Figure, type Interaction, NARROW, toFigure, toFit } from "./figure.ts";
import { formatNumber } from "./format_number.ts";
import { BOLD, PLAIN, THEME } from "./theme.ts";

/** One feature over the map. */
export interface ComponentPlane {
  readonly label: string;
  /** The unit that `values` are in. */
  readonly unit?: string | undefined;
  /** [width × height], neuron (x, y) at x * height + y, in the feature's own unit. */
  readonly values: ArrayLike<number>;
}

const WHAT = "draw component planes";

/**
 * One small map per feature, all of the same neurons, each coloured on its
 * own scale in the feature's own unit.
 *
 * @param planes as many as there are features
 * @throws {RangeError} when there is none, or a plane's length does not fit or a value is not finite
 *
 * ```ts
 * import { componentPlanesFigure } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const planes = [{ label: "monetary", unit: "BRL", values: Float64Array.of(10, 20, 30, 40) }];
 * const figure = componentPlanesFigure(planes, { width: 2, height: 2, title: "Spend rises to the right" });
 * assert.match(figure.alt, /monetary 10 to 40 BRL/);
 * ```
 */
export function componentPlanesFigure(
  planes: readonly ComponentPlane[],
  options: MapOptions & {
    /** Planes side by side, 3 by default. */
    readonly columns?: number;
  },
): Figure {
  assertSome(WHAT, "planes", planes.length);
  assertGrid(WHAT, options);
  const { width, height, columns = 3 } = options;
  for (const plane of planes) assertValues(WHAT, plane.label, plane.values, width * height);
  const ranges = planes.map(({ values }) => colorRange(values));
  const interaction: Interaction = {
    kind: "planes",
    data: {
      width,
      height,
      planes: planes.map(({ label, unit = "", values }, i) => ({
        label,
        unit,
        scale: ranges[i]!,
        ...packLevels(values),
      })),
    },
  };
  const drawn = toFit((room) =>
    room < NARROW
      ? drawPlanes(planes, { ...options, ranges, across: 2, panel: 166, gap: 14, head: 38 })
      : drawPlanes(planes, { ...options, ranges, across: columns, panel: 260, gap: 28, head: 22 })
  );
  return amendFigure(drawn, { interaction });
}

interface Layout {
  readonly across: number;
  /** px. */
  readonly panel: number;
  readonly gap: number;
  /** Room above a plane, px: two lines when the unit stands below the name. */
  readonly head: number;
}

function drawPlanes(
  planes: readonly ComponentPlane[],
  { ranges, panel, gap, head, ...options }: MapOptions & Layout & {
    readonly ranges: readonly ColorRange[];
  },
): Figure {
  const { width, height } = options;
  const across = Math.min(options.across, planes.length);
  const tall = Math.min(panel * height / width, panel * 1.2);
  const wide = tall * width / height;
  const rowHeight = head + tall + 8 + LEGEND_HEIGHT + 18;
  const figureWidth = across * panel + (across - 1) * gap + 4;
  const figureHeight = Math.ceil(Math.ceil(planes.length / across) * rowHeight - 12);
  const body = planes.map((plane, i) => {
    const range = ranges[i]!;
    const place = { x: 0, y: head, width: wide, height: tall };
    const image = valuesImage(plane.values, { width, height, range, palette: "cividis", place });
    return at(
      2 + (i % across) * (panel + gap),
      Math.floor(i / across) * rowHeight,
      heading(plane, i, { panel, twoLines: head > 30 }) + image +
        tag("rect", {
          ...place,
          fill: "none",
          stroke: THEME.quiet,
          "stroke-width": 0.5,
          "data-plane": i,
        }) +
        colorLegend(range, {
          x: 0,
          y: head + 8 + tall,
          width: Math.max(wide, 130),
          palette: "cividis",
          marks: { "data-plane-scale": i },
        }),
    );
  }).join("");
  const alt = options.alt ?? "Component planes: " +
      planes.map(({ label, unit }, i) =>
        `${label} ${formatNumber(ranges[i]!.lo)} to ${formatNumber(ranges[i]!.hi)}${
          unit ? ` ${unit}` : ""
        }`
      ).join("; ");
  const caption = options.caption ??
    "The same map once per feature: yellow is high, dark blue low, each on its own scale. " +
      "Planes that look alike move together; ≥ marks a scale that ends at its 98th percentile.";
  return toFigure(body, {
    ...options,
    caption,
    alt,
    width: figureWidth,
    height: figureHeight,
  });
}

/** Name at the left; at the right or below it the unit, where a page's script puts a value. */
function heading(
  { label: name, unit = "" }: ComponentPlane,
  plane: number,
  { panel, twoLines }: { panel: number; twoLines: boolean },
): string {
  const unitText = fitText(unit, twoLines ? panel : panel * 0.45, PLAIN);
  const nameRoom = twoLines ? panel : panel - textWidth(unitText, PLAIN) - 10;
  return label(fitText(name, nameRoom, BOLD), { y: 14, "font-weight": 600 }) +
    label(unitText, {
      x: twoLines ? 0 : panel,
      y: twoLines ? 31 : 14,
      "text-anchor": twoLines ? "start" : "end",
      fill: THEME.quietInk,
      "data-plane-note": plane,
    });
}
