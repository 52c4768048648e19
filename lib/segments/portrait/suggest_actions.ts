import { type AssumptionName, ASSUMPTIONS, type Assumptions } from "./assumptions.ts";
import type { KeyFigures } from "./key_figures.ts";
import type { Behaviour } from "./segment_behaviour.ts";
import { SELL_MORE } from "./rules/sell_more.ts";
import { SERVE_CUSTOMERS } from "./rules/serve_customers.ts";
import { WIN_CUSTOMERS } from "./rules/win_customers.ts";

/** Every rule; each looks at figures only, never at a name. */
const RULES = [...WIN_CUSTOMERS, ...SERVE_CUSTOMERS, ...SELL_MORE];

/** A condition of an action with the segment's own figure; it holds. */
export interface ActionEvidence {
  /** What is measured, `#` for the figure: `# ordered once and not again`. */
  readonly what: string;
  readonly value: number;
  readonly direction: "at least" | "at most";
  readonly limit: number;
  readonly unit: "share" | "times" | "number";
}

/** One number of a prize. */
export interface ActionFactor {
  readonly label: string;
  readonly value: number;
  readonly unit: "customers" | "share" | "BRL";
  readonly basis: "measured" | "assumed";
}

/** What to do with a segment, why, and what it may bring. */
export interface Action {
  readonly id: string;
  readonly title: string;
  readonly todo: string;
  readonly evidence: readonly ActionEvidence[];
  readonly factors: readonly ActionFactor[];
  /** Product of the factors: additional revenue from one round, before what it costs. */
  readonly prizeBrl: number;
}

/** What {@linkcode suggestActions} looks at. */
export interface ActionSpec {
  readonly own: KeyFigures;
  readonly behaviour: Behaviour;
  /** The same of all customers. */
  readonly everyone: KeyFigures;
  readonly market: Behaviour;
  readonly assumptions?: Partial<Assumptions>;
}

/**
 * The actions that a segment's figures suggest, the largest prize first. Each
 * condition of each must hold: a figure that is not a number holds never, and an
 * action whose prize is nothing is not suggested. Names play no part.
 *
 * @throws {RangeError} when an assumption is not within 0..1
 */
export function suggestActions(
  { own, everyone, behaviour, market, assumptions: changed = {} }: ActionSpec,
): Action[] {
  const assumptions = { ...ASSUMPTIONS, ...changed };
  for (const name of Object.keys(assumptions) as AssumptionName[]) {
    const { value } = assumptions[name];
    if (!(value >= 0 && value <= 1)) {
      throw new RangeError(`Cannot suggest actions: ${name} is ${value}, must be 0..1`);
    }
  }
  const found = { own, everyone, behaviour, market, assumptions };
  return RULES.flatMap(({ id, title, conditions, todo, factors }): Action[] => {
    const evidence = conditions(found);
    const holds = evidence.every(({ value, direction, limit }) =>
      direction === "at least" ? value >= limit : value <= limit
    );
    if (!holds) return [];
    const used = factors(found);
    const prizeBrl = used.reduce((product, { value }) => product * value, 1);
    return prizeBrl > 0
      ? [{ id, title, todo: todo(found), evidence, factors: used, prizeBrl }]
      : [];
  }).sort((a, b) => b.prizeBrl - a.prizeBrl);
}
