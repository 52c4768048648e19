import { linearSumAssignment } from "linear-sum-assignment";

/**
 * Pairs new segments with earlier ones so that the sum of affinities is
 * greatest (Hungarian assignment; Kuhn, 1955). A pair without affinity is none,
 * only what the assignment was left with. O(n³) of the larger side.
 *
 * @param affinities `[new][earlier]`, at least 0
 * @returns `[new]`: index of the earlier one; undefined where there is none
 */
export function pairSegments(
  affinities: readonly (readonly number[])[],
): (number | undefined)[] {
  if (!affinities[0]?.length) return affinities.map(() => undefined);
  const { rowAssignments } = linearSumAssignment(affinities.map((row) => [...row]), {
    maximaze: true,
  });
  return affinities.map((row, at) => {
    const pair = rowAssignments[at]!;
    return row[pair] ? pair : undefined;
  });
}
