/** A number that nothing in the data says. */
export interface Assumption {
  /** 0..1. */
  readonly value: number;
  /** What it is a share of, in words that go on from the number. */
  readonly label: string;
  /** Why this and not another, and what would replace it. */
  readonly basis: string;
}

export type AssumptionName =
  | "secondOrderUplift"
  | "winBackUplift"
  | "apologyUplift"
  | "loyaltyUplift"
  | "accessoryUplift"
  | "monthlyPriceUplift"
  | "extraItemUplift";

/** What prizes are computed with where the data is silent. */
export type Assumptions = Readonly<Record<AssumptionName, Assumption>>;

const NOT_MEASURED =
  "an assumption: no campaign is in the data; the first one's result replaces it";

/**
 * What is assumed of campaigns, on the careful side. None is from a source: the
 * data holds no campaign. Five of the seven say by what part a campaign raises a
 * rate that is measured, so that they cannot promise more than a part of what
 * these customers do by themselves.
 */
export const ASSUMPTIONS: Assumptions = {
  secondOrderUplift: {
    value: 0.25,
    label: "more customers come back than do by themselves",
    basis: NOT_MEASURED,
  },
  winBackUplift: {
    value: 0.1,
    label: "more customers come back than do by themselves",
    basis: `${NOT_MEASURED}; lower than for recent customers, for these have been away longer`,
  },
  apologyUplift: {
    value: 0.25,
    label: "more customers come back than do by themselves",
    basis: NOT_MEASURED,
  },
  loyaltyUplift: {
    value: 0.25,
    label: "more repeat buyers order once more than do by themselves",
    basis: NOT_MEASURED,
  },
  accessoryUplift: {
    value: 0.25,
    label: "more customers come back than do by themselves",
    basis: NOT_MEASURED,
  },
  monthlyPriceUplift: {
    value: 0.02,
    label: "more such orders than in the last year",
    basis: NOT_MEASURED,
  },
  extraItemUplift: {
    value: 0.05,
    label: "of such orders take one item more",
    basis: NOT_MEASURED,
  },
};
