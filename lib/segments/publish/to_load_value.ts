import type { LoadType } from "feira/warehouse";

/** A value of a query as a load takes it: moments are text in the one, Temporal in the other. */
export function toLoadValue(value: unknown, type: LoadType): unknown {
  if (typeof value !== "string") return value;
  if (type === "timestamp") return Temporal.PlainDateTime.from(value.replace(" ", "T"));
  if (type === "date") return Temporal.PlainDate.from(value);
  return value;
}
