import { FEATURES } from "feira/features";
import { sayFigure } from "./_claim_words.ts";
import type { NamedSegment } from "./name_segments.ts";
import type { FeatureProfile } from "./compare_feature.ts";
import type { SegmentProfile } from "./profile_segments.ts";

/**
 * A descriptive name takes up differences of at least this Cliff's delta: a
 * small one in the usual reading (Romano et al. 2006), below it a negligible.
 */
export const NOTABLE = 0.147;

/** What a difference is called in a name, and what it is about: a name says each matter once. */
interface Wording {
  readonly matter: string;
  readonly above: string;
  readonly below: string;
}

export const WORDINGS: Readonly<Record<string, Wording>> = {
  recency: { matter: "time", above: "Older Purchases", below: "Newer Purchases" },
  frequency: { matter: "orders", above: "More Orders", below: "Fewer Orders" },
  number_of_orders: { matter: "orders", above: "More Orders", below: "Fewer Orders" },
  monetary: { matter: "money", above: "Higher Spend", below: "Lower Spend" },
  total_payment_value: { matter: "money", above: "Higher Payments", below: "Lower Payments" },
  avg_order_value: { matter: "prices", above: "Dearer Items", below: "Cheaper Items" },
  avg_product_category_value: { matter: "prices", above: "Dearer Items", below: "Cheaper Items" },
  total_order_items: { matter: "items", above: "More Items", below: "Fewer Items" },
  num_unique_products: { matter: "products", above: "More Products", below: "Fewer Products" },
  avg_payment_installments: {
    matter: "installments",
    above: "More Installments",
    below: "Fewer Installments",
  },
  avg_review_score: { matter: "scores", above: "Higher Scores", below: "Lower Scores" },
  num_reviews: { matter: "reviews", above: "More Reviews", below: "Fewer Reviews" },
};

/**
 * Names a segment by its strongest differences from the other customers: two,
 * and as many more as tell it from names given already.
 */
export function describeSegment(
  profile: SegmentProfile,
  taken: ReadonlySet<string>,
): NamedSegment {
  const strongest = notableOf(profile.features);
  let used = strongest.slice(0, 2);
  while (taken.has(toName(used)) && used.length < strongest.length) {
    used = strongest.slice(0, used.length + 1);
  }
  let name = toName(used);
  for (let again = 2; taken.has(name); again++) name = `${toName(used)} (${again})`;
  const { id, level, parentId, customers, share, revenueShare } = profile;
  return {
    id,
    level,
    ...(parentId === undefined ? {} : { parentId }),
    name,
    description: customers === 0
      ? "Nobody belongs to this segment."
      : used.length === 0
      ? "No feature of these customers differs notably from the others'."
      : `Compared with all customers: ${used.map(toDifference).join("; ")}.`,
    insight: "No archetype's conditions all hold, so the name only says what differs most.",
    strategy: "Look at the profile and the distributions before acting on this segment.",
    customers,
    share,
    revenueShare,
    evidence: used.map(({ name: feature, delta, median, everyone }) => ({
      claim: `delta(${feature}) ${delta > 0 ? ">=" : "<="} ${delta > 0 ? NOTABLE : -NOTABLE}`,
      value: delta,
      everyone: 0,
      compared: { segment: median, reference: everyone.median },
      holds: true,
    })),
  };
}

/** Strongest first; of the features about one matter only the strongest. */
function notableOf(features: readonly FeatureProfile[]): FeatureProfile[] {
  const matters = new Set<string>();
  return features
    .filter(({ delta }) => Math.abs(delta) >= NOTABLE)
    .sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta))
    .filter(({ name }) => {
      const matter = WORDINGS[name]?.matter ?? name;
      return !matters.has(matter) && matters.add(matter);
    });
}

function toName(used: readonly FeatureProfile[]): string {
  if (used.length === 0) return "Customers Near the Average";
  const phrases = used.map(({ name, delta }) => {
    const wording = WORDINGS[name];
    if (wording === undefined) return `${delta > 0 ? "High" : "Low"} ${name}`;
    return delta > 0 ? wording.above : wording.below;
  });
  return `Customers with ${phrases.join(", ").replace(/, ([^,]*)$/, " and $1")}`;
}

function toDifference({ name, median, mean, delta, everyone }: FeatureProfile): string {
  const { label, unit } = FEATURES.find((feature) => feature.name === name) ??
    { label: name, unit: "" };
  const figures = [["median", median, everyone.median], ["mean", mean, everyone.mean]] as const;
  // Medians of counts that are 1 for most are equal, and a tail can turn means: neither tells then.
  const telling = figures.find(([, own, all]) => Math.sign(own - all) === Math.sign(delta));
  const direction = delta > 0 ? "higher" : "lower";
  const figure = telling === undefined
    ? `in ${
      sayFigure((1 + Math.abs(delta)) / 2, "share")
    } of pairs with another customer, ties by half`
    : `${telling[0]} ${sayFigure(telling[1], unit)} against ${sayFigure(telling[2], "")}`;
  return `${label.toLowerCase()} ${direction} (${figure})`;
}
