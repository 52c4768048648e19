/** What lifetimes and scipy say; see tests/fixtures/lifetime/make_figures.py. */
export interface Figures {
  readonly cdnow: { repeats: number[]; lastAt: number[]; age: number[] };
  readonly cdnow_values: { purchases: number[]; meanValue: number[] };
  readonly probes: [number, number, number][];
  readonly horizon: number;
  readonly "bg-nbd": PurchaseFigures;
  readonly "mbg-nbd": PurchaseFigures;
  readonly "gamma-gamma": {
    parameters: Record<"p" | "q" | "v", number>;
    standard_errors: Record<"p" | "q" | "v", number>;
    log_likelihood: number;
    expected: number[];
  };
  readonly special: {
    arguments: number[];
    log_gamma: number[];
    digamma: number[];
    hypergeometric: [number, number, number, number, number][];
  };
}

interface PurchaseFigures {
  parameters: Record<"r" | "alpha" | "a" | "b", number>;
  standard_errors: Record<"r" | "alpha" | "a" | "b", number>;
  alive: number[];
  expected: number[];
}

export const FIGURES: Figures = JSON.parse(
  await Deno.readTextFile(new URL("../fixtures/lifetime/figures.json", import.meta.url)),
);

/** The histories that the figures were asked about. */
export const PROBES = {
  repeats: FIGURES.probes.map(([x]) => x),
  lastAt: FIGURES.probes.map(([, at]) => at),
  age: FIGURES.probes.map(([, , age]) => age),
};
