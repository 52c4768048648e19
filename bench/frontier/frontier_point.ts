/** What a setting's map came to. */
export interface FrontierPoint {
  readonly name: string;
  readonly group: string;
  readonly qe: number;
  readonly te: number;
  /** Over rows, of three segments by k-means on the neurons that are some row's best unit. */
  readonly silhouette: number;
  readonly dbi: number;
  /** Rows of each segment, the largest first. */
  readonly sizes: readonly number[];
  /** Of training alone. */
  readonly seconds: number;
}

/** The figures that the guide publishes, of another extraction of the data. */
export const PUBLISHED = { qe: 0.2444, te: 0.2412, silhouette: 0.6967, dbi: 0.6919 } as const;

/** The most topographic error that a `tuned` setting may have. */
export const MOST_TE = 0.15;

/** The points that no other point beats in one error without losing in the other. */
export function frontOf(points: readonly FrontierPoint[]): FrontierPoint[] {
  const ordered = points.toSorted((a, b) => a.qe - b.qe || a.te - b.te);
  const front: FrontierPoint[] = [];
  let least = Infinity;
  for (const point of ordered) {
    if (point.te >= least) continue;
    least = point.te;
    front.push(point);
  }
  return front;
}

/** Whether a point is better than the guide's published figures in all four, with TE under 0.15. */
export function beatsPublished({ qe, te, silhouette, dbi }: FrontierPoint): boolean {
  return qe < PUBLISHED.qe && te < Math.min(MOST_TE, PUBLISHED.te) &&
    silhouette > PUBLISHED.silhouette && dbi < PUBLISHED.dbi;
}

/** Of the points that beat the published figures, that with the least quantization error. */
export function maybeTuned(points: readonly FrontierPoint[]): FrontierPoint | undefined {
  return points.filter(beatsPublished).toSorted((a, b) => a.qe - b.qe)[0];
}
