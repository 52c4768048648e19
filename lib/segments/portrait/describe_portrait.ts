import { THIN_MARGIN } from "./segment_counts.ts";
import type { FeatureComparison } from "./compare_features.ts";
import { DISTINCT, type KindShare } from "./compare_shares.ts";
import type { Market, Portrait } from "./portray_segments.ts";
import { brl, categoryName, kindName, list, number, percent, phrase } from "./_words.ts";
import { favourites } from "./_favourites.ts";

/** A portrait in sentences; each is made of the portrait's own figures. */
export interface PortraitText {
  /** Who they are, how many, what they bring, and what sets them apart. */
  readonly lead: readonly string[];
  /** What they buy and how they are served, who is typical and how far to trust it. */
  readonly more: readonly string[];
}

/**
 * From this Cliff's delta on a difference is told: medium, by Romano et al. (2006),
 * Appropriate statistics for ordinal level data.
 */
const TOLD = 0.33;

const WARNING = "Not trustworthy, it may be a product of chance: do not act on it.";

const isTrusted = ({ stability }: Portrait) => stability?.isTrustworthy ?? true;

/**
 * Says a portrait in plain sentences. What a sentence calls more or less is so in
 * the figures that it names, and only what is distinct is called so at all.
 */
export function describePortrait(portrait: Portrait, market: Market): PortraitText {
  const { segment } = portrait;
  return {
    lead: [
      `${segment.description} ${segment.insight}`,
      `${describeSize(portrait, market)} ${describeDifferences(portrait)}`,
      ...isTrusted(portrait) ? [] : [WARNING],
    ],
    more: [
      `${describeHabits(portrait, market)} ${describeDelivery(portrait, market)}`,
      `${describeTypical(portrait)} ${describeConfidence(portrait)}`.trim(),
    ],
  };
}

function describeSize(
  { segment, revenueBrl, revenuePerCustomerBrl }: Portrait,
  market: Market,
): string {
  const { customers, share, revenueShare } = segment;
  if (customers === 0) return "Nobody belongs to it.";
  return `${phrase("# customers", customers)}, ${percent(share)} of all, ${
    customers === 1 ? "brings" : "bring"
  } ${percent(revenueShare)} of the revenue: ${brl(revenueBrl)}, which is ${
    brl(revenuePerCustomerBrl)
  } for each; the average over all customers is ${brl(market.revenueBrl / market.customers)}.`;
}

function describeDifferences({ features, segment }: Portrait): string {
  const isTheirs = ({ own }: FeatureComparison) => own.count * 2 >= segment.customers;
  const told = features.filter(isTheirs)
    .filter(({ delta, own, others }) => Math.abs(delta) >= TOLD && own.median !== others.median)
    .toSorted((a, b) => Math.abs(b.delta) - Math.abs(a.delta))
    .slice(0, 3);
  const items = features.find(({ name }) => name === "items_per_order");
  const unfilled = items === undefined || isTheirs(items)
    ? []
    : [`${percent(1 - items.own.count / segment.customers)} of them have no item on record`];
  const differences = [...unfilled, ...told.map(sayFeature)];
  return differences.length === 0
    ? "By none of the six figures below does the typical customer here differ much from all others."
    : `The typical customer here, in brackets all others: ${differences.join("; ")}.`;
}

function sayFeature({ phrase: text, own, others }: FeatureComparison): string {
  return `${phrase(text, own.median)} (${number(others.median)})`;
}

function describeHabits({ behaviour }: Portrait, { behaviour: market }: Market): string {
  const { categories, states, payments, installmentShare } = behaviour;
  const buys = sayKinds(categories, "They buy more often than everyone", categoryName) ??
    "No category is bought clearly more often than by everyone.";
  const lives = sayKinds(states, "More of them than of everyone live in", (name) => name);
  const [way] = payments;
  const pays = way === undefined || way.customers === 0
    ? undefined
    : `${percent(way.share)} paid by ${kindName(way.name)} (everyone: ${
      percent(way.everyoneShare)
    })`;
  const installs = isNaN(installmentShare)
    ? undefined
    : `${percent(installmentShare)} of the money came in installments (everyone: ${
      percent(market.installmentShare)
    })`;
  const money = [pays, installs].filter((said) => said !== undefined);
  return [buys, lives, money.length > 0 ? `${money.join("; ")}.` : undefined]
    .filter((said) => said !== undefined).join(" ");
}

/** The three strongest, in brackets their share among the segment's customers. */
function sayKinds(
  kinds: readonly KindShare[],
  what: string,
  nameOf: (name: string) => string,
): string | undefined {
  const more = favourites(kinds).slice(0, 3);
  return more.length === 0 ? undefined : `${what}: ${
    list(
      more.map(({ name, share, lift }) =>
        `${nameOf(name)} (${percent(share)}, ${number(lift)} times as often)`
      ),
    )
  }.`;
}

function describeDelivery({ behaviour }: Portrait, { behaviour: market }: Market): string {
  const { orders, arrived, late, medianDays, badAfterLate, badAfterOnTime } = behaviour.delivery;
  if (orders === 0) return "There is no order of theirs.";
  const came = `${percent(arrived.share)} of their orders arrived (everyone: ${
    percent(market.delivery.arrived.share)
  })`;
  if (late.of < DISTINCT.leastCustomers) return `${came}.`;
  const onTime = `${came}, half of those within ${phrase("# days", medianDays)}; ${
    percent(late.share)
  } of them came late (everyone: ${percent(market.delivery.late.share)}).`;
  return Math.min(badAfterLate.of, badAfterOnTime.of) < DISTINCT.leastCustomers
    ? onTime
    : `${onTime} Of the reviews after a late parcel ${
      percent(badAfterLate.share)
    } have one or two stars, after one on time ${percent(badAfterOnTime.share)}.`;
}

function describeTypical({ representatives: [first], features }: Portrait): string {
  if (first === undefined) return "";
  const known = features.filter(({ name }) => !isNaN(first.values[name]));
  return `One customer who stands for them (${first.shortId}): ${
    known.map(({ name, phrase: text }) => phrase(text, first.values[name])).join(", ")
  }.`;
}

function describeConfidence({ behaviour, stability }: Portrait): string {
  const { of, share } = behaviour.thin;
  const near = `almost as near to another group (less than ${
    number(1 / (1 - THIN_MARGIN))
  } times as far)`;
  const margin = of === 0
    ? ""
    : share === 0
    ? `None of them lies ${near}.`
    : `${percent(share)} of them lie ${near} and may as well belong there.`;
  if (stability === undefined) return `How stable the group is was not measured. ${margin}`.trim();
  const { mean, low, high } = stability.jaccard;
  const found = `When customers are drawn and grouped anew, ${
    percent(mean)
  } of the group is found again (${percent(low)} to ${percent(high)}).`;
  return `${found} ${margin}`.trim();
}
