import {
  assumed,
  boughtOnce,
  comesBack,
  customers,
  inCategory,
  orderWorth,
  type Rule,
  share,
} from "./rule.ts";
import { AWAY_DAYS, RECENT_DAYS } from "../key_figures.ts";

/** Rules that bring customers back. */
export const WIN_CUSTOMERS: readonly Rule[] = [
  {
    id: "second_order",
    title: "Win a second order",
    conditions: (found) => [
      boughtOnce(found),
      {
        what: `# ordered within the last ${RECENT_DAYS} days and left no bad review`,
        value: found.own.recentContentShare,
        direction: "at least",
        limit: 0.1,
        unit: "share",
      },
      {
        what: "# of those who left a review gave four stars or more",
        value: found.own.happyShare,
        direction: "at least",
        limit: 0.5,
        unit: "share",
      },
    ],
    todo: (found) =>
      `Write to those who ordered within the last ${RECENT_DAYS} days and left no bad review: what goes with their purchase${
        inCategory(found)
      }, and an offer that ends in two weeks.`,
    factors: (found) => [
      customers(found),
      share(
        `who ordered within ${RECENT_DAYS} days and left no bad review`,
        found.own.recentContentShare,
      ),
      comesBack(found),
      assumed(found, "secondOrderUplift"),
      orderWorth(found),
    ],
  },
  {
    id: "win_back",
    title: "Win them back, once",
    conditions: (found) => [
      boughtOnce(found),
      {
        what: `# ordered longer ago than ${AWAY_DAYS} days`,
        value: found.own.awayShare,
        direction: "at least",
        limit: 0.5,
        unit: "share",
      },
    ],
    todo: (found) =>
      `Send one short series of e-mails to those who left no bad review${
        inCategory(found) && `, with offers${inCategory(found)}`
      }; whoever does not react leaves the lists of paid campaigns.`,
    factors: (found) => [
      customers(found),
      share(
        `who ordered longer ago than ${AWAY_DAYS} days and left no bad review`,
        found.own.awayContentShare,
      ),
      comesBack(found),
      assumed(found, "winBackUplift"),
      orderWorth(found),
    ],
  },
  {
    id: "loyalty",
    title: "Reward who returns",
    conditions: ({ own }) => [{
      what: "# ordered twice or more",
      value: own.repeatShare,
      direction: "at least",
      limit: 0.75,
      unit: "share",
    }],
    todo: (found) =>
      `Give them early access and a benefit on the next order, and remind them of what they bought before${
        inCategory(found)
      }.`,
    factors: (found) => [
      customers(found),
      share(
        "of all repeat buyers ordered a third time",
        found.everyone.thirdShare / found.everyone.repeatShare,
      ),
      assumed(found, "loyaltyUplift"),
      orderWorth(found),
    ],
  },
];
