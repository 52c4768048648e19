import type { LoadColumn } from "feira/warehouse";

/**
 * What a campaign tool gets of each customer, in this order: whom to address,
 * why, and what to offer. No address beyond the postcode's prefix, nothing of
 * single orders, no text that a customer wrote.
 */
export const CAMPAIGN_FIELDS: readonly LoadColumn[] = [
  { name: "customer_unique_id", type: "text", description: "The person, by the marketplace's key" },
  { name: "state", type: "text", description: "Of the latest order's address" },
  { name: "city", type: "text", description: "The same" },
  { name: "zip_code_prefix", type: "text", description: "First five digits of the postcode" },
  { name: "segment_id", type: "integer", description: "Of level 1" },
  { name: "segment_name", type: "text", description: "Its name" },
  { name: "subsegment_id", type: "integer", description: "Empty where the segment is not divided" },
  { name: "subsegment_name", type: "text", description: "Its name" },
  {
    name: "margin",
    type: "float",
    description: "How clearly the customer belongs to the segment, 0..1; near 0 on the border",
  },
  {
    name: "subsegment_margin",
    type: "float",
    description: "The same for the sub-segment; empty where there is none",
  },
  { name: "recency_days", type: "integer", description: "Days since the last purchase" },
  { name: "frequency", type: "integer", description: "Number of orders" },
  { name: "monetary_brl", type: "decimal", description: "Sum of the items' prices in BRL" },
  { name: "last_purchase_at", type: "timestamp", description: "Local time of Brazil" },
  {
    name: "preferred_category",
    type: "text",
    description:
      "Category of most items bought, in English; equals by their prices; empty without any",
  },
  {
    name: "preferred_payment",
    type: "text",
    description: "Type that most was paid by; empty without any payment",
  },
  {
    name: "mean_review_score",
    type: "float",
    description: "1 to 5; empty where the customer left no review",
  },
];
