import { assumed, comesBack, customers, orderWorth, type Rule, share } from "./rule.ts";

/** Rules that mend what went wrong. */
export const SERVE_CUSTOMERS: readonly Rule[] = [
  {
    id: "apologise",
    title: "Apologise before advertising",
    conditions: ({ own, everyone }) => [
      {
        what: "of those who left a review gave two stars or fewer",
        value: own.unhappyShare,
        direction: "at least",
        limit: 0.4,
        unit: "share",
      },
      {
        what: "times the share of bad reviews among all customers",
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
      share("left a bad review", found.own.badReviewShare),
      comesBack(found),
      assumed(found, "apologyUplift"),
      orderWorth(found),
    ],
  },
  {
    id: "deliver_on_time",
    title: "Bring their parcels on time",
    conditions: ({ own, everyone, market }) => [
      {
        what: "times the share of late orders among all customers",
        value: own.lateShare / everyone.lateShare,
        direction: "at least",
        limit: 1.5,
        unit: "times",
      },
      {
        what: "times as many bad reviews after a late parcel as after one on time, all customers",
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
        "of all customers came back by themselves; taken as lost after a late parcel",
        found.everyone.repeatShare,
      ),
      orderWorth(found),
    ],
  },
];
