import { assertOneOf } from "./_check.ts";
import { HEXAGONAL_ROW, isShifted } from "./geometry.ts";
import type { Grid } from "./types.ts";

/**
 * How strongly a neuron moves with the best unit, at dx and dy from it in the
 * plane (see `neuronPositions`):
 *
 * - `gaussian`: exp(-dx²/2σ²) · exp(-dy²/2σ²)
 * - `mexican-hat`: exp(-r²/2σ²) · (1 - r²/σ²) with r² = dx² + dy²; neurons in its
 *   brim are pushed away
 * - `bubble`: 1 where the columns and the rows are both fewer than σ apart, else 0
 * - `triangle`: (σ - columns apart) · (σ - rows apart), 0 where either is negative;
 *   at the best unit itself it is σ²
 *
 * As in MiniSom, `bubble` and `triangle` count columns and rows on a hexagonal
 * grid too.
 */
export type SomNeighbourhood = "gaussian" | "mexican-hat" | "bubble" | "triangle";

const KINDS: readonly SomNeighbourhood[] = ["gaussian", "mexican-hat", "bubble", "triangle"];

/**
 * Beyond so many sigma a gaussian, and a mexican hat, is under 2^-53 of its peak,
 * so that an update there no longer changes a float64.
 */
const REACH_SIGMAS: Partial<Record<SomNeighbourhood, number>> = {
  gaussian: 8.58,
  "mexican-hat": 9.1,
};

/** The square of a smaller sigma would be 0; none of these reaches a neighbour anyway. */
const LEAST_SIGMA = 1e-150;

/** The strengths around one best unit at a time, and the window outside of which they are 0. */
export class Neighbourhood {
  /** Of the last `centre`: first and last column and row of the window. */
  x0 = 0;
  x1 = 0;
  y0 = 0;
  y1 = 0;
  /** `[width × height]`, valid within the window. */
  readonly strengths: Float64Array;
  readonly #grid: Grid;
  readonly #kind: SomNeighbourhood;
  readonly #shifts: Float64Array;
  readonly #rowStep: number;
  /** `[width × 2]`: factors along x in a row that is not shifted, and in one that is. */
  readonly #alongX: Float64Array;

  constructor(grid: Grid, kind: SomNeighbourhood, action: string) {
    assertOneOf(kind, KINDS, `Cannot ${action}: neighbourhood`);
    const { width, height, topology } = grid;
    const isFlat = kind === "bubble" || kind === "triangle" || topology !== "hexagonal";
    this.strengths = new Float64Array(width * height);
    this.#alongX = new Float64Array(width * 2);
    this.#grid = grid;
    this.#kind = kind;
    this.#shifts = Float64Array.from(
      { length: height },
      (_, y) => !isFlat && isShifted(grid, y) ? -0.5 : 0,
    );
    this.#rowStep = isFlat ? 1 : HEXAGONAL_ROW;
  }

  /** Fills the window around a neuron. */
  centre(best: number, givenSigma: number): void {
    const sigma = Math.max(givenSigma, LEAST_SIGMA);
    const { width, height } = this.#grid;
    const bx = Math.floor(best / height);
    const by = best % height;
    const cells = (REACH_SIGMAS[this.#kind] ?? 1) * sigma;
    const reachX = Math.ceil(cells) + 1;
    const reachY = Math.ceil(cells / this.#rowStep);
    this.x0 = Math.max(0, bx - reachX);
    this.x1 = Math.min(width - 1, bx + reachX);
    this.y0 = Math.max(0, by - reachY);
    this.y1 = Math.min(height - 1, by + reachY);
    const fromX = bx + this.#shifts[by]!;
    if (this.#kind === "mexican-hat") this.#fillHat(fromX, by, sigma);
    else this.#fillProduct(fromX, by, sigma);
  }

  /** What is the product of a factor along x and one along y. */
  #fillProduct(fromX: number, by: number, sigma: number): void {
    const { height } = this.#grid;
    for (let x = this.x0; x <= this.x1; x++) {
      this.#alongX[x * 2] = this.#factor(x - fromX, sigma);
      this.#alongX[x * 2 + 1] = this.#factor(x - 0.5 - fromX, sigma);
    }
    for (let y = this.y0; y <= this.y1; y++) {
      const alongY = this.#factor((y - by) * this.#rowStep, sigma);
      const column = this.#shifts[y] === 0 ? 0 : 1;
      for (let x = this.x0, at = this.x0 * height + y; x <= this.x1; x++, at += height) {
        this.strengths[at] = this.#alongX[x * 2 + column]! * alongY;
      }
    }
  }

  #factor(apart: number, sigma: number): number {
    switch (this.#kind) {
      case "bubble":
        return apart > -sigma && apart < sigma ? 1 : 0;
      case "triangle":
        return Math.max(0, sigma - Math.abs(apart));
      default:
        return Math.exp(-(apart * apart) / (2 * sigma * sigma));
    }
  }

  #fillHat(fromX: number, by: number, sigma: number): void {
    const { height } = this.#grid;
    const spread = 2 * sigma * sigma;
    for (let y = this.y0; y <= this.y1; y++) {
      const dy = (y - by) * this.#rowStep;
      const shift = this.#shifts[y]! - fromX;
      for (let x = this.x0, at = this.x0 * height + y; x <= this.x1; x++, at += height) {
        const squared = (x + shift) ** 2 + dy * dy;
        this.strengths[at] = Math.exp(-squared / spread) * (1 - 2 / spread * squared);
      }
    }
  }
}
