import type { CustomerMatrix } from "feira/features";
import {
  type Archetype,
  type Contradiction,
  contradictions,
  fitSegmentation,
  type NamedSegment,
  nameSegments,
  profileSegments,
  type SegmentationSettings,
  subdivide,
  type SubdivideOptions,
  type Subdivision,
} from "feira/segments";
import { type RandomGenerator, unsafeUniformIntDistribution, xoroshiro128plus } from "pure-rand";

/** Everything that a variant has in common with the others. */
export interface VariantSpec {
  readonly archetypes: readonly Archetype[];
  /** Their seeds are replaced by the variant's. */
  readonly settings: SegmentationSettings;
  readonly subdivide?: SubdivideOptions;
  /** Of everything random: rows, map, k-means, labels. */
  readonly seed: number;
}

/** A segment of a variant: its name, and who is in it. */
export interface NamedGroup extends Pick<NamedSegment, "level" | "name" | "archetypeId"> {
  /** `[level 1]`: the label; `[level 2]`: the label within its parent. */
  readonly label: number;
  readonly parent?: number;
  readonly customers: readonly string[];
}

/** Customers segmented and named once more, in another way that should not matter. */
export interface Variant {
  readonly groups: readonly NamedGroup[];
  /** Of the named segments' own texts with their numbers; should be none. */
  readonly contradictions: readonly Contradiction[];
  /** Segments whose name was another one when labels were permuted; should be none. */
  readonly permuted: number;
}

/**
 * Segments and names the same customers with their rows shuffled, other seeds
 * for the map, both k-means and the choice of the number of sub-segments, and
 * names once more with the labels of both levels permuted.
 */
export async function nameVariant(
  matrix: CustomerMatrix,
  { archetypes, settings, seed, ...spec }: VariantSpec,
): Promise<Variant> {
  const rng = xoroshiro128plus(seed);
  const shuffled = shuffleRows(matrix, rng);
  const training = { ...settings.training, seed };
  const segmentation = await fitSegmentation(shuffled, { ...settings, seed, training });
  const { segments, k } = segmentation;
  const subdivisions = await subdivide(shuffled, segmentation, { ...spec.subdivide, seed });
  const name = (labels: Int32Array, parts: readonly Subdivision[]) => {
    const profiles = profileSegments(shuffled, labels, { subdivisions: parts });
    return { profiles, named: nameSegments(profiles, archetypes) };
  };
  const { profiles, named } = name(segments, subdivisions);
  const order = shuffle(Array.from({ length: k }, (_, id) => id), rng);
  const parts = subdivisions.map((part) => permuteParts(part, order, rng));
  const again = name(segments.map((id) => order[id]!), parts.map(({ part }) => part));
  const idAgain = new Map([...order.entries(), ...parts.flatMap(({ ids }) => ids)]);
  const isSame = (id: number, text: string) =>
    again.named.some((other) => other.id === idAgain.get(id) && other.name === text);
  return {
    groups: named.map((segment) => toGroup(segment, { shuffled, segments, subdivisions })),
    contradictions: named.flatMap((segment, at) => contradictions(segment, profiles[at]!)),
    permuted: named.filter((segment) => !isSame(segment.id, segment.name)).length,
  };
}

function toGroup(
  { id, level, parentId, name, archetypeId }: NamedSegment,
  { shuffled: { customerIds }, segments, subdivisions }: {
    shuffled: CustomerMatrix;
    segments: Int32Array;
    subdivisions: readonly Subdivision[];
  },
): NamedGroup {
  const common = { level, name, ...(archetypeId === undefined ? {} : { archetypeId }) };
  if (parentId === undefined) {
    return {
      ...common,
      label: id,
      customers: customerIds.filter((_, row) => segments[row] === id),
    };
  }
  const { rows, labels, ids } = subdivisions.find(({ parent }) => parent === parentId)!;
  const label = ids.indexOf(id);
  const own = rows.filter((_, at) => labels[at] === label);
  return {
    ...common,
    label,
    parent: parentId,
    customers: Array.from(own, (row) => customerIds[row]!),
  };
}

/** The same parts with other labels and other ids; with each id and the one that it became. */
function permuteParts(
  part: Subdivision,
  order: readonly number[],
  rng: RandomGenerator,
): { part: Subdivision; ids: (readonly [number, number])[] } {
  const parent = order[part.parent]!;
  const turn = shuffle(part.ids.map((_, label) => label), rng);
  const ids = part.ids.map((_, label) => 100 * (parent + 1) + label);
  return {
    part: { ...part, parent, ids, labels: part.labels.map((label) => turn[label]!) },
    ids: part.ids.map((id, label) => [id, ids[turn[label]!]!] as const),
  };
}

function shuffleRows(matrix: CustomerMatrix, rng: RandomGenerator): CustomerMatrix {
  const { rows, cols, data, customerIds } = matrix;
  const order = shuffle(Array.from({ length: rows }, (_, row) => row), rng);
  const shuffled = new Float64Array(data.length);
  order.forEach((from, to) => {
    shuffled.set(data.subarray(from * cols, (from + 1) * cols), to * cols);
  });
  return { ...matrix, data: shuffled, customerIds: order.map((row) => customerIds[row]!) };
}

/** By Fisher and Yates; a new array. */
function shuffle(values: readonly number[], rng: RandomGenerator): number[] {
  const shuffled = [...values];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const at = unsafeUniformIntDistribution(0, last, rng);
    [shuffled[last], shuffled[at]] = [shuffled[at]!, shuffled[last]!];
  }
  return shuffled;
}
