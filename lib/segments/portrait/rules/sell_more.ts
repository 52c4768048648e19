import {
  assumed,
  boughtOnce,
  comesBack,
  customers,
  inCategory,
  orderWorth,
  type Rule,
  share,
  worth,
  yearly,
} from "./rule.ts";
import { number } from "../_words.ts";

/** Rules that make an order more likely, or larger. */
export const SELL_MORE: readonly Rule[] = [
  {
    id: "monthly_price",
    title: "Show monthly prices",
    conditions: ({ own, everyone, behaviour, market }) => [
      {
        what: "a median of # installments",
        value: own.medianInstallments,
        direction: "at least",
        limit: Math.max(3, everyone.medianInstallments + 1),
        unit: "number",
      },
      {
        what: "# times everyone's share of money paid in installments",
        value: behaviour.installmentShare / market.installmentShare,
        direction: "at least",
        limit: 1.2,
        unit: "times",
      },
    ],
    todo: (found) =>
      `Show the monthly price before the full price${inCategory(found)}, and offer up to ${
        number(Math.ceil(found.own.q75Installments))
      } installments.`,
    factors: (found) => [
      customers(found),
      yearly(found),
      assumed(found, "monthlyPriceUplift"),
      orderWorth(found),
    ],
  },
  {
    id: "accessories",
    title: "Offer what goes with it",
    conditions: (found) => [
      boughtOnce(found),
      {
        what: "# times everyone's median order",
        value: found.own.medianOrderBrl / found.everyone.medianOrderBrl,
        direction: "at least",
        limit: 3,
        unit: "times",
      },
    ],
    todo: (found) =>
      `Offer accessories, care and warranty for what they bought${
        inCategory(found)
      }; no discounts on what they have already.`,
    factors: (found) => [
      customers(found),
      share("who left no bad review", 1 - found.own.badReviewShare),
      comesBack(found),
      assumed(found, "accessoryUplift"),
      worth("the median order of all customers", found.everyone.medianOrderBrl),
    ],
  },
  {
    id: "bundles",
    title: "Sell sets",
    conditions: ({ own }) => [{
      what: "a median of # items in an order",
      value: own.medianItems,
      direction: "at least",
      limit: 2,
      unit: "number",
    }],
    todo: (found) =>
      `Offer sets with a discount on quantity${
        inCategory(found)
      } and one freight for all; ask whether they buy for a business.`,
    factors: (found) => [
      customers(found),
      yearly(found),
      assumed(found, "extraItemUplift"),
      worth("their median item", found.own.medianItemBrl),
    ],
  },
];
