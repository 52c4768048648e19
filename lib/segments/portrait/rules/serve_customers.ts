import { assumed, comesBack, customers, orderWorth, type Rule, share } from "./rule.ts";

/** Rules that mend what went wrong. */
export const SERVE_CUSTOMERS: readonly Rule[] = [
  {
    id: "save_orders",
    title: "Save lost orders",
    conditions: ({ own, everyone }) => [
      {
        what: "# of their orders have not arrived",
        value: own.lostShare,
        direction: "at least",
        limit: 0.05,
        unit: "share",
      },
      {
        what: "# times the share among all customers",
        value: own.lostShare / everyone.lostShare,
        direction: "at least",
        limit: 1.5,
        unit: "times",
      },
    ],
    todo: () =>
      "Look up fifty of these orders: who cancelled, which seller had nothing in stock, what was lost on the way; then act on the most frequent reason and offer the customers a replacement.",
    factors: (found) => [
      customers(found),
      share("of whose orders have not arrived", found.own.lostShare),
      assumed(found, "savedOrders"),
      orderWorth(found),
    ],
  },
  {
    id: "apologise",
    title: "Apologise first",
    conditions: ({ own, everyone }) => [
      {
        what: "# of those who left a review gave two stars or fewer",
        value: own.unhappyShare,
        direction: "at least",
        limit: 0.4,
        unit: "share",
      },
      {
        what: "# times the share of bad reviews among all customers",
        value: own.unhappyShare / everyone.unhappyShare,
        direction: "at least",
        limit: 2,
        unit: "times",
      },
    ],
    todo: () =>
      "Have customer service write to everyone with one or two stars, settle the open cases and send a voucher; keep them out of advertising until then.",
    factors: (found) => [
      customers(found),
      share("who left a bad review", found.own.badReviewShare),
      comesBack(found),
      assumed(found, "apologyUplift"),
      orderWorth(found),
    ],
  },
  {
    id: "deliver_on_time",
    title: "Deliver on time",
    conditions: ({ own, everyone, market }) => [
      {
        what: "# times the share of late orders among all customers",
        value: own.lateShare / everyone.lateShare,
        direction: "at least",
        limit: 1.5,
        unit: "times",
      },
      {
        what:
          "among all customers # times as many reviews are bad after a late parcel as after one on time",
        value: market.delivery.badAfterLate.share / market.delivery.badAfterOnTime.share,
        direction: "at least",
        limit: 2,
        unit: "times",
      },
    ],
    todo: () =>
      "Find the sellers and carriers of their late orders and promise later days there until they keep them.",
    factors: (found) => [
      customers(found),
      share(
        "more late orders than among all customers",
        found.own.lateShare - found.everyone.lateShare,
      ),
      share(
        "of all customers came back unasked; taken as lost after a late parcel",
        found.everyone.repeatShare,
      ),
      orderWorth(found),
    ],
  },
];
