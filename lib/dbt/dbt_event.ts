/** Something that happened to a node while dbt builds. */
export interface DbtEvent {
  /** `start` when a node begins, else what the node is that ended. */
  readonly kind: "start" | "model" | "seed" | "snapshot" | "test";
  /** Of the model, the seed or the test. */
  readonly name: string;
  /** `running` with `start`; models have `success`, tests `pass`, `warn` or `fail`. */
  readonly status: "running" | "success" | "pass" | "warn" | "fail" | "error" | "skipped";
  /** Number of the node in this build, from 1. */
  readonly index: number;
  /** Number of nodes in this build. */
  readonly total: number;
  /** What the node took; 0 with `start` and for skipped nodes. */
  readonly seconds: number;
}

/** One line of dbt's JSON log, as far as this room reads it. */
export interface DbtLogLine {
  readonly info: {
    readonly name: string;
    readonly level: string;
    readonly msg: string;
    readonly invocation_id: string;
  };
  readonly data: {
    readonly index?: number;
    readonly total?: number;
    /** What tests call `total`. */
    readonly num_models?: number;
    readonly execution_time?: number;
    /** Of tests as their nodes call it; of models in other words than `node_status`. */
    readonly status?: string;
    readonly node_info?: {
      readonly node_name: string;
      readonly node_status: string;
      readonly resource_type: string;
    };
  };
}

/** Log events that tell of a node's start, its end, or that it was skipped. */
const STARTS = ["LogStartLine"];
const ENDS = ["LogModelResult", "LogSeedResult", "LogSnapshotResult", "LogTestResult"];
const SKIPS = ["SkippingDetails", "LogSkipBecauseError"];

const KINDS: Readonly<Record<string, DbtEvent["kind"]>> = {
  model: "model",
  seed: "seed",
  snapshot: "snapshot",
  test: "test",
  unit_test: "test",
};

const STATUSES: Readonly<Record<string, DbtEvent["status"]>> = {
  success: "success",
  pass: "pass",
  warn: "warn",
  fail: "fail",
  error: "error",
  "partial success": "error",
  skipped: "skipped",
};

/** A line of `--log-format json`; undefined when it is not one, as Python's own warnings. */
export function maybeLogLine(line: string): DbtLogLine | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const parsed = JSON.parse(line);
    return typeof parsed?.info?.name === "string" ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What a log line says about a node; undefined for lines about anything else.
 *
 * Reads `data` only: dbt's `msg` is for people and has colour codes in it.
 */
export function maybeDbtEvent({ info, data }: DbtLogLine): DbtEvent | undefined {
  const node = data.node_info;
  const kind = node && KINDS[node.resource_type];
  if (node === undefined || kind === undefined) return undefined;
  const place = {
    name: node.node_name,
    index: data.index ?? 0,
    total: data.total ?? data.num_models ?? 0,
  };
  if (STARTS.includes(info.name)) return { kind: "start", ...place, status: "running", seconds: 0 };
  if (SKIPS.includes(info.name)) return { kind, ...place, status: "skipped", seconds: 0 };
  if (!ENDS.includes(info.name)) return undefined;
  // The node of a unit test has the status "None".
  const status = STATUSES[node.node_status] ?? STATUSES[data.status ?? ""] ?? "error";
  return { kind, ...place, status, seconds: data.execution_time ?? 0 };
}
