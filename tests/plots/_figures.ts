import {
  barFigure,
  componentPlanesFigure,
  correlationFigure,
  elbowFigure,
  type Figure,
  heatmapFigure,
  histogramsFigure,
  kCriteriaFigure,
  lineFigure,
  portraitFigure,
  segmentMapFigure,
  segmentProfileFigure,
  segmentSizesFigure,
  shareBarsFigure,
  spreadsFigure,
  stateMapFigure,
  tradeOffCurvesFigure,
  tradeOffFigure,
  uMatrixFigure,
  uMatrixHitsFigure,
} from "feira/plots";

/** Numbers from 0 to 1 that look random and are the same everywhere (Park & Miller 1988). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = state * 48271 % 2147483647) / 2147483647;
}

/** A value per neuron of a grid. */
export function grid(
  { width, height }: { width: number; height: number },
  valueOf: (x: number, y: number) => number,
): Float64Array {
  return Float64Array.from(
    { length: width * height },
    (_, i) => valueOf(Math.floor(i / height), i % height),
  );
}

const size = { width: 10, height: 5 };
const uMatrix = grid(size, (x, y) => Math.exp(-((x - 6 - y / 4) ** 2) / 2));
const hits = grid(size, (x, y) => x === 6 ? 0 : (x * 7 + y * 3) % 11);
const segments = [{ id: 0, name: "one-time buyers" }, { id: 1, name: "repeat buyers" }, {
  id: 2,
  name: "big-ticket buyers who pay in many installments",
}];
const neuronSegments = grid(size, (x, y) => x > 6 ? 1 : y > 3 ? 2 : 0);

const features = (shift: number) => [
  { label: "recency", unit: "days", mean: 288 + shift, median: 270, z: shift / 100 },
  { label: "monetary", unit: "BRL", mean: 142.2, median: 89.9, q25: 47, q75: 155, z: shift - 2 },
  { label: "frequency", mean: 1.03, median: 1, z: 9 * shift },
];

const months = ["2017-11", "2017-12", "2018-01", "2018-02"];

/** One of each figure, small: what the snapshots hold. */
export const FIGURES: Readonly<Record<string, () => Figure>> = {
  bars_standing: () =>
    barFigure([{ stars: 1, days: 20.8 }, { stars: 3, days: 13.9 }, { stars: 5, days: 10.4 }], {
      x: "stars",
      y: "days",
      xLabel: "review score (stars)",
      yLabel: "delivery time (days)",
      title: "Late parcels get one star",
      highlight: ["1"],
    }),
  bars_lying: () =>
    barFigure([
      { name: "housewares and whatever else a household of four may need", profit: 41746.5 },
      { name: "health & beauty", profit: -12852 },
    ], {
      x: "name",
      y: "profit",
      yLabel: "profit (BRL)",
      horizontal: true,
      format: "integer",
      title: "One loses",
    }),
  line: () =>
    lineFigure(months.map((month, i) => ({ month, revenue: [1, 0.8, 1.1, 1.05][i]! * 1e6 })), {
      x: "month",
      y: "revenue",
      yLabel: "revenue (BRL)",
      format: "compact",
      title: "November is best",
    }),
  lines: () =>
    lineFigure(
      ["credit card", "boleto"].flatMap((type, k) =>
        months.map((month, i) => ({
          month,
          type,
          n: k === 1 && i === 1 ? null : 100 * (2 - k) + i,
        }))
      ),
      { x: "month", y: "n", series: "type", yLabel: "payments", title: "Cards lead" },
    ),
  histograms: () => {
    const random = seeded(1);
    return histogramsFigure([
      { label: "recency", unit: "days", values: Array.from({ length: 200 }, () => 700 * random()) },
      { label: "frequency", values: Array.from({ length: 200 }, () => random() < 0.9 ? 1 : 2) },
      {
        label: "monetary",
        unit: "BRL",
        log: true,
        values: Array.from({ length: 200 }, () => Math.exp(4 + 3 * random())),
      },
      { label: "constant", values: [2.5, 2.5] },
    ], { title: "Most buy once" });
  },
  correlations: () =>
    correlationFigure({
      names: ["monetary", "frequency", "recency"],
      matrix: [1, 0.5, -0.25, 0.5, 1, 0, -0.25, 0, 1],
    }, { title: "Who buys more spends more" }),
  elbow: () =>
    elbowFigure({ ks: [2, 3, 4, 5, 6], inertias: [90, 40, 30, 25, 22], knee: 3, chosen: 4 }, {
      title: "The knee is at three",
    }),
  k_criteria: () =>
    kCriteriaFigure([
      {
        label: "silhouette, higher is better",
        says: 3,
        points: [0.5, 0.7, 0.4].map((value, i) => ({
          k: i + 2,
          value,
          low: value - 0.02,
          high: value + 0.02,
        })),
      },
      {
        label: "Davies-Bouldin index, lower is better",
        says: 2,
        points: [0.42, 0.73, 1.18].map((value, i) => ({ k: i + 2, value })),
      },
      { label: "gap statistic", points: [{ k: 1, value: 3.1 }, { k: 2, value: 3.2 }] },
    ], { title: "Two criteria, two answers", chosen: 3 }),
  trade_off_search: () =>
    tradeOffFigure([
      { name: "guide", qe: 0.2279, te: 0.2323, guide: true },
      { name: "batch, radius 5 to 0.44", qe: 0.2254, te: 0.1423, chosen: true },
      { name: "short", qe: 0.25, te: 0.16, dropped: true },
      { name: "shorter", qe: 0.26, te: 0.2, dropped: true },
    ], { title: "Most were dropped" }),
  trade_off: () =>
    tradeOffFigure([
      { name: "guide", qe: 0.2279, te: 0.2323, guide: true },
      { name: "batch, radius 20 to 0.38", qe: 0.223, te: 0.1712, chosen: true },
      { name: "batch, radius 20 to 0.44", qe: 0.2231, te: 0.1713 },
    ], { title: "Batch is better in both" }),
  trade_off_curves: () =>
    tradeOffCurvesFigure([
      {
        name: "batch, 80 epochs",
        points: [
          { name: "radius 0.7", qe: 0.2886, te: 0.0692 },
          { name: "radius 0.5", qe: 0.2472, te: 0.1184 },
          { name: "radius 0.38", qe: 0.223, te: 0.1712 },
        ],
      },
      { name: "one by one", points: [{ name: "sigma 0.33", qe: 0.2369, te: 0.1329 }] },
      { name: "20 epochs", quiet: true, points: [{ name: "radius 0.44", qe: 0.25, te: 0.16 }] },
    ], {
      title: "One error for the other",
      target: { name: "better than published", qe: 0.2444, te: 0.15 },
      references: [{ name: "published", qe: 0.2444, te: 0.2412 }],
    }),
  u_matrix: () => uMatrixFigure(uMatrix, { ...size, title: "A ridge" }),
  u_matrix_hits: () => uMatrixHitsFigure({ uMatrix, hits }, { ...size, title: "A ridge is empty" }),
  component_planes: () =>
    componentPlanesFigure([
      { label: "recency", unit: "days", values: grid(size, (x, y) => 60 * x + y) },
      { label: "monetary", unit: "BRL", values: grid(size, (x, y) => Math.exp(x + y / 3)) },
      { label: "review score", unit: "stars", values: grid(size, () => 4) },
      { label: "frequency", values: grid(size, (x) => x / 9) },
    ], { ...size, title: "Spend rises to the right" }),
  segment_map: () => segmentMapFigure(neuronSegments, { ...size, segments, hits, title: "Three" }),
  segment_profile: () =>
    segmentProfileFigure(
      segments.map((segment, i) => ({ ...segment, customers: 900 >> i, features: features(i) })),
      { title: "What they are" },
    ),
  state_map: () =>
    stateMapFigure([
      { state: "SP", name: "São Paulo", late: 0.0589 },
      { state: "AL", name: "Alagoas", late: 0.2393 },
      { state: "RR", name: "Roraima", late: null },
    ], {
      state: "state",
      name: "name",
      value: "late",
      valueLabel: "share that came late",
      format: "percent",
      title: "Alagoas waits",
    }),
  heatmap: () =>
    heatmapFigure(
      [[0.011, 0.004, 0.002], [0.006, null], [0.005]].flatMap((line, i) =>
        line.map((back, j) => ({ cohort: `2018-0${i + 1}`, month: j + 1, back }))
      ),
      {
        x: "month",
        y: "cohort",
        value: "back",
        xLabel: "months since the first order",
        yLabel: "first order",
        valueLabel: "share who bought",
        format: "percent",
        title: "Few come back",
      },
    ),
  share_bars: () =>
    shareBarsFigure(
      // The second bar has no 3, and its 5 is too small for its number.
      [["on time", 5, 620], ["on time", 1, 70], ["on time", 3, 310], ["late", 1, 97], [
        "late",
        5,
        3,
      ]]
        .map(([late, stars, n]) => ({ late, stars, n })),
      {
        x: "late",
        part: "stars",
        value: "n",
        unit: "reviews",
        xLabel: "delivered",
        partLabel: "stars",
        title: "Late is bad",
      },
    ),
  segment_sizes: () =>
    segmentSizesFigure(
      segments.map((segment, i) => ({
        ...segment,
        customers: [90507, 2939, 20][i]!,
        revenueShare: [0.7, 0.05, 0.25][i]!,
      })),
      { title: "Few bring much" },
    ),
  portrait: () =>
    portraitFigure({
      name: "big-ticket buyers",
      color: "#e69f00",
      spreads: [
        {
          label: "Order value",
          unit: "BRL",
          log: true,
          own: { p5: 390, q25: 510, median: 780, q75: 1100, p95: 2100 },
          others: { p5: 18, q25: 45, median: 86, q75: 150, p95: 420 },
        },
        {
          label: "Orders",
          unit: "orders",
          own: { p5: 1, q25: 1, median: 1, q75: 1, p95: 1 },
          others: { p5: NaN, q25: NaN, median: NaN, q75: NaN, p95: NaN },
        },
        {
          label: "Review",
          unit: "stars",
          own: { p5: 1, q25: 2.5, median: 4, q75: 5, p95: 5 },
          others: { p5: 1, q25: 4, median: 5, q75: 5, p95: 5 },
        },
      ],
      lists: [{
        label: "Bought",
        shares: [
          {
            name: "watches",
            share: 0.18,
            low: 0.12,
            high: 0.25,
            everyoneShare: 0.05,
            isDistinct: true,
          },
          {
            name: "toys",
            share: 0.04,
            low: 0.02,
            high: 0.08,
            everyoneShare: 0.05,
            isDistinct: false,
          },
        ],
      }, {
        label: "Paid by",
        shares: [
          { name: "boleto", share: 0, low: 0, high: 0.01, everyoneShare: 0.2, isDistinct: true },
        ],
      }],
    }, { title: "They spend" }),
  spreads: () =>
    spreadsFigure(
      [{ label: "Last order", unit: "days ago" }, { label: "Order value", unit: "BRL", log: true }],
      [
        {
          name: "recent buyers of ordinary things, once",
          color: "#0072b2",
          spreads: [
            { p5: 50, q25: 80, median: 120, q75: 150, p95: 175 },
            { p5: 18, q25: 45, median: 86, q75: 150, p95: 420 },
          ],
        },
        {
          name: "no orders",
          color: "#009e73",
          spreads: [
            { p5: 400, q25: 410, median: 477, q75: 500, p95: 600 },
            { p5: NaN, q25: NaN, median: NaN, q75: NaN, p95: NaN },
          ],
        },
      ],
      { title: "Some were here lately" },
    ),
};
