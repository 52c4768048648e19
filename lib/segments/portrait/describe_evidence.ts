import type { NamedSegment } from "../names/name_segments.ts";
import { explainClaim } from "../names/explain_claim.ts";
import { list, number, percent } from "./_words.ts";

/**
 * What a segment's name rests on, in one sentence: each claim that the name
 * makes, with the segment's own figure and what it had to be.
 *
 * @throws {FeiraError} `data` when a claim cannot be read
 */
export function describeEvidence({ evidence }: Pick<NamedSegment, "evidence">): string {
  if (evidence.length === 0) return "Its name claims nothing.";
  const explained = evidence.map(({ claim, value }) => ({ ...explainClaim(claim), value }));
  const claims = [...Map.groupBy(explained, ({ measured }) => measured)].map(
    ([measured, [first, ...more]]) => {
      const { unit, value } = first!;
      const subject = measured.charAt(0).toLowerCase() + measured.slice(1);
      const musts = [first!, ...more].map(({ must }) => must);
      return `${subject}: ${unit === "share" ? percent(value) : number(value)} (must be ${
        list(musts)
      })`;
    },
  );
  return `What its name rests on: ${claims.join("; ")}.`;
}
