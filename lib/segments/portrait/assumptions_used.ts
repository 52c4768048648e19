import { type Assumption, ASSUMPTIONS, type Assumptions } from "./assumptions.ts";
import type { Portrait } from "./portray_segments.ts";

/**
 * The assumptions that some action of the portraits is computed with, in the
 * order of {@linkcode ASSUMPTIONS}.
 *
 * @param changed those that the portraits were made with, where they differ
 */
export function assumptionsUsed(
  portraits: readonly Portrait[],
  changed: Partial<Assumptions> = {},
): Assumption[] {
  const titles = new Set(portraits.flatMap(({ actions }) => actions.map(({ title }) => title)));
  return Object.values({ ...ASSUMPTIONS, ...changed }).filter(({ action }) => titles.has(action));
}
