/** The float32 numbers that enclose a float64 one: boxes must never be too small. */

/** One unit in the last place, and the smallest number there is. */
const ULP: f32 = 1.1920928955078125e-7;
const TINY: f32 = 1.401298464324817e-45;

/** A float32 at most `value`. */
// @ts-ignore: decorator
@inline
export function below<T>(value: T): f32 {
  if (sizeof<T>() == 4) return <f32>value;
  // Beyond float32's range the nearest number is infinite, and above `value`.
  const near = min<f32>(<f32>value, f32.MAX_VALUE);
  return near - (abs<f32>(near) * ULP + TINY);
}

/** A float32 at least `value`. */
// @ts-ignore: decorator
@inline
export function above<T>(value: T): f32 {
  if (sizeof<T>() == 4) return <f32>value;
  const near = max<f32>(<f32>value, -f32.MAX_VALUE);
  return near + (abs<f32>(near) * ULP + TINY);
}
