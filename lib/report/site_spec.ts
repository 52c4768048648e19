import type { DrawnNotebook } from "feira/notebook";
import type { Effects } from "feira/workspace";

/** How one notebook fared in a run. `skipped`: an earlier one failed before its turn. */
export interface NotebookRun {
  readonly name: string;
  readonly title?: string | undefined;
  readonly state: "ran" | "fresh" | "failed" | "skipped";
  readonly seconds: number;
  /** Why it ran, was fresh or failed; one sentence. */
  readonly why?: string | undefined;
}

/** A run as `reports/run.json` records it. */
export interface SiteRun {
  /** The moment it began, ISO 8601. */
  readonly started: string;
  readonly seconds: number;
  readonly source: string;
  readonly warehouse: string;
  readonly notebooks: readonly NotebookRun[];
  readonly tests?:
    | { readonly passed: number; readonly warned: number; readonly failed: number }
    | undefined;
  readonly model?:
    | {
      readonly preset: string;
      readonly qe: number;
      readonly te: number;
      readonly silhouette: number;
      readonly dbi: number;
      readonly k: number;
      readonly gate: "passed" | "failed";
      /** Whether it was published though the gate failed. */
      readonly forced?: boolean | undefined;
    }
    | undefined;
  readonly segments?:
    | readonly {
      readonly id: number | string;
      readonly name: string;
      readonly customers: number;
      /** `#rrggbb`, the same as in the figures. */
      readonly color?: string | undefined;
    }[]
    | undefined;
}

/** A page that the index leads to. */
export interface SiteDocument {
  /** Its file's name, beside the index. */
  readonly file: string;
  readonly title: string;
  /** What one finds there, in a sentence. */
  readonly about: string;
}

/** A run of the past, as the status page lists it. */
export interface PastRun {
  /** ISO 8601. */
  readonly started: string;
  readonly seconds: number;
  readonly end: "done" | "failed" | "interrupted";
  /** What it was asked for, as it could have been typed; `""` for nothing special. */
  readonly asked: string;
  /** What it ended with where it was not done. */
  readonly error?: string | undefined;
  readonly notebooks: readonly NotebookRun[];
  /** What became of the model, in words. */
  readonly gate?: string | undefined;
}

/** How things stand, and how the last runs went: the content of status.html. */
export interface SiteStatus {
  /** In the order of a run. */
  readonly notebooks: readonly DrawnNotebook[];
  /** The newest first. */
  readonly runs: readonly PastRun[];
}

/** What all pages of a site tell. */
export interface Site {
  readonly title: string;
  /** What this is, in a sentence or two, for the index. */
  readonly abstract?: string | undefined;
  /** A warning that stands on every page, as that the data is synthetic. */
  readonly banner?: string | undefined;
  readonly run: SiteRun;
  /** Pages that lie beside the index and are no notebooks'. */
  readonly documents?: readonly SiteDocument[] | undefined;
  /** Without it there is no status page. */
  readonly status?: SiteStatus | undefined;
  /** Where the figures come from: data and fingerprint, parameters, versions, commit. */
  readonly provenance: readonly { readonly label: string; readonly value: string }[];
}

/** What {@linkcode buildSite} needs. */
export interface SiteSpec {
  /** The folder of the executed notebooks, `*.ipynb`. */
  readonly executedDir: string;
  /** The folder that the pages go into; made where it is missing. */
  readonly outDir: string;
  readonly site: Site;
  readonly effects?: Effects | undefined;
}

/** A page that was written. */
export interface SitePage {
  /** The notebook's name, as `01_ingest`. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}
