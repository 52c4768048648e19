import { matchSegments } from "feira/segments";
import type { NamedGroup, Variant } from "./variant.ts";

/** How often a segment of the first variant was found again in the others. */
export interface Stayed extends Pick<NamedGroup, "level" | "name"> {
  readonly customers: number;
  /** Variants where the segment that took over its id has most of its customers, as a share. */
  readonly id: number;
  /** Of those variants, the share where that segment has its name; NaN where there are none. */
  readonly sameName: number;
  /** Customers in common with that segment, as a share of those in either: mean and least. */
  readonly jaccard: number;
  readonly leastJaccard: number;
  /** Other names that it had there, and in how many variants. */
  readonly otherNames: ReadonlyMap<string, number>;
}

/**
 * Finds every segment of `first` in the others: ids are handed on as on
 * publishing, so that as many customers as possible keep theirs
 * (`matchSegments`), within each level.
 */
export function stayed(first: Variant, others: readonly Variant[]): Stayed[] {
  const found = others.map((other) =>
    new Map([
      ...matchLevel(levelOf(first, 1), levelOf(other, 1)),
      ...matchLevel(levelOf(first, 2), levelOf(other, 2)),
    ])
  );
  return first.groups.map((group) => {
    const members = new Set(group.customers);
    const again = found.map((matches) => {
      const match = matches.get(group);
      return { name: match?.name, ...overlap(members, match?.customers ?? []) };
    });
    const otherNames = new Map<string, number>();
    const kept = again.filter((match) => match.kept > 0.5);
    for (const { name } of kept) {
      if (name !== group.name) otherNames.set(name!, (otherNames.get(name!) ?? 0) + 1);
    }
    const jaccards = again.map(({ jaccard }) => jaccard);
    return {
      level: group.level,
      name: group.name,
      customers: members.size,
      id: kept.length / again.length,
      sameName: kept.filter(({ name }) => name === group.name).length / kept.length,
      jaccard: jaccards.reduce((sum, value) => sum + value, 0) / jaccards.length,
      leastJaccard: Math.min(...jaccards),
      otherNames,
    };
  });
}

function levelOf({ groups }: Variant, level: 1 | 2): NamedGroup[] {
  return groups.filter((group) => group.level === level);
}

/** Each of the first groups with the one that takes over its id. */
function matchLevel(
  first: readonly NamedGroup[],
  other: readonly NamedGroup[],
): [NamedGroup, NamedGroup][] {
  const published = new Map(first.flatMap(({ customers }, id) => customers.map((c) => [c, id])));
  const ids = matchSegments({
    customerIds: other.flatMap(({ customers }) => customers),
    labels: Int32Array.from(other.flatMap(({ customers }, label) => customers.map(() => label))),
    k: Math.max(first.length, other.length),
    published,
  });
  return other.flatMap((group, label): [NamedGroup, NamedGroup][] => {
    const before = first[ids[label]!];
    return before === undefined ? [] : [[before, group]];
  });
}

function overlap(members: ReadonlySet<string>, others: readonly string[]) {
  const shared = others.filter((customer) => members.has(customer)).length;
  return {
    kept: shared / members.size,
    jaccard: shared / (members.size + others.length - shared),
  };
}
