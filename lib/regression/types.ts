import type { Tolerance } from "./tolerance.ts";

/** How the outputs of one cell are compared; what is not said is as for all cells. */
export interface Comparison extends Partial<Tolerance> {
  /** Columns, by key, and key figures, by label, that may be anything. */
  readonly ignore?: readonly string[];
  /** Tolerances of single columns, by key. */
  readonly columns?: Readonly<Record<string, Partial<Tolerance>>>;
}

/** Many numbers in four: any of them that changes changes one of these. */
export interface NumbersDigest {
  readonly count: number;
  readonly mean: number;
  /** Standard deviation, population. */
  readonly deviation: number;
  /** Mean with weights 1, 2, 3, …: two numbers that change places change it. */
  readonly weighted: number;
}

/** A picture of pixels: its size, px, and its channels, 0 to 255. */
export interface PixelsDigest {
  readonly size: string;
  readonly channels: Readonly<Record<"red" | "green" | "blue" | "alpha", NumbersDigest>>;
}

/** A column of a table, as the table itself describes it. */
export interface TableColumnDigest {
  readonly key: string;
  readonly label: string;
  readonly type: string;
  readonly format?: string;
  readonly digits?: number;
}

/** One output, as little of it as shows every change that matters. */
export type OutputDigest =
  | { readonly kind: "stream"; readonly name: string; readonly text: string }
  | {
    readonly kind: "table";
    readonly title: string;
    readonly caption: string;
    readonly columns: readonly TableColumnDigest[];
    /** Plain values, in the columns' order; numbers to nine digits. */
    readonly rows: readonly (readonly (string | number | null)[])[];
    readonly totalRows: number;
  }
  | {
    readonly kind: "facts";
    readonly title: string;
    /** Label, value as it is shown, and the words below it. */
    readonly facts: readonly (readonly string[])[];
  }
  | {
    readonly kind: "figure";
    readonly title: string;
    readonly caption: string;
    /** Says the data in words, and is compared number by number. */
    readonly alt: string;
    readonly size: string;
    /** How many of each element. */
    readonly elements: Readonly<Record<string, number>>;
    /** How many elements have each fill and stroke. */
    readonly colours: Readonly<Record<string, number>>;
    /** What is written in it, in order. */
    readonly texts: readonly string[];
    /** The numbers of each attribute of each element, as `rect height`. */
    readonly geometry: Readonly<Record<string, NumbersDigest>>;
    readonly images: readonly PixelsDigest[];
  }
  | { readonly kind: "image"; readonly type: string; readonly pixels: PixelsDigest }
  | { readonly kind: "data"; readonly type: string; readonly value: unknown }
  | { readonly kind: "text"; readonly type: string; readonly text: string }
  | { readonly kind: "error"; readonly name: string; readonly message: string };

/** What one code cell showed. */
export interface CellDigest {
  /** The cell's own id: cells are compared with those of the same id. */
  readonly id: string;
  /** Counted from 1 among the code cells. */
  readonly cell: number;
  /** The heading that it stands under. */
  readonly title: string;
  readonly compare?: Comparison;
  /** Tagged `ignore-output` or `provenance`: then there are no outputs here. */
  readonly ignored?: true;
  readonly outputs: readonly OutputDigest[];
}

/** What a notebook showed; cells that showed nothing are left out. */
export interface NotebookDigest {
  readonly notebook: string;
  readonly cells: readonly CellDigest[];
}
