import { assertSome, toFinite } from "./_check.ts";
import { at, label, px, tag } from "./_markup.ts";
import { segmentBadge } from "./_segment_badge.ts";
import { fitText, wrapText } from "./_text.ts";
import { type Figure, type FigureOptions, NARROW, toFigure, toFit } from "./figure.ts";
import { formatNumber } from "./format_number.ts";
import { BOLD, PLAIN, segmentColor, THEME } from "./theme.ts";

/** A feature within a segment. */
export interface ProfileFeature {
  readonly label: string;
  readonly unit?: string | undefined;
  /** In the feature's own unit. */
  readonly mean: number;
  readonly median: number;
  readonly q25?: number | undefined;
  readonly q75?: number | undefined;
  /** The segment's mean less that of all customers, in standard deviations of all customers. */
  readonly z: number;
}

/** A segment and what it is like; all segments have the same features in the same order. */
export interface SegmentProfile {
  readonly id: number;
  readonly name: string;
  readonly customers: number;
  readonly features: readonly ProfileFeature[];
}

const WHAT = "draw segment profiles";
const [HEAD, ROW] = [92, 48];
/** Standard deviations that fill half a column; what lies beyond ends in a point. */
const REACH = 3;

/**
 * The dashboard of segments: a row per feature, a column per segment; a bar
 * for how far the segment's mean is from everybody's, and median and mean in
 * the feature's own unit.
 *
 * @throws {RangeError} when there is no segment or feature, features differ between
 *   segments or a number is not finite
 *
 * ```ts
 * import { segmentProfileFigure } from "feira/plots";
 * import assert from "node:assert/strict";
 *
 * const features = [{ label: "spend", unit: "BRL", mean: 1203, median: 780, z: 4.2 }];
 * const profiles = [{ id: 0, name: "big-ticket", customers: 3240, features }];
 * assert.match(segmentProfileFigure(profiles, { title: "They spend" }).svg, /mean 1,203/);
 * ```
 */
export function segmentProfileFigure(
  profiles: readonly SegmentProfile[],
  options: FigureOptions,
): Figure {
  assertSome(WHAT, "profiles", profiles.length);
  const names = profiles[0]!.features.map(({ label }) => label);
  assertSome(WHAT, "features", names.length);
  for (const { id, customers, features } of profiles) {
    toFinite(WHAT, `customers of segment ${id}`, customers);
    if (features.length !== names.length || features.some((f, i) => f.label !== names[i])) {
      throw new RangeError(
        `Cannot ${WHAT}: segment ${id} has features ${features.map((f) => f.label).join(", ")}, ` +
          `must be those of segment ${profiles[0]!.id}`,
      );
    }
    for (const { label, mean, median, z } of features) {
      for (const [key, value] of Object.entries({ mean, median, z })) {
        toFinite(WHAT, `${key} of ${label} in segment ${id}`, value);
      }
    }
  }
  return toFit((room) => drawProfiles(profiles, room, options));
}

/** Segments side by side; on a phone one below the other. */
function drawProfiles(
  profiles: readonly SegmentProfile[],
  room: number,
  options: FigureOptions,
): Figure {
  const { features } = profiles[0]!;
  const isNarrow = room < NARROW;
  const column = isNarrow ? 190 : profiles.length <= 3 ? 176 : 160;
  const labels = isNarrow ? room - column : 224;
  const width = isNarrow ? room : labels + profiles.length * column;
  const tall = HEAD + features.length * ROW + 4;
  const height = isNarrow ? profiles.length * tall : tall;
  const names = drawLabels(features, { width, labels });
  const body = isNarrow
    ? profiles.map((profile, i) =>
      at(0, i * tall, names + at(labels, 0, drawColumn(profile, column)))
    ).join("")
    : names +
      profiles.map((profile, i) => at(labels + i * column, 0, drawColumn(profile, column))).join(
        "",
      );
  const alt = options.alt ?? "Segment profiles. " +
      profiles.map(({ id, name, customers, features }) =>
        `${id} ${name}, ${formatNumber(customers)} customers: ` +
        features.map((f) =>
          `${f.label} median ${formatNumber(f.median)} mean ${formatNumber(f.mean)}`
        )
          .join(", ")
      ).join("; ");
  const caption = options.caption ??
    "Bold: the segment's median; grey: its mean, which a long tail pulls up. Bars: how far the mean is from all " +
      `customers' mean, in their standard deviations; half a column is ${REACH}, a pointed bar goes beyond.`;
  return toFigure(body, { ...options, caption, alt, width, height });
}

function drawLabels(
  features: readonly ProfileFeature[],
  { width, labels }: { width: number; labels: number },
): string {
  return features.map(({ label: name, unit }, i) => {
    const y = HEAD + i * ROW;
    const fit = (text: string) => fitText(text, labels - 12, PLAIN);
    return tag("line", { x1: 0, x2: width, y1: y, y2: y, stroke: THEME.grid }) +
      label(fit(name), { y: y + (unit ? 20 : 28) }) +
      (unit ? label(fit(unit), { y: y + 37, fill: THEME.quietInk, "font-size": 12 }) : "");
  }).join("");
}

function drawColumn({ id, name, customers, features }: SegmentProfile, width: number): string {
  const text = { ...BOLD, width: width - 36, lines: 3 };
  const head = segmentBadge(id, 12, 14) +
    wrapText(name, text).map((line, i) =>
      label(line, { x: 28, y: 18 + i * 17, "font-weight": 600 })
    ).join("") +
    label(`${formatNumber(customers)} customers`, { x: 28, y: HEAD - 16, fill: THEME.quietInk });
  const half = width / 2 - 10;
  const middle = half + 2;
  const rule = tag("line", {
    x1: middle,
    x2: middle,
    y1: HEAD + 4,
    y2: HEAD + features.length * ROW,
    stroke: THEME.quiet,
  });
  const cells = features.map((feature, i) => {
    const y = HEAD + i * ROW;
    return bar(feature.z, { id, middle, half, y: y + 31 }) +
      label(formatNumber(feature.median), {
        x: middle - 6,
        y: y + 21,
        ...NUMBER,
        "font-weight": 600,
      }) +
      label(`mean ${formatNumber(feature.mean)}`, {
        x: middle + 6,
        y: y + 21,
        fill: THEME.quietInk,
        "font-size": 12,
        "font-variant": "tabular-nums",
      });
  }).join("");
  return head + rule + cells;
}

const NUMBER = { "text-anchor": "end", "font-variant": "tabular-nums" } as const;

/** A bar from the middle; beyond the reach it ends in a point. */
function bar(
  z: number,
  { id, middle, half, y }: { id: number; middle: number; half: number; y: number },
): string {
  const sign = z < 0 ? -1 : 1;
  const length = sign * Math.min(1, Math.abs(z) / REACH) * half;
  const point = Math.abs(z) > REACH ? sign * 7 : 0;
  const d = `M${px(middle)},${px(y)}h${px(length - point)}l${px(point)},4.5l${px(-point)},4.5H${
    px(middle)
  }Z`;
  const title = tag("title", {}, `${formatNumber(z, { digits: 2 })} standard deviations`);
  return tag("path", { d, fill: segmentColor(id) }, title);
}
