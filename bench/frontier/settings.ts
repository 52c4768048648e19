import type { Grid, SomInit } from "feira/som";

/** Batch training, or a further pass of it from the map before. */
export interface BatchStage {
  readonly kind: "batch";
  readonly epochs: number;
  readonly radiusStart: number;
  readonly radiusEnd: number;
  readonly radiusDecay?: "exponential" | "linear";
  /** Of the first stage; later ones go on from the map before. */
  readonly init?: SomInit;
}

/** Online training; sigma and learning rate fall exponentially between their ends. */
export interface OnlineStage {
  readonly kind: "online";
  readonly iterations: number;
  readonly sigma: readonly [start: number, end: number];
  readonly learningRate: readonly [start: number, end: number];
  readonly init?: SomInit;
}

/** The guide's own schedule: MiniSom's asymptotic decay. */
export interface GuideStage {
  readonly kind: "guide";
  readonly iterations: number;
}

/** What one setting changes of the base, and how a map is trained by it. */
export interface FrontierSetting {
  readonly name: string;
  /** What is varied; settings of a group are joined by a line in the figure. */
  readonly group: string;
  readonly grid: Grid;
  readonly stages: readonly (BatchStage | OnlineStage | GuideStage)[];
}

/** Rectangular, the guide's. */
const RECTANGULAR: Grid = { width: 80, height: 40 };
const HEXAGONAL: Grid = { ...RECTANGULAR, topology: "hexagonal" };

/** Final radii from smooth to sharp, in neurons. */
const RADII = [0.7, 0.6, 0.5, 0.44, 0.4, 0.38, 0.35] as const;

/** The radius that the groups which do not vary it take. */
const RADIUS = 0.44;

const BASE = { kind: "batch", epochs: 80, radiusStart: 20, radiusEnd: RADIUS } as const;

/** What the settings are made for. */
export interface FrontierSpec {
  /** A grid in the proportions of the data's principal components. */
  readonly proportional: Grid;
  /** Cuts training for a quick run: at most so many epochs and iterations. */
  readonly epochs?: number;
  readonly iterations?: number;
}

/** Every setting that the frontier is drawn over. */
export function frontierSettings(
  { proportional, epochs = Infinity, iterations = Infinity }: FrontierSpec,
): FrontierSetting[] {
  return all(proportional).map((setting) => ({
    ...setting,
    stages: setting.stages.map((stage) =>
      stage.kind === "batch"
        ? { ...stage, epochs: Math.min(stage.epochs, epochs) }
        : { ...stage, iterations: Math.min(stage.iterations, iterations) }
    ),
  }));
}

function all(proportional: Grid): FrontierSetting[] {
  const shape = `${proportional.width} × ${proportional.height}`;
  return [
    {
      name: "the guide's settings",
      group: "guide",
      grid: RECTANGULAR,
      stages: [{ kind: "guide", iterations: 1_000_000 }],
    },
    ...overRadii("batch, 80 epochs", RECTANGULAR, {}),
    ...overEpochs([160]),
    ...[5, 10, 40].flatMap((radiusStart) =>
      overRadii(`radius from ${radiusStart}, 80 epochs`, RECTANGULAR, { radiusStart }, [
        RADIUS,
        0.38,
      ])
    ),
    ...overRadii("radius from 5, 160 epochs", RECTANGULAR, { radiusStart: 5, epochs: 160 }),
    ...overRadii("radius from 2, 160 epochs", RECTANGULAR, { radiusStart: 2, epochs: 160 }, [
      0.5,
      RADIUS,
    ]),
    ...overRadii("radius from 5, 320 epochs", RECTANGULAR, { radiusStart: 5, epochs: 320 }, [
      0.5,
      RADIUS,
    ]),
    ...overRadii("start from a sample", RECTANGULAR, { init: "sample" }, [RADIUS, 0.38]),
    ...overRadii("radius falls linearly", RECTANGULAR, { radiusDecay: "linear" }, [RADIUS, 0.38]),
    ...overRadii("hexagonal grid", HEXAGONAL, {}),
    ...overRadii(`${shape} neurons`, proportional, {}),
    ...overRadii(`${shape} neurons, 160 epochs`, proportional, { epochs: 160 }),
    ...onlinePasses(),
    ...onlineFromPlane(),
    ...heldRadii(),
    ...overEpochs([20, 40]),
  ];
}

function overRadii(
  group: string,
  grid: Grid,
  change: Partial<BatchStage>,
  radii: readonly number[] = RADII,
): FrontierSetting[] {
  return radii.map((radiusEnd) => ({
    name: `${group}, radius to ${radiusEnd}`,
    group,
    grid,
    stages: [{ ...BASE, init: "pca-spread", ...change, radiusEnd }],
  }));
}

function overEpochs(numbers: readonly number[]): FrontierSetting[] {
  return numbers.flatMap((epochs) =>
    overRadii(`batch, ${epochs} epochs`, RECTANGULAR, { epochs }, [0.6, RADIUS, 0.38])
  );
}

/** Forty epochs more at the last radius. */
function heldRadii(): FrontierSetting[] {
  const group = "40 epochs more at the last radius";
  return [0.5, RADIUS, 0.38].map((radiusEnd) => ({
    name: `${group}, ${radiusEnd}`,
    group,
    grid: RECTANGULAR,
    stages: [
      { ...BASE, init: "pca-spread", radiusEnd },
      { kind: "batch", epochs: 40, radiusStart: radiusEnd, radiusEnd },
    ],
  }));
}

/** A million samples more, one by one, after the batch training of the base. */
function onlinePasses(): FrontierSetting[] {
  const group = "a last online pass";
  return [0.6, RADIUS, 0.38].map((sigma) => ({
    name: `${group}, sigma ${sigma}`,
    group,
    grid: RECTANGULAR,
    stages: [
      { ...BASE, init: "pca-spread" },
      {
        kind: "online",
        iterations: 1_000_000,
        sigma: [sigma, sigma],
        learningRate: [0.05, 0.005],
      },
    ],
  }));
}

/** Online training all the way, from the principal plane. */
function onlineFromPlane(): FrontierSetting[] {
  const group = "online from the principal plane";
  return [0.5, 0.4, 0.33].map((end) => ({
    name: `${group}, sigma to ${end}`,
    group,
    grid: RECTANGULAR,
    stages: [{
      kind: "online",
      iterations: 3_000_000,
      sigma: [10, end],
      learningRate: [0.15, 0.01],
      init: "pca-spread",
    }],
  }));
}
