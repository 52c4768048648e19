import type { Changes, SegmentChange } from "./changes_since.ts";
import type { FeatureDrift } from "./feature_drift.ts";
import type { MapDrift } from "./map_drift.ts";
import type { Migration } from "./migrations.ts";

/**
 * Says what {@linkcode changesSince} found, in plain sentences with the figures:
 * customers, segments, features, the map.
 */
export function describeChanges(changes: Changes): string[] {
  if (changes.isFirst) {
    return ["Nothing was published before, so every segment and every customer is new."];
  }
  return [
    describeCustomers(changes),
    describeSegments(changes.segments),
    describeDrift(changes.drift),
    describeMap(changes.map),
  ];
}

function describeCustomers({ migrations, subsegmentMigrations }: Changes): string {
  const both = count(migrations, ({ from, to }) => from !== undefined && to !== undefined);
  const fresh = count(migrations, ({ from }) => from === undefined);
  const gone = count(migrations, ({ to }) => to === undefined);
  const others = `${number(fresh)} new, ${number(gone)} gone.`;
  if (both === 0) return `Not one customer was there before: ${others}`;
  const stayed = (ways: readonly Migration[]) =>
    percent(count(ways, ({ from, to }) => from !== undefined && from === to) / both);
  return `Customers who were there before: ${number(both)}, of whom ${
    stayed(migrations)
  } kept their segment and ${stayed(subsegmentMigrations)} their sub-segment too; ${others}`;
}

function describeSegments(segments: readonly SegmentChange[]): string {
  const of = (wanted: SegmentChange["change"]) =>
    segments.filter(({ change }) => change === wanted).length;
  return `Segments of both levels: ${of("kept")} kept their name, ${of("renamed")} renamed, ${
    of("new")
  } new, ${of("retired")} retired.`;
}

function describeDrift(drift: readonly FeatureDrift[]): string {
  const moved = drift.filter(({ shift }) => shift !== "stable");
  const named = (features: readonly FeatureDrift[]) =>
    features.map(({ feature, shift, psi }) => `${feature} (${shift}, ${psi.toFixed(2)})`).join(
      ", ",
    );
  const index = "population stability index";
  if (moved.length > 0) return `Features that have moved, with their ${index}: ${named(moved)}.`;
  const most = drift[0];
  return most === undefined
    ? "No feature could be compared."
    : `No feature has moved: the greatest ${index} is ${most.psi.toFixed(2)}, of ${most.feature}.`;
}

function describeMap(map: MapDrift | undefined): string {
  if (map === undefined) {
    return "The model that was published last is not kept, so its map was not measured.";
  }
  const { qeThen, qeNow, change } = map;
  const points = percent(Math.abs(change));
  const difference = points === percent(0)
    ? "no difference"
    : `${points} ${change < 0 ? "less" : "more"}`;
  return `The map that was published last is ${
    qeNow.toFixed(4)
  } standard deviations from a customer of today on average, ${
    qeThen.toFixed(4)
  } from one of then: ${difference}.`;
}

function count(ways: readonly Migration[], isWanted: (way: Migration) => boolean): number {
  return ways.filter(isWanted).reduce((sum, { customers }) => sum + customers, 0);
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
