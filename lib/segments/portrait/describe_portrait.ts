import { THIN_MARGIN } from "./segment_counts.ts";
import type { FeatureComparison } from "./compare_features.ts";
import type { KindShare } from "./compare_shares.ts";
import type { Market, Portrait } from "./portray_segments.ts";
import { brl, kindName, list, number, percent, withUnit } from "./_words.ts";
import { favourites } from "./_favourites.ts";

/** A portrait in sentences; each is made of the portrait's own figures. */
export interface PortraitText {
  /** How many they are, and what they bring. */
  readonly size: string;
  /** What sets them apart from all other customers. */
  readonly differences: string;
  /** What they buy, where they live and how they pay. */
  readonly habits: string;
  /** How their parcels come, and what they say then. */
  readonly delivery: string;
  /** Who is typical; absent where nobody is there. */
  readonly typical?: string;
  /** How far to trust it. */
  readonly confidence: string;
}

/**
 * From this Cliff's delta on a difference is told: medium, by Romano et al. (2006),
 * Appropriate statistics for ordinal level data.
 */
const TOLD = 0.33;

/**
 * Says a portrait in plain sentences. What a sentence calls more or less is so in
 * the figures that it names, and only what is distinct is called so at all.
 */
export function describePortrait(portrait: Portrait, market: Market): PortraitText {
  const typical = describeTypical(portrait);
  return {
    size: describeSize(portrait, market),
    differences: describeDifferences(portrait),
    habits: describeHabits(portrait, market),
    delivery: describeDelivery(portrait, market),
    ...(typical === undefined ? {} : { typical }),
    confidence: describeConfidence(portrait),
  };
}

function describeSize(
  { segment, revenueBrl, revenuePerCustomerBrl }: Portrait,
  market: Market,
): string {
  const { customers, share, revenueShare } = segment;
  if (customers === 0) return "Nobody belongs to it.";
  return `${withUnit(customers, "customers")}, ${percent(share)} of all, ${
    customers === 1 ? "brings" : "bring"
  } ${percent(revenueShare)} of the revenue: ${brl(revenueBrl)}, which is ${
    brl(revenuePerCustomerBrl)
  } for each; the average over all customers is ${brl(market.revenueBrl / market.customers)}.`;
}

function describeDifferences({ features }: Portrait): string {
  const told = features
    .filter(({ delta, own, others }) => Math.abs(delta) >= TOLD && own.median !== others.median)
    .toSorted((a, b) => Math.abs(b.delta) - Math.abs(a.delta))
    .slice(0, 3);
  if (told.length === 0) {
    return "By none of the six figures below does the typical customer here differ much from all others.";
  }
  return `What sets them apart (half of them have less, half more; in brackets all other customers): ${
    told.map(sayFeature).join("; ")
  }.`;
}

function sayFeature({ label, unit, own, others }: FeatureComparison): string {
  return `${label.charAt(0).toLowerCase()}${label.slice(1)} ${withUnit(own.median, unit)} (${
    number(others.median)
  })`;
}

function describeHabits({ behaviour }: Portrait, { behaviour: market }: Market): string {
  const { categories, states, payments, installmentShare } = behaviour;
  const buys =
    sayKinds(categories, "They buy more often than everyone", (name) => kindName(name)) ??
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
  const { orders, late, medianDays, badAfterLate, badAfterOnTime } = behaviour.delivery;
  if (orders === 0) return "No order of theirs has arrived.";
  const arrived = `${percent(late.share)} of their orders came late (everyone: ${
    percent(market.delivery.late.share)
  }), half within ${withUnit(medianDays, "days")} of the purchase.`;
  const { share } = badAfterLate;
  const said = isNaN(share) || isNaN(badAfterOnTime.share)
    ? ""
    : ` One or two stars were given after ${percent(share)} of late orders and after ${
      percent(badAfterOnTime.share)
    } of orders on time, where there is a review.`;
  return arrived + said;
}

function describeTypical({ representatives, features }: Portrait): string | undefined {
  const [first] = representatives;
  if (first === undefined) return undefined;
  const has = features.filter(({ name }) => !isNaN(first.values[name]));
  const figures = has.map(({ name, label, unit }) =>
    `${label.toLowerCase()} ${withUnit(first.values[name], unit)}`
  );
  return `The customer nearest to the middle of them (${first.shortId}): ${figures.join(", ")}.`;
}

function describeConfidence({ behaviour, stability, segment }: Portrait): string {
  const { share, low, high } = behaviour.thin;
  const margin = segment.customers === 0
    ? "There is nobody to judge by."
    : `${percent(share)} of them (${percent(low)} to ${
      percent(high)
    } where more are drawn) lie so near to another group that they may as well belong there: the next one is less than ${
      number(1 / (1 - THIN_MARGIN))
    } times as far.`;
  if (stability === undefined) return `${margin} How stable it is was not measured.`;
  const { jaccard: { mean, low: from, high: to }, isTrustworthy } = stability;
  const returns = `Drawn and grouped anew, ${percent(mean)} of the group is found again (${
    percent(from)
  } to ${percent(to)}).`;
  return isTrustworthy
    ? `${returns} ${margin}`
    : `Not trustworthy: it may be a product of chance. ${returns} ${margin}`;
}
