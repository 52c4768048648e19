import { type Action } from "./suggest_actions.ts";
import type { Portrait } from "./portray_segments.ts";

/** One line of the list: what to do first with a segment. */
export interface MondayItem {
  readonly segment: Portrait["segment"];
  readonly action: Action;
}

/** What to do on Monday, and what rather not. */
export interface MondayList {
  /** The largest prize first; no customer is in two of them, so prizes may be added. */
  readonly items: readonly MondayItem[];
  readonly prizeBrl: number;
  /** Segments that no rule has an action for. */
  readonly without: readonly Portrait["segment"][];
  /** Segments that do not come back when customers are drawn anew: nothing is built on them. */
  readonly untrustworthy: readonly Portrait["segment"][];
}

/**
 * The action with the largest prize of every segment that is divided no further
 * and may be trusted.
 */
export function mondayList(portraits: readonly Portrait[]): MondayList {
  const leaves = portraits.filter(({ isLeaf, segment }) => isLeaf && segment.customers > 0);
  const isTrusted = ({ stability }: Portrait) => stability?.isTrustworthy ?? true;
  const trusted = leaves.filter(isTrusted);
  const items = trusted.flatMap(({ segment, actions: [action] }) =>
    action === undefined ? [] : [{ segment, action }]
  ).sort((a, b) => b.action.prizeBrl - a.action.prizeBrl);
  return {
    items,
    prizeBrl: items.reduce((sum, { action }) => sum + action.prizeBrl, 0),
    without: trusted.filter(({ actions }) => actions.length === 0).map(({ segment }) => segment),
    untrustworthy: leaves.filter((leaf) => !isTrusted(leaf)).map(({ segment }) => segment),
  };
}
