export const DISPLAY = Symbol.for("Jupyter.display");

/** Anything that Jupyter shows when it is a cell's last value. */
export interface Display {
  readonly [DISPLAY]: () => Record<string, unknown>;
}
