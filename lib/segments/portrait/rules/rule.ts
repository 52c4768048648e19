import type { Assumption, AssumptionName, Assumptions } from "../assumptions.ts";
import type { ActionEvidence, ActionFactor } from "../suggest_actions.ts";
import { AWAY_DAYS, type KeyFigures } from "../key_figures.ts";
import type { Behaviour } from "../segment_behaviour.ts";
import { favourites } from "../_favourites.ts";
import { categoryName } from "../_words.ts";

/** What a rule looks at. */
export interface Found {
  readonly own: KeyFigures;
  readonly everyone: KeyFigures;
  readonly behaviour: Behaviour;
  readonly market: Behaviour;
  readonly assumptions: Assumptions;
}

/** When an action is suggested, what it is, and what it may bring. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly conditions: (found: Found) => readonly ActionEvidence[];
  readonly todo: (found: Found) => string;
  /** Their product is the prize. */
  readonly factors: (found: Found) => readonly ActionFactor[];
}

export const customers = ({ own }: Found): ActionFactor => ({
  label: "customers",
  value: own.customers,
  unit: "customers",
  basis: "measured",
});

export const share = (label: string, value: number): ActionFactor => ({
  label,
  value,
  unit: "share",
  basis: "measured",
});

export const assumed = ({ assumptions }: Found, name: AssumptionName): ActionFactor => {
  const { label, value }: Assumption = assumptions[name];
  return { label, value, unit: "share", basis: "assumed" };
};

export const worth = (label: string, value: number): ActionFactor => ({
  label,
  value,
  unit: "BRL",
  basis: "measured",
});

export const comesBack = ({ everyone }: Found) =>
  share("of all customers came back unasked", everyone.repeatShare);
export const boughtOnce = ({ own }: Found) => ({
  what: "# ordered once and not again",
  value: own.onceShare,
  direction: "at least",
  limit: 0.8,
  unit: "share",
} as const);
export const yearly = ({ own }: Found) =>
  share(`who ordered within ${AWAY_DAYS} days`, own.yearShare);
/** Customers whose orders were never filled have no value of an order: then everyone's stands for it. */
export const orderWorth = ({ own, everyone }: Found) =>
  Number.isNaN(own.medianOrderBrl)
    ? worth("the median order of all customers", everyone.medianOrderBrl)
    : worth("their median order", own.medianOrderBrl);

/** ` in “toys”`, what they buy clearly more than everyone; nothing where there is no such category. */
export function inCategory({ behaviour }: Found): string {
  const most = favourites(behaviour.categories)[0];
  return most === undefined ? "" : ` in ${categoryName(most.name)}`;
}
