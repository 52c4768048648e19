import { columnOf, FOUR, Plan, Points } from "./_sums_plan";

/**
 * Adds the distances of two blocks pair by pair, padding left out, by differences in type T. Where
 * other rows take sums too and the block is the same, each pair counts once.
 */
export function addNear<T>(plan: Plan, i: i32, own: usize, j: i32, others: usize): void {
  const asking = changetype<Points>(plan.asking);
  const points = changetype<Points>(plan.points);
  const column = columnOf<T>();
  const step = usize(plan.cols) * column;
  const isOnce = others !== 0 && i === j;
  const rows = sizeof<T>() == 8 ? asking.plain : asking.centred;
  const otherRows = sizeof<T>() == 8 ? points.plain : points.centred;
  for (let r: usize = 0; r < 4; r++) {
    const row = usize(i) * FOUR + (r << 3);
    if (load<f64>(asking.halfNorms + row) < 0) break;
    for (let c: usize = isOnce ? r + 1 : 0; c < 4; c++) {
      const other = usize(j) * FOUR + (c << 3);
      if (load<f64>(points.halfNorms + other) < 0) break;
      let x = rows + usize(i) * step + r * sizeof<T>();
      let y = otherRows + usize(j) * step + c * sizeof<T>();
      let distance: f64;
      if (sizeof<T>() == 8) {
        let squared = 0.0;
        for (let d = 0; d < plan.cols; d++, x += column, y += column) {
          const difference = load<f64>(x) - load<f64>(y);
          squared += load<f64>(plan.times + (usize(d) << 3)) * difference * difference;
        }
        distance = sqrt(0.5 * squared);
      } else {
        let squared: f32 = 0;
        for (let d = 0; d < plan.cols; d++, x += column, y += column) {
          const difference = load<f32>(x) - load<f32>(y);
          squared += difference * difference;
        }
        distance = <f64> sqrt<f32>(squared);
      }
      store<f64>(own + row, load<f64>(own + row) + distance);
      if (others !== 0) store<f64>(others + other, load<f64>(others + other) + distance);
    }
  }
}
