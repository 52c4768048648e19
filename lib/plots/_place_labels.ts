import { textWidth } from "./_text.ts";

/** Something to be named, and how much room it takes itself. */
export interface Anchor {
  readonly x: number;
  readonly y: number;
  /** px around the centre that no label may touch. */
  readonly radius: number;
  readonly text: string;
}

interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

const SIDES = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1]] as const;

function touches(a: Box, b: Box): boolean {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

/**
 * The middle of a place for each text beside its point where it meets no
 * other point, no other text and no edge; undefined for one that has none.
 * Greedy in the order given: put the important ones first. O(n²).
 */
export function placeLabels(
  anchors: readonly Anchor[],
  { bounds, fontSize }: { bounds: Box; fontSize: number },
): ({ readonly x: number; readonly y: number } | undefined)[] {
  const taken: Box[] = anchors.map(({ x, y, radius: r }) => ({
    x0: x - r,
    y0: y - r,
    x1: x + r,
    y1: y + r,
  }));
  return anchors.map(({ x, y, radius, text }) => {
    const half = textWidth(text, fontSize) / 2;
    for (const distance of [3, 8, 16]) {
      for (const [dx, dy] of SIDES) {
        const middle = {
          x: x + dx * (radius + distance + half),
          y: y + dy * (radius + distance + fontSize * 0.6),
        };
        const box = {
          x0: middle.x - half,
          x1: middle.x + half,
          y0: middle.y - fontSize * 0.6,
          y1: middle.y + fontSize * 0.6,
        };
        const inside = box.x0 >= bounds.x0 && box.x1 <= bounds.x1 && box.y0 >= bounds.y0 &&
          box.y1 <= bounds.y1;
        if (!inside || taken.some((other) => touches(box, other))) continue;
        taken.push(box);
        return middle;
      }
    }
    return undefined;
  });
}
