/** A number that nothing in the data says. */
export interface Assumption {
  /** Title of the action that it is used in. */
  readonly action: string;
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
  | "extraItemUplift"
  | "savedOrders";

/** What prizes are computed with where the data is silent. */
export type Assumptions = Readonly<Record<AssumptionName, Assumption>>;

const NOT_MEASURED =
  "an assumption: no campaign is in the data; the first one's result replaces it";

/**
 * What is assumed of campaigns, on the careful side. None is from a source: the
 * data holds no campaign. Five of the eight say by what part a campaign raises a
 * rate that is measured, so that they cannot promise more than a part of what
 * customers do unasked.
 */
export const ASSUMPTIONS: Assumptions = {
  secondOrderUplift: {
    action: "Win a second order",
    value: 0.25,
    label: "more customers than come back unasked",
    basis: NOT_MEASURED,
  },
  winBackUplift: {
    action: "Win them back, once",
    value: 0.1,
    label: "more customers than come back unasked",
    basis: `${NOT_MEASURED}; lower than for recent customers, for these have been away longer`,
  },
  apologyUplift: {
    action: "Apologise first",
    value: 0.25,
    label: "more customers than come back unasked",
    basis: NOT_MEASURED,
  },
  loyaltyUplift: {
    action: "Reward who returns",
    value: 0.25,
    label: "more of them than do so unasked",
    basis: NOT_MEASURED,
  },
  accessoryUplift: {
    action: "Offer what goes with it",
    value: 0.25,
    label: "more customers than come back unasked",
    basis: NOT_MEASURED,
  },
  monthlyPriceUplift: {
    action: "Show monthly prices",
    value: 0.02,
    label: "more such orders than in the last year",
    basis: NOT_MEASURED,
  },
  extraItemUplift: {
    action: "Sell sets",
    value: 0.05,
    label: "of such orders take one item more",
    basis: NOT_MEASURED,
  },
  savedOrders: {
    action: "Save lost orders",
    value: 0.1,
    label: "of such orders can be saved",
    basis:
      "an assumption: why they did not arrive is not in the data; a look at fifty of them replaces it",
  },
};
