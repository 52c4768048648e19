import { addVersions, type NewVersion, type SegmentVersion } from "feira/segments";
import fc from "fast-check";
import assert from "node:assert/strict";

const MAY = "2018-05-01 10:00:00";
const JUNE = "2018-06-01 10:00:00";
const JULY = "2018-07-01 10:00:00.000001";

function toVersion(id: number, name: string, more: Partial<NewVersion> = {}): NewVersion {
  return {
    segment_id: id,
    level: id < 100 ? 1 : 2,
    parent_segment_id: id < 100 ? null : 0,
    name,
    description: "",
    insight: "",
    strategy: "",
    customers: 5,
    customer_share: 0.5,
    revenue_share: 0.25,
    evidence: [],
    stability: null,
    is_trustworthy: null,
    model_id: "m1",
    was_forced: false,
    profile: { recency: 3 },
    ...more,
  };
}

/** As [id, name, from, to]. */
const short = (history: readonly SegmentVersion[]) =>
  history.map(({ segment_id, name, valid_from, valid_to }) => [
    ...[segment_id, name, valid_from, valid_to],
  ]);

Deno.test("addVersions() begins, keeps, replaces and retires versions", () => {
  const first = addVersions([], [toVersion(1, "B"), toVersion(0, "A"), toVersion(100, "P")], MAY);
  assert.deepEqual(short(first), [[0, "A", MAY, null], [1, "B", MAY, null], [100, "P", MAY, null]]);
  const second = addVersions(first, [toVersion(0, "A"), toVersion(1, "C")], JUNE);
  assert.deepEqual(short(second), [
    [0, "A", MAY, null],
    [1, "B", MAY, JUNE],
    [1, "C", JUNE, null],
    [100, "P", MAY, JUNE],
  ]);
  // What comes back begins anew, and what was closed stays as it was.
  const third = addVersions(second, [toVersion(1, "C"), toVersion(100, "P")], JULY);
  assert.deepEqual(short(third), [
    [0, "A", MAY, JULY],
    [1, "B", MAY, JUNE],
    [1, "C", JUNE, null],
    [100, "P", MAY, JUNE],
    [100, "P", JULY, null],
  ]);
});

Deno.test("addVersions() sees a change in any field", () => {
  const first = addVersions([], [toVersion(0, "A")], MAY);
  const changes: Partial<NewVersion>[] = [
    { name: "B" },
    { description: "Who" },
    { insight: "Why" },
    { strategy: "What" },
    { customers: 6 },
    { customer_share: 0.6 },
    { revenue_share: 0.26 },
    { evidence: [{ claim: "median(recency) > 2", value: 3, everyone: 2, holds: true }] },
    { stability: 0.9 },
    { is_trustworthy: true },
    { model_id: "m2" },
    { was_forced: true },
    { profile: { recency: 4 } },
  ];
  for (const change of changes) {
    const second = addVersions(first, [toVersion(0, "A", change)], JUNE);
    assert.equal(second.length, 2, JSON.stringify(change));
  }
  assert.deepEqual(addVersions(first, [toVersion(0, "A")], JUNE), first);
});

Deno.test("addVersions() refuses a version to end before it begins", () => {
  const first = addVersions([], [toVersion(0, "A")], JUNE);
  for (const at of [MAY, JUNE]) {
    assert.throws(() => addVersions(first, [toVersion(0, "B")], at), {
      kind: "data",
      message: new RegExp(`segment 0 .* begins at ${JUNE}, must be before ${at}`),
    });
  }
});

Deno.test("addVersions() has at every moment the segments that were published then", () => {
  const publication = fc.uniqueArray(
    fc.record({ id: fc.nat(4), name: fc.constantFrom("A", "B") }),
    { selector: ({ id }) => id, minLength: 1 },
  );
  fc.assert(fc.property(fc.array(publication, { minLength: 1, maxLength: 6 }), (publications) => {
    const at = (month: number) => `2018-0${month + 1}-01 00:00:00`;
    const history = publications.reduce<readonly SegmentVersion[]>(
      (before, segments, month) =>
        addVersions(before, segments.map(({ id, name }) => toVersion(id, name)), at(month)),
      [],
    );
    publications.forEach((segments, month) => {
      const held = history.filter(({ valid_from, valid_to }) =>
        valid_from <= at(month) && (valid_to === null || at(month) < valid_to)
      );
      assert.deepEqual(
        held.map(({ segment_id, name }) => [segment_id, name]),
        segments.toSorted((a, b) => a.id - b.id).map(({ id, name }) => [id, name]),
      );
    });
  }));
});
