/** What happens while a notebook runs, for a live view. */
export type NotebookEvent =
  | {
    readonly type: "cell started";
    readonly notebook: string;
    /** Counted from 1 among the code cells. */
    readonly cell: number;
    readonly total: number;
    readonly title: string;
  }
  | {
    readonly type: "output";
    readonly notebook: string;
    readonly cell: number;
    readonly stream: "stdout" | "stderr";
    readonly text: string;
  }
  | {
    readonly type: "cell finished";
    readonly notebook: string;
    readonly cell: number;
    readonly total: number;
    readonly title: string;
    readonly state: "ok" | "failed";
    readonly seconds: number;
  };
