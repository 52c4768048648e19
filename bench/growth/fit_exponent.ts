/**
 * The power p of y ≈ c·xᵖ: the slope of the least-squares line through the
 * logarithms.
 *
 * @param xs at least two different ones, above 0
 * @param ys as many, above 0
 * @throws {RangeError} when there are fewer than two points, or one is not above 0
 */
export function fitExponent(xs: readonly number[], ys: readonly number[]): number {
  const points = xs.map((x, i) => [x, ys[i] ?? NaN] as const);
  const wrong = points.find(([x, y]) => !(x > 0 && y > 0));
  if (wrong || new Set(xs).size < 2) {
    throw new RangeError(
      `Cannot fit exponent: found ${
        wrong ? `point (${wrong.join(", ")})` : `${new Set(xs).size} x`
      }, must be two or more points above 0`,
    );
  }
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (at: 0 | 1) => logs.reduce((sum, point) => sum + point[at], 0) / logs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  let [across, along] = [0, 0];
  for (const [x, y] of logs) {
    across += (x - meanX) * (y - meanY);
    along += (x - meanX) ** 2;
  }
  return across / along;
}
