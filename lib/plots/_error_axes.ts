import * as Plot from "@observablehq/plot";
import type { NumberAxis } from "./_axis.ts";
import { THEME } from "./theme.ts";

/**
 * Grid and axes of quantization error along x against topographic error along y.
 *
 * @param rows what the topographic error is a share of.
 */
export function errorAxes(
  { xAxis, yAxis }: { readonly xAxis: NumberAxis; readonly yAxis: NumberAxis },
  rows: string,
): Plot.Markish[] {
  return [
    Plot.gridY(yAxis.ticks, { stroke: THEME.grid, strokeOpacity: 1 }),
    Plot.gridX(xAxis.ticks, { stroke: THEME.grid, strokeOpacity: 1 }),
    Plot.axisY(yAxis.ticks, {
      tickFormat: yAxis.tickFormat,
      tickSize: 0,
      label: `topographic error (share of ${rows}), lower is better`,
      labelArrow: "none",
    }),
    Plot.axisX(xAxis.ticks, {
      tickFormat: xAxis.tickFormat,
      tickSize: 0,
      label: "quantization error (mean distance, scaled units), lower is better",
      labelAnchor: "center",
      labelArrow: "none",
    }),
  ];
}
