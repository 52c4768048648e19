import type { PresetName } from "feira/features";
import type { BatchSpec, OnlineSpec, SomInit, Topology } from "feira/som";

/** How the map is trained; plain data, see `trainOnline` and `trainBatch` of `feira/som`. */
export type Training =
  | (
    & { readonly kind: "online" }
    & Settled<OnlineSpec, "sigma" | "learningRate" | "iterations" | "order">
  )
  | ({ readonly kind: "batch" } & Settled<BatchSpec, "epochs" | "radiusStart" | "radiusEnd">);

/** These settings, those that both ways of training share, and the grid; none left to a default. */
type Settled<Spec extends BatchSpec | OnlineSpec, Own extends keyof Spec> =
  & Readonly<Required<Pick<Spec, Own | "width" | "height" | "seed">>>
  & { readonly init: SomInit; readonly topology?: Topology };

/** Everything that decides a segmentation but the data; plain data. */
export interface SegmentationSettings {
  readonly name: string;
  /** One line for a reader. */
  readonly description: string;
  /** What describes a customer to the map. */
  readonly features: PresetName;
  readonly training: Training;
  /** Number of segments. */
  readonly k: number;
  /**
   * Which neurons k-means groups: `all`, or only those that are some customer's
   * best unit (`hit`). A neuron that nobody is nearest to only bridges a gap
   * between customers and should not shape their segments.
   */
  readonly neurons: "all" | "hit";
  /** Of k-means. */
  readonly restarts: number;
  /** Of k-means. */
  readonly seed: number;
}

/** The elbow is drawn over these numbers of segments. */
export const ELBOW = { from: 2, to: 10 } as const;

/** The guide's settings, exactly; it took k = 3 from the elbow over 2 to 10. */
export const GUIDE: SegmentationSettings = {
  name: "guide",
  description: "The guide's settings: online, 80 × 40, sigma 1.2, learning rate 0.15",
  features: "guide",
  training: {
    kind: "online",
    width: 80,
    height: 40,
    sigma: 1.2,
    learningRate: 0.15,
    iterations: 1_000_000,
    seed: 42,
    init: "sample",
    order: "random",
  },
  k: 3,
  neurons: "all",
  restarts: 10,
  seed: 42,
};
