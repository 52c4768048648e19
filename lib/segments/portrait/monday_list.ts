import type { Portrait } from "./portray_segments.ts";

/** One line of the list: what to do first with one segment or with several. */
export interface MondayItem {
  readonly title: string;
  readonly todo: string;
  /** The largest prize first. */
  readonly segments: readonly Portrait["segment"][];
  /** Their customers, altogether. */
  readonly customers: number;
  /** Sum over the segments. */
  readonly prizeBrl: number;
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
 * and may be trusted; where several are to do the very same, they are one line.
 */
export function mondayList(portraits: readonly Portrait[]): MondayList {
  const leaves = portraits.filter(({ isLeaf, segment }) => isLeaf && segment.customers > 0);
  const isTrusted = ({ stability }: Portrait) => stability?.isTrustworthy ?? true;
  const trusted = leaves.filter(isTrusted);
  const first = trusted.flatMap(({ segment, actions: [action] }) =>
    action === undefined ? [] : [{ segment, action }]
  ).sort((a, b) => b.action.prizeBrl - a.action.prizeBrl);
  const items = [
    ...Map.groupBy(first, ({ action: { title, todo } }) => `${title} ${todo}`).values(),
  ]
    .map((same): MondayItem => ({
      title: same[0]!.action.title,
      todo: same[0]!.action.todo,
      segments: same.map(({ segment }) => segment),
      customers: same.reduce((sum, { segment }) => sum + segment.customers, 0),
      prizeBrl: same.reduce((sum, { action }) => sum + action.prizeBrl, 0),
    })).sort((a, b) => b.prizeBrl - a.prizeBrl);
  return {
    items,
    prizeBrl: items.reduce((sum, { prizeBrl }) => sum + prizeBrl, 0),
    without: trusted.filter(({ actions }) => actions.length === 0).map(({ segment }) => segment),
    untrustworthy: leaves.filter((leaf) => !isTrusted(leaf)).map(({ segment }) => segment),
  };
}
