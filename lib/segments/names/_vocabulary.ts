import { NOTABLE, WORDINGS } from "./_describe_segment.ts";

/** Words that say something of a segment, and the conditions that make it true. */
export interface Term {
  readonly words: RegExp;
  /** All must hold. */
  readonly claims: readonly string[];
}

const ONE_TIME = "share_of(frequency <= 1) >= 0.9";
const REPEAT = "share_of(frequency >= 2) >= 0.75";
const ORDINARY = ["median_ratio(monetary) >= 0.67", "median_ratio(monetary) <= 1.5"];
const RATED = "known_share(avg_review_score) >= 0.5";

/**
 * What the words of names, descriptions, insights and strategies claim. Advice
 * that claims nothing of its readers, such as `loyalty benefits` or `the second
 * order`, is worded so that no term matches it.
 */
export const VOCABULARY: readonly Term[] = [
  { words: /\brecent(ly)?\b/i, claims: ["median(recency) <= 90", "median_ratio(recency) <= 0.75"] },
  { words: /\bpast[- ]year\b/i, claims: ["share_of(recency <= 365) >= 0.9"] },
  { words: /\bpast three months\b/i, claims: ["median(recency) <= 90"] },
  {
    words: /\b(lapsed|long ago|unengaged|inactive|dormant|over a year)\b/i,
    claims: ["median(recency) >= 365"],
  },
  { words: /\bless time ago than is typical\b/i, claims: ["median_ratio(recency) <= 0.8"] },
  {
    words: /\bas far back as is typical\b/i,
    claims: ["median_ratio(recency) >= 0.8", "median_ratio(recency) <= 1.25"],
  },
  { words: /\b(engaged|active)\b/i, claims: ["median_ratio(recency) <= 0.8", REPEAT] },
  {
    words:
      /\b(one[- ]time|first[- ]time|(?<!than )once|one( \w+,?){0,2} (purchase|order)|first purchase)\b/i,
    claims: [ONE_TIME],
  },
  { words: /\b(repeat|came back|more than once|that they return)\b/i, claims: [REPEAT] },
  { words: /\bloyal\b/i, claims: ["share_of(frequency >= 3) >= 0.75"] },
  {
    words: /\b(big[- ]ticket|expensive|high[- ]value|three times what)\b/i,
    claims: ["median_ratio(monetary) >= 3"],
  },
  { words: /\bthree times the revenue\b/i, claims: ["revenue_ratio() >= 3"] },
  {
    words: /\b(high[- ]ticket|above the usual value|half as much again)\b/i,
    claims: ["median_ratio(monetary) >= 1.5"],
  },
  {
    words: /\b(small[- ]ticket|small,? (\w+ )?purchase|low[- ]value|for little|two thirds)\b/i,
    claims: ["median_ratio(monetary) <= 0.67"],
  },
  { words: /\b(mid[- ]ticket|ordinary|about what is usual)\b/i, claims: ORDINARY },
  { words: /\b(growing|spend more|more revenue)\b/i, claims: ["revenue_ratio() >= 1.5"] },
  { words: /\bless revenue\b/i, claims: ["revenue_ratio() <= 0.9"] },
  {
    words: /\b(bulk|baskets?|several items|two or more items)\b/i,
    claims: ["share_of(total_order_items >= 2) >= 0.75"],
  },
  {
    words: /\b(mixed|different products)\b/i,
    claims: ["share_of(num_unique_products >= 2) >= 0.75"],
  },
  {
    words: /\b(installment buyers|in (many )?installments|in four or more parts)\b/i,
    claims: ["share_of(avg_payment_installments >= 4) >= 0.75"],
  },
  {
    words: /\b(satisfied|content|happy|well by their own scores)\b/i,
    claims: [RATED, "share_of(avg_review_score >= 4) >= 0.75"],
  },
  { words: /\b(highly satisfied|very well)\b/i, claims: ["mean(avg_review_score) >= 4.5"] },
  {
    words: /\b(delighted|gave five stars)\b/i,
    claims: [RATED, "share_of(avg_review_score >= 5) >= 0.9"],
  },
  {
    words: /\b(disappointed|badly|unhappy|two and a half of five)\b/i,
    claims: [RATED, "share_of(avg_review_score <= 2.5) >= 0.75"],
  },
  { words: /\b(without a review|no review)\b/i, claims: ["known_share(avg_review_score) <= 0.25"] },
  { words: /\b(without items|no item)\b/i, claims: ["share_of(total_order_items <= 0) >= 0.75"] },
  { words: /\b(vast|more than half|mainstream)\b/i, claims: ["customer_share() > 0.5"] },
  ...Object.entries(WORDINGS).flatMap(([feature, { above, below }]) => [
    { words: new RegExp(`\\b${above}\\b`), claims: [`delta(${feature}) >= ${NOTABLE}`] },
    { words: new RegExp(`\\b${below}\\b`), claims: [`delta(${feature}) <= ${-NOTABLE}`] },
  ]),
];
