import type { CriteriaByK, KPoint } from "./criteria_by_k.ts";

/** Which number of segments a criterion says, and how clearly. */
export interface KOpinion {
  /** Fit to follow "the". */
  readonly criterion: string;
  /** Absent where the criterion names none. */
  readonly says?: number;
  readonly clearness: "clearly" | "narrowly" | "not at all";
  /** The numbers behind it. */
  readonly figures: string;
}

/** A lead of less is narrow: of a silhouette or an adjusted Rand index. */
const CLEAR_LEAD = 0.05;
/** The next Davies-Bouldin index is so many times as large where the least is clear. */
const CLEAR_INDEX = 1.1;
/** A bend is clear where inertia falls so many times as much before it as after it. */
const CLEAR_BEND = 2;

/** What each of the five criteria says. */
export function opinionsOn(criteria: CriteriaByK): KOpinion[] {
  const { points } = criteria;
  return [
    bend(criteria),
    best("silhouette", points, {
      valueOf: ({ silhouette }) => silhouette.mean,
      isClear: (first, second) => first - second >= CLEAR_LEAD,
    }),
    best("Davies-Bouldin index", points, {
      valueOf: ({ dbi }) => -dbi,
      isClear: (first, second) => second <= first * CLEAR_INDEX,
    }),
    gap(criteria),
    best("stability", points, {
      // As the tables show it: of equally stable numbers the greatest, which says most.
      valueOf: ({ k, stability }) => Math.round(stability * 1000) / 1000 + k * Number.EPSILON,
      isClear: (first, second) => first - second >= CLEAR_LEAD,
    }),
  ];
}

/** Three decimals, as the tables beside have them. */
export function show(value: number): string {
  return Math.abs(value).toFixed(3);
}

/** The greatest of the values, the least number among equals, and its lead over the next. */
function best(
  criterion: string,
  points: readonly KPoint[],
  { valueOf, isClear }: {
    valueOf: (point: KPoint) => number;
    isClear: (first: number, second: number) => boolean;
  },
): KOpinion {
  const [first, second] = points.map((point) => ({ k: point.k, value: valueOf(point) }))
    .sort((a, b) => b.value - a.value);
  const says = first!.k;
  if (second === undefined) {
    return {
      criterion,
      says,
      clearness: "not at all",
      figures: `${show(first!.value)} at ${says}`,
    };
  }
  return {
    criterion,
    says,
    clearness: isClear(first!.value, second.value) ? "clearly" : "narrowly",
    figures: `${show(first!.value)} at ${says}, next ${show(second.value)} at ${second.k}`,
  };
}

function bend({ points, knee }: CriteriaByK): KOpinion {
  const criterion = "knee of the inertia";
  const at = points.findIndex(({ k }) => k === knee);
  if (knee === undefined || at < 0) {
    return { criterion, clearness: "not at all", figures: "the curve has no knee" };
  }
  const fallTo = (i: number) => {
    const [from, to] = [points[i - 1], points[i]];
    return from && to ? (from.inertia - to.inertia) / points[0]!.inertia : undefined;
  };
  const [before, after] = [fallTo(at), fallTo(at + 1)];
  const isClear = before !== undefined && after !== undefined && before >= CLEAR_BEND * after;
  const say = (fall: number | undefined, k: number) =>
    fall === undefined ? [] : [`by ${(100 * fall).toFixed(1)}% to ${k}`];
  return {
    criterion,
    says: knee,
    clearness: isClear ? "clearly" : "narrowly",
    figures: `inertia falls ${[...say(before, knee), ...say(after, knee + 1)].join(", ")}`,
  };
}

function gap({ gap: { points, k } }: CriteriaByK): KOpinion {
  const criterion = "gap statistic";
  const last = points.at(-1);
  if (k === undefined) {
    const figures = last === undefined ? "not measured" : `the gap still grows at ${last.k}`;
    return { criterion, clearness: "not at all", figures };
  }
  const [here, next] = [points[k - 1]!, points[k]!];
  return {
    criterion,
    says: k,
    clearness: here.gap > next.gap + next.standardError ? "clearly" : "narrowly",
    figures: `${show(here.gap)} at ${k}, ${show(next.gap)} ± ${
      show(next.standardError)
    } at ${next.k}`,
  };
}
