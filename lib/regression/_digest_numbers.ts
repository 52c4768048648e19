import { round } from "./_round.ts";
import type { NumbersDigest } from "./types.ts";

/** Four numbers for many, of which there must be one. Linear in their count. */
export function digestNumbers(values: ArrayLike<number>): NumbersDigest {
  const count = values.length;
  let sum = 0;
  let weighted = 0;
  for (let i = 0; i < count; i++) {
    sum += values[i]!;
    weighted += (i + 1) * values[i]!;
  }
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (values[i]! - mean) ** 2;
  return {
    count,
    mean: round(mean),
    deviation: round(Math.sqrt(squares / count)),
    weighted: round(weighted / (count * (count + 1) / 2)),
  };
}
