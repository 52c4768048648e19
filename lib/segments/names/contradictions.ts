import { checkConditions, type Evidence } from "./conditions.ts";
import type { NamedSegment } from "./name_segments.ts";
import type { SegmentProfile } from "./profile_segments.ts";
import { VOCABULARY } from "./_vocabulary.ts";

/** Words of a segment that its numbers speak against. */
export interface Contradiction {
  readonly where: "name" | "description" | "insight" | "strategy";
  /** As they stand there. */
  readonly words: string;
  /** What the words claim, with the segment's figure: it does not hold. */
  readonly evidence: Evidence;
}

const TEXTS = ["name", "description", "insight", "strategy"] as const;

/**
 * Audits what is said of a segment: every word of a fixed vocabulary (recent,
 * lapsed, repeat, small, big-ticket, satisfied …) that its texts use is checked
 * against its numbers, whatever archetype the texts came from.
 *
 * @param profile of the same segment, of the numbers it has now
 * @returns empty where every claim holds
 *
 * @example
 * ```ts
 * import { contradictions, nameSegments, profileSegments } from "feira/segments";
 * import { FEATURES } from "feira/features";
 * import assert from "node:assert/strict";
 *
 * const matrix = {
 *   customerIds: ["a", "b"], featureNames: FEATURES.map(({ name }) => name),
 *   data: new Float64Array(24).fill(1), rows: 2, cols: 12,
 * };
 * const profiles = profileSegments(matrix, [0, 1]);
 * const [segment] = nameSegments(profiles, []);
 * assert.deepEqual(contradictions(segment!, profiles[0]!), []);
 * const [lapsed] = contradictions({ ...segment!, name: "Lapsed Buyers" }, profiles[0]!);
 * assert.deepEqual([lapsed!.words, lapsed!.evidence.value], ["Lapsed", 1]);
 * ```
 */
export function contradictions(
  segment: Pick<NamedSegment, typeof TEXTS[number]>,
  profile: SegmentProfile,
): Contradiction[] {
  return TEXTS.flatMap((where) =>
    VOCABULARY.flatMap(({ words, claims }) => {
      const found = segment[where].match(words)?.[0];
      if (found === undefined) return [];
      return claims.flatMap((claim) => checkConditions(claim, profile))
        .filter(({ holds }) => !holds)
        .map((evidence) => ({ where, words: found, evidence }));
    })
  );
}
