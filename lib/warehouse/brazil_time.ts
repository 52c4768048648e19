/**
 * The wall clock of Brazil (America/Sao_Paulo) at an instant, to the whole
 * second: what `load_timestamp` holds.
 *
 * An hour that summer time skips never comes out of it, and the hour that its
 * end repeats comes out twice; Brazil had summer time until February 2019.
 *
 * @example
 * ```ts
 * import { brazilTime } from "feira/warehouse";
 * import assert from "node:assert/strict";
 *
 * const load = brazilTime(Temporal.Instant.from("2018-07-01T12:00:00.9Z"));
 * assert.equal(load.toString(), "2018-07-01T09:00:00");
 * ```
 */
export function brazilTime(instant: Temporal.Instant): Temporal.PlainDateTime {
  return instant.toZonedDateTimeISO("America/Sao_Paulo").toPlainDateTime()
    .round({ smallestUnit: "second", roundingMode: "floor" });
}
