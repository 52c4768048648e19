/** `[k]`: how many rows have each label, of 0..k - 1. */
export function countLabels(
  { k, labels }: { readonly k: number; readonly labels: Int32Array },
): number[] {
  const counts = new Array<number>(k).fill(0);
  for (const label of labels) counts[label]! += 1;
  return counts;
}
