/**
 * A gate's verdict for people; a model that failed and was published all the
 * same says so.
 */
export function toGateWords(
  { gate, forced = false }: { readonly gate: string; readonly forced?: boolean },
): string {
  return forced ? `${gate}, published all the same (--accept)` : gate;
}
