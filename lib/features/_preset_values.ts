import type { CustomerMatrix } from "./customer_matrix.ts";
import { evaluate } from "./expression.ts";
import type { PresetName } from "./fitted_features.ts";
import { PRESETS } from "./presets.ts";

/** A preset's features before they are scaled. */
export interface PresetValues {
  readonly featureNames: readonly string[];
  /** `[features][rows]`; NaN where a customer does not have it. */
  readonly columns: readonly Float64Array[];
}

/** @throws {RangeError} when a value is infinite; names the customer and the feature. */
export function toPresetValues(matrix: CustomerMatrix, preset: PresetName): PresetValues {
  const features = PRESETS[preset];
  const columns = features.map(({ name, expression }) => {
    const values = evaluate(expression, matrix);
    const row = values.findIndex((value) => Math.abs(value) === Infinity);
    if (row < 0) return values;
    throw new RangeError(
      `Cannot compute ${name}: it is ${values[row]} for customer ${
        matrix.customerIds[row]
      }, must be finite or missing`,
    );
  });
  return { featureNames: features.map(({ name }) => name), columns };
}
