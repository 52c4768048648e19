import type { OnlineSpec } from "feira/som";

/** A map that `minisom_agreement_peer.py` has trained. */
export interface PeerMap {
  readonly settings: PeerSettings;
  readonly weights: readonly number[];
  /** What MiniSom says of it; on some maps only. */
  readonly qe?: number;
  readonly te?: number;
  readonly distortion?: number;
  readonly response?: readonly number[];
  readonly uSum?: readonly number[];
  readonly uMean?: readonly number[];
}

/** Settings of `minisom_cases.py`, complete. */
export type PeerSettings =
  & Required<Omit<OnlineSpec, "onProgress" | "signal" | "fixedPoints" | "init">>
  & {
    readonly data: string;
    readonly init: "random" | "sample" | "pca";
    readonly fixedPoints: readonly (readonly [row: number, place: readonly [number, number]])[];
  };
