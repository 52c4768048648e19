import assert from "node:assert/strict";
import {
  barFigure,
  componentPlanesFigure,
  correlationFigure,
  elbowFigure,
  type Figure,
  heatmapFigure,
  histogramsFigure,
  lineFigure,
  segmentMapFigure,
  segmentProfileFigure,
  segmentSizesFigure,
  shareBarsFigure,
  stateMapFigure,
  tradeOffCurvesFigure,
  tradeOffFigure,
  uMatrixFigure,
  uMatrixHitsFigure,
} from "feira/plots";
import { parseXml } from "./_svg.ts";

const title = "t";
const xy = { x: "x", y: "y", title };
const states = { state: "state", value: "value", title };
const cells = { x: "x", y: "y", value: "value", title };
const shares = { x: "x", part: "part", value: "value", title };
const two = { width: 1, height: 2, title };
const segments = [{ id: 0, name: "all" }];
const feature = { label: "a", mean: 1, median: 1, z: 0 };
const profile = { id: 0, name: "all", customers: 1, features: [feature] };

const REFUSED: Readonly<Record<string, [() => unknown, ErrorConstructor, RegExp]>> = {
  "no bars": [() => barFigure([], xy), RangeError, /Cannot draw bars: rows is empty/],
  "a bar of NaN": [() => barFigure([{ x: 1, y: NaN }], xy), RangeError, /y of row 0 is NaN/],
  "a bar of null": [() => barFigure([{ x: 1, y: null }], xy), TypeError, /y of row 0 is null/],
  "a bar of text": [() => barFigure([{ x: 1, y: "7" }], xy), TypeError, /y of row 0 is "7"/],
  "a category twice": [
    () => barFigure([{ x: 1, y: 1 }, { x: "1", y: 2 }], xy),
    RangeError,
    /x "1" comes twice/,
  ],
  "an unknown highlight": [
    () => barFigure([{ x: 1, y: 1 }], { ...xy, highlight: ["2"] }),
    RangeError,
    /highlight has "2"/,
  ],
  "no points": [() => lineFigure([], xy), RangeError, /rows is empty/],
  "only nulls": [() => lineFigure([{ x: "2018-01", y: null }], xy), RangeError, /every y is null/],
  "an infinite point": [
    () => lineFigure([{ x: "2018-01", y: Infinity }], xy),
    RangeError,
    /Infinity/,
  ],
  "a thirteenth month": [
    () => lineFigure([{ x: "2018-13", y: 1 }], xy),
    RangeError,
    /x of row 0 is "2018-13", must be a date/,
  ],
  "a date in words": [() => lineFigure([{ x: "May 2018", y: 1 }], xy), RangeError, /"May 2018"/],
  "an invalid Date": [
    () => lineFigure([{ x: new Date(NaN), y: 1 }], xy),
    RangeError,
    /must be a date/,
  ],
  "nine series": [
    () =>
      lineFigure(
        Array.from({ length: 9 }, (_, s) => ({ x: "2018-01", y: 1, s })),
        { ...xy, series: "s" },
      ),
    RangeError,
    /9 series, must be 8 or fewer/,
  ],
  "no states": [
    () => stateMapFigure([], states),
    RangeError,
    /Cannot draw a map of states: rows is/,
  ],
  "a state that is none": [
    () => stateMapFigure([{ state: "XX", value: 1 }], states),
    RangeError,
    /state of row 0 is "XX", must be one of AC, AL, AM/,
  ],
  "a state twice": [
    () => stateMapFigure([{ state: "SP", value: 1 }, { state: "SP", value: 2 }], states),
    RangeError,
    /state "SP" comes twice/,
  ],
  "a state of NaN": [
    () => stateMapFigure([{ state: "SP", value: NaN }], states),
    RangeError,
    /value of SP is NaN/,
  ],
  "only states without a number": [
    () => stateMapFigure([{ state: "SP", value: null }], states),
    RangeError,
    /every value is null/,
  ],
  "no cells": [() => heatmapFigure([], cells), RangeError, /Cannot draw a heatmap: rows is empty/],
  "a cell of text": [() => heatmapFigure([{ x: 1, y: 1, value: "7" }], cells), TypeError, /is "7"/],
  "an infinite cell": [
    () => heatmapFigure([{ x: 1, y: 1, value: Infinity }], cells),
    RangeError,
    /value of row 0 is Infinity/,
  ],
  "a cell twice": [
    () => heatmapFigure([{ x: 1, y: 2, value: 3 }, { x: "1", y: 2, value: 3 }], cells),
    RangeError,
    /x "1" and y "2" come twice/,
  ],
  "only cells without a number": [
    () => heatmapFigure([{ x: 1, y: 1, value: null }], cells),
    RangeError,
    /every value is null/,
  ],
  "41 columns": [
    () => heatmapFigure(Array.from({ length: 41 }, (_, x) => ({ x, y: 1, value: 1 })), cells),
    RangeError,
    /there are 41 columns, must be 40 or fewer/,
  ],
  "no shares": [() => shareBarsFigure([], shares), RangeError, /rows is empty/],
  "a negative share": [
    () => shareBarsFigure([{ x: 1, part: 1, value: -1 }], shares),
    RangeError,
    /value of row 0 is -1, must be 0 or more/,
  ],
  "a share of null": [
    () => shareBarsFigure([{ x: 1, part: 1, value: null }], shares),
    TypeError,
    /value of row 0 is null/,
  ],
  "a bar of nothing": [
    () => shareBarsFigure([{ x: "a", part: 1, value: 0 }], shares),
    RangeError,
    /x "a" adds up to 0, must be more/,
  ],
  "a part twice": [
    () => shareBarsFigure([{ x: 1, part: 1, value: 1 }, { x: 1, part: 1, value: 1 }], shares),
    RangeError,
    /x "1" and part "1" come twice/,
  ],
  "nine parts": [
    () =>
      shareBarsFigure(Array.from({ length: 9 }, (_, part) => ({ x: 1, part, value: 1 })), shares),
    RangeError,
    /there are 9 parts, must be 8 or fewer/,
  ],
  "no features": [() => histogramsFigure([], { title }), RangeError, /features is empty/],
  "a feature without values": [
    () => histogramsFigure([{ label: "a", values: [] }], { title }),
    RangeError,
    /a is empty/,
  ],
  "NaN in a feature": [
    () => histogramsFigure([{ label: "a", values: [1, NaN] }], { title }),
    RangeError,
    /a is NaN at 1/,
  ],
  "a negative value on a log axis": [
    () => histogramsFigure([{ label: "a", values: [-1, 99], log: true }], { title }),
    RangeError,
    /a is -1, must be 0 or more/,
  ],
  "no names": [() => correlationFigure({ names: [], matrix: [] }, { title }), RangeError, /empty/],
  "a matrix of another size": [
    () => correlationFigure({ names: ["a", "b"], matrix: [1, 0, 0] }, { title }),
    RangeError,
    /matrix has 3 values, must have 4/,
  ],
  "a correlation of 1.1": [
    () => correlationFigure({ names: ["a"], matrix: [1.1] }, { title }),
    RangeError,
    /matrix is 1.1 at 0/,
  ],
  "no ks": [() => elbowFigure({ ks: [], inertias: [] }, { title }), RangeError, /ks is empty/],
  "fewer inertias than ks": [
    () => elbowFigure({ ks: [2, 3], inertias: [1] }, { title }),
    RangeError,
    /inertias has 1 values, must have 2/,
  ],
  "a knee elsewhere": [
    () => elbowFigure({ ks: [2], inertias: [1], knee: 3 }, { title }),
    RangeError,
    /knee is 3, must be one of 2/,
  ],
  "no settings": [() => tradeOffFigure([], { title }), RangeError, /settings is empty/],
  "a NaN error": [
    () => tradeOffFigure([{ name: "a", qe: 1, te: NaN }], { title }),
    RangeError,
    /te of setting 0 is NaN/,
  ],
  "no curves": [() => tradeOffCurvesFigure([], { title }), RangeError, /curves is empty/],
  "a curve without points": [
    () => tradeOffCurvesFigure([{ name: "a", points: [] }], { title }),
    RangeError,
    /curve a is empty/,
  ],
  "nine curves": [
    () =>
      tradeOffCurvesFigure(
        Array.from({ length: 9 }, () => ({ name: "a", points: [{ name: "p", qe: 1, te: 1 }] })),
        { title },
      ),
    RangeError,
    /there are 9 curves, must be 8 or fewer/,
  ],
  "an infinite error": [
    () =>
      tradeOffCurvesFigure([{ name: "a", points: [{ name: "p", qe: Infinity, te: 1 }] }], {
        title,
      }),
    RangeError,
    /qe of p is Infinity, must be finite/,
  ],
  "a map of width 0": [
    () => uMatrixFigure([], { ...two, width: 0 }),
    RangeError,
    /width is 0, must be 1 or more/,
  ],
  "a map of another size": [() => uMatrixFigure([1], two), RangeError, /has 1 values, must have 2/],
  "NaN on a map": [() => uMatrixFigure([1, NaN], two), RangeError, /uMatrix is NaN at 1/],
  "negative customers": [
    () => uMatrixHitsFigure({ uMatrix: [1, 2], hits: [1, -1] }, two),
    RangeError,
    /hits is -1 at 1/,
  ],
  "no planes": [() => componentPlanesFigure([], two), RangeError, /planes is empty/],
  "a short plane": [
    () => componentPlanesFigure([{ label: "a", values: [1] }], two),
    RangeError,
    /a has 1 values, must have 2/,
  ],
  "an unknown segment": [
    () => segmentMapFigure([0, 5], { ...two, segments }),
    RangeError,
    /neuron 1 is of segment 5, must be one of 0/,
  ],
  "no profiles": [() => segmentProfileFigure([], { title }), RangeError, /profiles is empty/],
  "profiles of different features": [
    () =>
      segmentProfileFigure(
        [profile, { ...profile, id: 1, features: [{ ...feature, label: "b" }] }],
        {
          title,
        },
      ),
    RangeError,
    /segment 1 has features b, must be those of segment 0/,
  ],
  "a profile of NaN": [
    () => segmentProfileFigure([{ ...profile, features: [{ ...feature, z: NaN }] }], { title }),
    RangeError,
    /z of a in segment 0 is NaN/,
  ],
  "no sizes": [() => segmentSizesFigure([], { title }), RangeError, /segments is empty/],
  "a share in percent": [
    () => segmentSizesFigure([{ ...profile, revenueShare: 71.5 }], { title }),
    RangeError,
    /revenueShare of segment 0 is 71.5, must be 1 or less/,
  ],
};

for (const [name, [draw, kind, message]] of Object.entries(REFUSED)) {
  Deno.test(`${name} is refused`, () => {
    assert.throws(draw, (error) => {
      assert.ok(error instanceof kind, `${error}`);
      assert.match(error.message, /^Cannot /);
      assert.match(error.message, message);
      return true;
    });
  });
}

const DRAWN: Readonly<Record<string, () => Figure>> = {
  "one bar": () => barFigure([{ x: "a", y: 1 }], xy),
  "bars of zero": () => barFigure([{ x: "a", y: 0 }, { x: "b", y: 0 }], xy),
  "lying bars of zero": () => barFigure([{ x: "a", y: 0 }], { ...xy, horizontal: true }),
  "only negative bars": () => barFigure([{ x: "a", y: -3 }, { x: "b", y: -9 }], xy),
  "a hundred bars": () =>
    barFigure(Array.from({ length: 100 }, (_, x) => ({ x, y: x })), { ...xy, horizontal: false }),
  "one point": () => lineFigure([{ x: "2018-01-31 13:05:00", y: 7 }], { ...xy, zero: false }),
  "a constant line": () => lineFigure([{ x: "2018-01", y: 0 }, { x: "2018-02", y: 0 }], xy),
  "bigint points": () => lineFigure([{ x: new Date(0), y: 7n }, { x: "1971-01", y: 8n }], xy),
  "one value": () => histogramsFigure([{ label: "a", values: [3] }], { title }),
  "a constant on a log axis": () =>
    histogramsFigure([{ label: "a", values: [0.5, 0.5], log: true }], { title }),
  "one k": () => elbowFigure({ ks: [2], inertias: [0], knee: 2, chosen: 2 }, { title }),
  "one curve of one map": () =>
    tradeOffCurvesFigure([{ name: "a", points: [{ name: "p", qe: 0, te: 0 }] }], { title }),
  "one setting": () => tradeOffFigure([{ name: "a", qe: 0, te: 0 }], { title }),
  "one neuron": () => uMatrixHitsFigure({ uMatrix: [0], hits: [0] }, { ...two, height: 1 }),
  "a constant plane": () => componentPlanesFigure([{ label: "a", values: [2, 2] }], two),
  "a segment without neurons": () =>
    segmentMapFigure([0, 0], {
      ...two,
      segments: [...segments, { id: 1, name: "none" }],
      hits: [0, 0],
    }),
  "a segment without customers": () =>
    segmentSizesFigure([{ id: 0, name: "none", customers: 0, revenueShare: 0 }], { title }),
  "a huge z": () =>
    segmentProfileFigure([{ ...profile, features: [{ ...feature, mean: 1e9, z: -1e9 }] }], {
      title,
    }),
};

for (const [name, draw] of Object.entries(DRAWN)) {
  Deno.test(`${name} can be drawn`, () => {
    const { svg } = draw();
    parseXml(svg);
    assert.doesNotMatch(svg, /NaN|undefined|Infinity/);
  });
}
