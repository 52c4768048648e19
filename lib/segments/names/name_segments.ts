import { FEATURES } from "feira/features";
import type { Archetype } from "./archetypes.ts";
import { checkConditions, type Evidence } from "./conditions.ts";
import type { FeatureProfile, SegmentProfile } from "./profile_segments.ts";

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

/** A descriptive name takes up differences of at least so many standard deviations. */
const NOTABLE = 0.25;

/**
 * Names segments by what they are. Archetypes are gone through in their order:
 * each names the segment that meets all of its conditions, and where several
 * do, the one with most revenue. Segments left over get a plain name made of
 * their strongest differences from the other customers. No two share a name;
 * neither ids nor the order of profiles matter.
 *
 * @throws {FeiraError} `data` when a condition cannot be read
 */
export function nameSegments(
  profiles: readonly SegmentProfile[],
  archetypes: readonly Archetype[],
): NamedSegment[] {
  const named = new Map<number, NamedSegment>();
  const byRevenue = [...profiles].sort((a, b) =>
    b.revenueShare - a.revenueShare || b.customers - a.customers || a.id - b.id
  );
  for (const archetype of archetypes) {
    // Checked for every segment, so that a condition that cannot be read is always an error.
    const checked = byRevenue.map((profile) => ({
      profile,
      evidence: checkConditions(archetype.conditions, profile),
    }));
    const match = checked.find(({ profile, evidence }) =>
      !named.has(profile.id) && evidence.every(({ holds }) => holds)
    );
    if (match === undefined) continue;
    named.set(match.profile.id, {
      ...toFigures(match.profile),
      name: archetype.name,
      description: archetype.description,
      insight: archetype.insight,
      strategy: archetype.strategy,
      archetypeId: archetype.archetype_id,
      evidence: match.evidence,
    });
  }
  const names = new Set([...named.values()].map(({ name }) => name));
  for (const profile of byRevenue) {
    if (named.has(profile.id)) continue;
    const segment = describeSegment(profile, names);
    names.add(segment.name);
    named.set(profile.id, segment);
  }
  return profiles.map(({ id }) => named.get(id)!);
}

/** Names a segment by as many of its strongest differences as tell it from names given already. */
function describeSegment(profile: SegmentProfile, taken: ReadonlySet<string>): NamedSegment {
  const strongest = distinct(profile.features)
    .filter(({ effect }) => Math.abs(effect) >= NOTABLE)
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
  let used = strongest.slice(0, 2);
  while (taken.has(toName(used)) && used.length < strongest.length) {
    used = strongest.slice(0, used.length + 1);
  }
  let name = toName(used);
  for (let again = 2; taken.has(name); again++) name = `${toName(used)} (${again})`;
  const differences = used.map(({ name: feature, mean, effect }) =>
    `${labelOf(feature)} ${format(mean)} on average, ${
      format(Math.abs(effect))
    } standard deviations ${effect > 0 ? "above" : "below"} other customers`
  );
  return {
    ...toFigures(profile),
    name,
    description: used.length === 0
      ? "No feature of these customers differs notably from the others'."
      : `${capital(differences.join("; "))}.`,
    insight: "No archetype's conditions all hold, so the name only says what differs most.",
    strategy: "Look at the profile and the distributions before acting on this segment.",
    evidence: used.map(({ name: feature, effect }) => ({
      claim: `effect(${feature}) ${effect > 0 ? ">=" : "<="} ${effect > 0 ? NOTABLE : -NOTABLE}`,
      value: effect,
      holds: true,
    })),
  };
}

/** Without features that say the same of every customer here, such as the guide's duplicated pairs. */
function distinct(features: readonly FeatureProfile[]): FeatureProfile[] {
  const seen = new Set<string>();
  return features.filter(({ mean, median, q25, q75, effect }) => {
    const key = [mean, median, q25, q75, effect].map((value) => value.toPrecision(9)).join(" ");
    return !seen.has(key) && seen.add(key);
  });
}

function toFigures({ id, customers, share, revenueShare }: SegmentProfile) {
  return { id, level: 1, customers, share, revenueShare } as const;
}

function toName(used: readonly FeatureProfile[]): string {
  if (used.length === 0) return "Customers Near the Average";
  return `Customers with ${
    used.map(({ name, effect }) => `${effect > 0 ? "high" : "low"} ${labelOf(name)}`).join(", ")
  }`;
}

function labelOf(feature: string): string {
  return (FEATURES.find(({ name }) => name === feature)?.label ?? feature).toLowerCase();
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function format(value: number): string {
  return String(Number(value.toPrecision(3)));
}
