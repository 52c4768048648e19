import { FeiraError } from "feira/workspace";

/** A comparison with a number. */
export interface Comparison {
  readonly sign: Sign;
  readonly limit: number;
}

export type Sign = ">=" | "<=" | ">" | "<";

/** A condition taken apart. */
export interface Condition extends Comparison {
  readonly measure: string;
  /** Empty for measures of the whole segment. */
  readonly feature: string;
  /** What `share_of` counts: customers whose value compares so. */
  readonly counted?: Comparison;
}

const SIGN = ">=|<=|>|<";
const NUMBER = "-?\\d+(?:\\.\\d+)?";
const CONDITION = new RegExp(
  `^(\\w+)\\(\\s*(\\w*)\\s*(?:(${SIGN})\\s*(${NUMBER})\\s*)?\\)\\s*(${SIGN})\\s*(${NUMBER})$`,
);

const HOLDS: Readonly<Record<Sign, (value: number, limit: number) => boolean>> = {
  ">=": (value, limit) => value >= limit,
  "<=": (value, limit) => value <= limit,
  ">": (value, limit) => value > limit,
  "<": (value, limit) => value < limit,
};

/** Takes a list of conditions, with a semicolon between any two, apart. */
export function splitConditions(conditions: string): string[] {
  return conditions.split(";").map((claim) => claim.trim()).filter((claim) => claim !== "");
}

/** @throws {FeiraError} `data` when it is no condition */
export function parseCondition(claim: string): Condition {
  const [, measure, feature, countedSign, counted, sign, limit] = claim.match(CONDITION) ?? [];
  if (measure === undefined || (feature === "" && counted !== undefined)) {
    throw conditionError(claim, "must be like median(frequency) >= 2");
  }
  if ((measure === "share_of") !== (counted !== undefined)) {
    throw conditionError(claim, "must count customers like share_of(frequency >= 2) >= 0.75");
  }
  return {
    measure,
    feature: feature!,
    ...(counted === undefined
      ? {}
      : { counted: { sign: countedSign as Sign, limit: Number(counted) } }),
    sign: sign as Sign,
    limit: Number(limit),
  };
}

/** A figure that is not a number never compares. */
export function holds(value: number, { sign, limit }: Comparison): boolean {
  return HOLDS[sign](value, limit);
}

export function conditionError(claim: string, must: string): FeiraError {
  return new FeiraError("data", `Cannot check archetype: found condition "${claim}", ${must}`);
}
