import { explainEvidence } from "../names/explain_evidence.ts";
import type { NamedSegment } from "../names/name_segments.ts";
import { list } from "./_words.ts";

/**
 * What a segment's name rests on, in one sentence: each claim that the name
 * makes, with the segment's own figure, what it had to be, and everyone's.
 *
 * @throws {FeiraError} `data` when a claim cannot be read
 */
export function describeEvidence({ evidence }: Pick<NamedSegment, "evidence">): string {
  if (evidence.length === 0) return "Its name claims nothing.";
  const claims = [...Map.groupBy(evidence.map(explainEvidence), ({ measured }) => measured)].map(
    ([measured, same]) => {
      const { is, everyone } = same[0]!;
      const subject = measured.charAt(0).toLowerCase() + measured.slice(1);
      return `${subject}: ${is}, must be ${
        list(same.map(({ must }) => must))
      } (everyone: ${everyone})`;
    },
  );
  return `What its name rests on: ${claims.join("; ")}.`;
}
