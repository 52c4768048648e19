import type { MondayList } from "./monday_list.ts";
import type { Portraits } from "./portray_segments.ts";
import { brl, list, number, percent, phrase } from "./_words.ts";

/** The answer that the page begins with, in sentences. */
export interface MarketText {
  /** Who they are: customers, revenue, segments. */
  readonly who: string;
  /** What the list may bring altogether, and what is not on it. */
  readonly prizes: string;
}

/** Says what the whole market is and what the list of actions may bring. */
export function describeMarket({ market, portraits }: Portraits, monday: MondayList): MarketText {
  const first = portraits.filter(({ segment }) => segment.level === 1);
  const divided = first.filter(({ isLeaf }) => !isLeaf);
  const parts = portraits.filter(({ segment }) => segment.level === 2);
  const leaves = portraits.filter(({ isLeaf }) => isLeaf);
  const within = divided.length === 0 ? "" : ` ${
    list(
      divided.map(({ segment }) => `“${segment.name}” holds ${percent(segment.share)} of them`),
    )
  } and is divided into ${phrase("# parts", parts.length)}, so that ${
    phrase("# groups", leaves.length)
  } can be acted on.`;
  const again = isNaN(market.repeatShare)
    ? ""
    : ` ${percent(market.repeatShare)} of those who ordered did so more than once.`;
  return {
    who: `${number(market.customers)} customers bought for ${
      brl(market.revenueBrl)
    }.${again} They fall into ${phrase("# groups", first.length)}.${within}`,
    prizes: describePrizes(monday, market.revenueBrl),
  };
}

function describePrizes(
  { items, prizeBrl, without, untrustworthy }: MondayList,
  revenueBrl: number,
): string {
  const names = (segments: MondayList["without"]) => list(segments.map(({ name }) => `“${name}”`));
  const all = items.length === 0
    ? "No rule's conditions hold for any group: there is nothing to do that the figures support."
    : `Together these may bring about ${brl(Number(prizeBrl.toPrecision(2)))}, ${
      percent(prizeBrl / revenueBrl)
    } of the revenue so far, before what they cost. No customer is in two lines.`;
  const none = without.length === 0 || items.length === 0
    ? ""
    : ` No action is suggested for ${names(without)}: no rule's conditions hold there.`;
  const chance = untrustworthy.length === 0
    ? ""
    : ` Left out, for they may be products of chance: ${names(untrustworthy)}.`;
  return all + none + chance;
}
