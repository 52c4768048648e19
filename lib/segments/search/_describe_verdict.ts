import type { CriteriaByK, KPoint } from "./criteria_by_k.ts";
import { type KOpinion, show } from "./_opinions_on_k.ts";

/** What {@linkcode describeVerdict} puts into words. */
export interface ToDescribe {
  readonly criteria: CriteriaByK;
  readonly opinions: readonly KOpinion[];
  readonly guide: number;
  readonly chosen: number;
  /** How many criteria another number must have. */
  readonly majority: number;
}

/**
 * One paragraph: who says what, what every other number that is named comes to,
 * and what is done. Nothing in it is said that the numbers do not say.
 */
export function describeVerdict(
  { criteria: { points }, opinions, guide, chosen, majority }: ToDescribe,
): string {
  const named = new Map<number, KOpinion[]>();
  for (const opinion of opinions) {
    if (opinion.says === undefined) continue;
    named.set(opinion.says, [...(named.get(opinion.says) ?? []), opinion]);
  }
  const order = [...named].sort(([a, of], [b, than]) =>
    Number(b === guide) - Number(a === guide) || than.length - of.length || a - b
  );
  const kept = points.find(({ k }) => k === guide)!;
  return [
    saying(order, opinions, guide),
    ...(named.has(guide) ? [] : [`None says the guide's ${guide}.`]),
    ...order.flatMap(([k]) => {
      const point = points.find((each) => each.k === k);
      return point === undefined || k === guide ? [] : [comparing(point, kept)];
    }),
    ...(kept.verdict?.passed === false ? [`${guide} itself ${failing(kept)}.`] : []),
    chosen === guide
      ? `${guide} is kept: another number would have to be named by ${majority} of the ${opinions.length} criteria, be as stable and pass the gate.`
      : `${chosen} is taken in place of the guide's ${guide}: ${
        named.get(chosen)!.length
      } of the ${opinions.length} criteria name it, it is as stable and passes the gate.`,
  ].join(" ");
}

function saying(
  order: readonly (readonly [number, readonly KOpinion[]])[],
  opinions: readonly KOpinion[],
  guide: number,
): string {
  const said = order.map(([k, own]) => {
    const what = k === guide ? `the guide's ${k}` : k === 1 ? "1, that is no segments" : String(k);
    return `${listing(own)} ${own.length > 1 ? "say" : "says"} ${what}`;
  });
  const silent = opinions.filter(({ says }) => says === undefined);
  if (silent.length > 0) {
    said.push(`${listing(silent)} ${silent.length > 1 ? "name" : "names"} none`);
  }
  const text = said.join("; ");
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

/** "the knee of the inertia, the silhouette and the stability" */
function listing(opinions: readonly KOpinion[]): string {
  const names = opinions.map(({ criterion }) => `the ${criterion}`);
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function comparing(point: KPoint, kept: KPoint): string {
  const pair = (name: string, valueOf: (point: KPoint) => number) =>
    `${name} ${show(valueOf(point))} (${show(valueOf(kept))} at ${kept.k})`;
  const figures = [
    pair("silhouette", ({ silhouette }) => silhouette.mean),
    pair("Davies-Bouldin index", ({ dbi }) => dbi),
    pair("stability", ({ stability }) => stability),
  ].join(", ");
  const customers = point.smallest === 1 ? "customer" : "customers";
  const judged = point.verdict === undefined
    ? ""
    : point.verdict.passed
    ? "; it passes the gate"
    : `; it ${failing(point)}`;
  return `With ${point.k}: ${figures}, ${point.smallest} ${customers} in the smallest segment${judged}.`;
}

function failing({ verdict }: KPoint): string {
  const failed = verdict!.criteria.filter(({ passed }) => !passed);
  const said = failed.map(({ label, value, limit, direction }) =>
    `${label} ${Number(value.toFixed(3))}, must be ${direction} ${limit}`
  );
  return `fails the gate by ${said.join(", and by ")}`;
}
