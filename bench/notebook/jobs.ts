/** The jobs of the notebooks' bench, as both sides read them from JSON. */

/** Executes notebooks one after the other; `each` of the answer is the seconds of each. */
export interface ExecuteJob {
  readonly task: "execute";
  readonly runner: Runner;
  /** Pairs of the source's path and where its executed copy goes. */
  readonly notebooks: readonly (readonly [source: string, target: string])[];
  /** Where the peers' Jupyter finds the kernel. */
  readonly jupyterPath: string;
}

/** Who executes notebooks. */
export type Runner = "feira" | Peer;
export type Peer = "papermill" | "nbclient";

export const PEERS: readonly Peer[] = ["papermill", "nbclient"];
