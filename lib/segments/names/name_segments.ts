import type { Archetype } from "./archetypes.ts";
import { checkConditions, type Evidence } from "./conditions.ts";
import { describeSegment } from "./_describe_segment.ts";
import { marginOf } from "./_margin.ts";
import type { SegmentProfile } from "./profile_segments.ts";

/** A segment with a name that its own numbers support. */
export interface NamedSegment {
  /** As published; no segment of one level has the id of one of the other. */
  readonly id: number;
  /** 1, or 2 for a part of a segment of level 1. */
  readonly level: 1 | 2;
  /** The segment of level 1 that this is a part of; absent on level 1. */
  readonly parentId?: number;
  readonly name: string;
  readonly description: string;
  readonly insight: string;
  readonly strategy: string;
  readonly customers: number;
  /** Of all customers, 0..1. */
  readonly share: number;
  /** Of the sum of `monetary`, 0..1. */
  readonly revenueShare: number;
  /** The archetype that gave the name; absent where it is only descriptive. */
  readonly archetypeId?: string;
  /** Every claim that the name makes, with the segment's figure; all hold. */
  readonly evidence: readonly Evidence[];
}

/**
 * Names segments of both levels by what they are, level 1 first.
 *
 * Archetypes are gone through in their order. Each names the segment that meets
 * all of its conditions; where several do, the one that meets them by the
 * widest margin (the mean over the conditions of how far the figure is from its
 * limit, as a share of the greater of both), and the others may earn a later
 * one. Segments that earn none get a plain name made of their strongest
 * differences from the other customers. No two segments of either level share
 * a name. Neither ids nor the order of profiles decide anything: only between
 * segments of equal values does the lower id go first.
 *
 * @param profiles of {@linkcode profileSegments}, one level or both
 * @returns in the order of `profiles`
 * @throws {FeiraError} `data` when a condition cannot be read
 */
export function nameSegments(
  profiles: readonly SegmentProfile[],
  archetypes: readonly Archetype[],
): NamedSegment[] {
  const named = new Map<SegmentProfile, NamedSegment>();
  const taken = new Set<string>();
  const give = (profile: SegmentProfile, segment: NamedSegment) => {
    named.set(profile, segment);
    taken.add(segment.name);
  };
  for (const level of [1, 2] as const) {
    const own = profiles.filter((profile) => profile.level === level).sort(byRevenue);
    for (const archetype of archetypes) {
      // Checked for every segment, so that a condition that cannot be read is always an error.
      const [best] = own
        .map((profile) => ({ profile, evidence: checkConditions(archetype.conditions, profile) }))
        .filter(({ profile, evidence }) =>
          !named.has(profile) && evidence.every(({ holds }) => holds)
        )
        .sort((a, b) => marginOf(b.evidence) - marginOf(a.evidence));
      if (best === undefined || taken.has(archetype.name)) continue;
      give(best.profile, toNamed(best.profile, archetype, best.evidence));
    }
    for (const profile of own) {
      if (!named.has(profile)) give(profile, describeSegment(profile, taken));
    }
  }
  return profiles.map((profile) => named.get(profile)!);
}

/** The id only tells segments apart of which not one value differs. */
function byRevenue(a: SegmentProfile, b: SegmentProfile): number {
  return b.revenueShare - a.revenueShare || b.customers - a.customers || byValues(a, b) ||
    a.id - b.id;
}

function byValues(a: SegmentProfile, b: SegmentProfile): number {
  for (const [at, { values }] of a.features.entries()) {
    const others = b.features[at]!.values;
    if (values.length !== others.length) return values.length - others.length;
    const differs = values.findIndex((value, i) => value !== others[i]);
    if (differs >= 0) return values[differs]! - others[differs]!;
  }
  return 0;
}

function toNamed(
  { id, level, parentId, customers, share, revenueShare }: SegmentProfile,
  { archetype_id, name, description, insight, strategy }: Archetype,
  evidence: readonly Evidence[],
): NamedSegment {
  return {
    id,
    level,
    ...(parentId === undefined ? {} : { parentId }),
    name,
    description,
    insight,
    strategy,
    customers,
    share,
    revenueShare,
    archetypeId: archetype_id,
    evidence,
  };
}
