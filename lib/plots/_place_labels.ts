import { label, tag } from "./_markup.ts";
import { textWidth } from "./_text.ts";
import { BOLD, PLAIN, THEME } from "./theme.ts";

/** Something to be named, and how much room it takes itself. */
export interface Anchor {
  readonly x: number;
  readonly y: number;
  /** px around the centre that no label may touch. */
  readonly radius: number;
  /** Empty for what is only to be kept clear. */
  readonly text: string;
  readonly bold?: boolean;
}

interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** A label's middle and its distance from its anchor, px. */
interface Spot {
  readonly x: number;
  readonly y: number;
  readonly distance: number;
}

const BESIDE = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1]] as const;
/** For wide areas: a name under its number stays inside longest. */
const BELOW = [[0, 1], [0, -1], ...BESIDE] as const;
const DISTANCES = [4, 9, 18, 32, 50];
type Side = "beside" | "below";
/** From this distance on a line shows which point a label belongs to. */
const FAR = 18;

function touches(a: Box, b: Box): boolean {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

function findSpot({ x, y, radius, text, bold }: Anchor, bounds: Box, taken: Box[], first: Side) {
  const half = textWidth(text, bold ? BOLD : PLAIN) / 2;
  const rise = THEME.fontSize * 0.6;
  for (const distance of DISTANCES) {
    for (const [dx, dy] of first === "below" ? BELOW : BESIDE) {
      const spot: Spot = {
        x: x + dx * (radius + distance + half),
        y: y + dy * (radius + distance + (dx === 0 ? rise : 0)),
        distance,
      };
      const box = { x0: spot.x - half, x1: spot.x + half, y0: spot.y - rise, y1: spot.y + rise };
      const inside = box.x0 >= bounds.x0 && box.x1 <= bounds.x1 && box.y0 >= bounds.y0 &&
        box.y1 <= bounds.y1;
      if (!inside || taken.some((other) => touches(box, other))) continue;
      taken.push(box);
      return spot;
    }
  }
  return undefined;
}

/**
 * Draws each text beside its point where it meets no other point, no other
 * text and no edge. Greedy in the order given: put the important ones first.
 * O(n²).
 *
 * @returns the labels, and the texts that found no place
 */
export function placeLabels(
  anchors: readonly Anchor[],
  { bounds, first = "beside" }: { bounds: Box; first?: Side },
): { readonly markup: string; readonly left: readonly string[] } {
  const taken = anchors.map(({ x, y, radius: r }) => ({
    x0: x - r,
    y0: y - r,
    x1: x + r,
    y1: y + r,
  }));
  const left: string[] = [];
  const markup = anchors.map((anchor) => {
    if (anchor.text === "") return "";
    const spot = findSpot(anchor, bounds, taken, first);
    if (spot !== undefined) return drawLabel(anchor, spot);
    left.push(anchor.text);
    return "";
  }).join("");
  return { markup, left };
}

/** Text with a halo; it starts or ends at its point, so that the gap is exact in any font. */
function drawLabel({ x, y, text, bold }: Anchor, spot: Spot): string {
  const half = textWidth(text, bold ? BOLD : PLAIN) / 2;
  const side = Math.abs(spot.x - x) < 1 ? 0 : Math.sign(spot.x - x);
  const edge = spot.x - side * half;
  const leader = spot.distance < FAR ? "" : tag("line", {
    x1: x,
    y1: y,
    x2: edge,
    y2: spot.y - (side === 0 ? Math.sign(spot.y - y) * THEME.fontSize * 0.6 : 0),
    stroke: THEME.quietInk,
    "stroke-width": 0.75,
  });
  return leader + label(text, {
    x: edge,
    y: spot.y,
    dy: "0.35em",
    "text-anchor": side === 0 ? "middle" : side > 0 ? "start" : "end",
    "font-weight": bold ? 600 : undefined,
    stroke: THEME.paper,
    "stroke-width": 3.5,
    "stroke-linejoin": "round",
    "paint-order": "stroke",
  });
}
