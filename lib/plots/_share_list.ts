import { label, px, tag } from "./_markup.ts";
import { fitText } from "./_text.ts";
import { formatNumber } from "./format_number.ts";
import { BOLD, PLAIN, THEME } from "./theme.ts";

/** How often a kind is met in a group, with its interval, and among everyone; all 0..1. */
export interface PortraitShare {
  readonly name: string;
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly everyoneShare: number;
  /** Whether the difference is more than chance: written bold. */
  readonly isDistinct: boolean;
}

/** Height of one kind, px. */
export const SHARE_LINE = 40;

/** A list of kinds, each with its share as a bar, the range of doubt, and a mark at everyone's. */
export function drawShareList(
  title: string,
  shares: readonly PortraitShare[],
  { width, color }: { width: number; color: string },
): string {
  const most = Math.max(
    1e-9,
    ...shares.flatMap(({ high, everyoneShare }) => [high, everyoneShare]),
  );
  const bars = width - 50;
  const place = (share: number) => Math.min(1, share / most) * bars;
  const rows = shares.map(({ name, share, low, high, everyoneShare, isDistinct }, i) => {
    const y = 24 + i * SHARE_LINE;
    const text = percent(share);
    const weight = isDistinct ? 600 : undefined;
    const style = isDistinct ? BOLD : PLAIN;
    const said = tag(
      "title",
      {},
      `${percent(share)} (${percent(low)} to ${percent(high)}), everyone ${percent(everyoneShare)}`,
    );
    return label(fitText(name, width, style), { y: y + 14, "font-weight": weight }) +
      label(text, {
        x: width,
        y: y + 28,
        "text-anchor": "end",
        "font-variant": "tabular-nums",
        "font-weight": weight,
      }) +
      tag(
        "g",
        {},
        said +
          tag("rect", {
            y: y + 19,
            width: Math.max(1, place(share)),
            height: 9,
            fill: color,
            "fill-opacity": 0.55,
          }) +
          tag("path", {
            d: `M${px(place(low))},${px(y + 23.5)}H${px(place(high))}`,
            stroke: THEME.quietInk,
          }) +
          tag("path", {
            d: `M${px(place(everyoneShare))},${px(y + 17)}v13`,
            stroke: THEME.ink,
            "stroke-width": 2,
          }),
      );
  }).join("");
  return label(fitText(title, width, BOLD), { y: 14, "font-weight": 600 }) + rows;
}

/** With one digit. */
export function percent(share: number): string {
  return formatNumber(share, { format: "percent", digits: 1 });
}
