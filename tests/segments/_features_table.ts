import type { CustomerMatrix } from "feira/features";
import type { TableLoad } from "feira/warehouse";

/** The mart `customer_features` with a matrix's customers. */
export function featuresTable(
  { customerIds, featureNames, data, cols }: CustomerMatrix,
): TableLoad {
  return {
    name: "customer_features",
    columns: [
      { name: "customer_unique_id", type: "text" },
      ...featureNames.map((name) => ({ name, type: "float" }) as const),
    ],
    from: {
      rows: customerIds.map((id, row) => ({
        customer_unique_id: id,
        ...Object.fromEntries(featureNames.map((name, col) => [name, data[row * cols + col]!])),
      })),
    },
  };
}
