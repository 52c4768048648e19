const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** One mapping: a column of the generated line, and its place in the source; all from 0. */
export interface Segment {
  readonly column: number;
  readonly line: number;
  readonly sourceColumn: number;
}

/**
 * The `mappings` of a source map, by generated line.
 * Source: ECMA-426, base 64 VLQ.
 */
export function decodeMappings(mappings: string): Segment[][] {
  let line = 0;
  let sourceColumn = 0;
  return mappings.split(";").map((text) => {
    let column = 0;
    return text.split(",").filter((segment) => segment !== "").map((segment) => {
      const [columnDelta = 0, , lineDelta = 0, sourceColumnDelta = 0] = decodeVlq(segment);
      column += columnDelta;
      line += lineDelta;
      sourceColumn += sourceColumnDelta;
      return { column, line, sourceColumn };
    });
  });
}

function decodeVlq(text: string): number[] {
  const values: number[] = [];
  let value = 0;
  let shift = 0;
  for (const char of text) {
    const digit = DIGITS.indexOf(char);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    values.push(value & 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return values;
}
