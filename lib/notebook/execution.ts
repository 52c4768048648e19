import type { ErrorDetails } from "./jupyter/inside/errors.ts";

/** A message that shows something: stream, display_data, execute_result, error, clear_output, … */
export interface OutputMessage {
  readonly type: string;
  readonly content: Record<string, unknown>;
}

/** How code is run. */
export interface ExecuteOptions {
  /** What stacks call the code, without spaces. Default: `<anonymous>`, as all others. */
  readonly name?: string | undefined;
}

/** How a piece of code ended. */
export interface Execution {
  readonly status: "ok" | "error";
  readonly executionCount: number;
  /** How much of its outputs was dropped in the kernel, in characters. */
  readonly cut: number;
  /** Exactly when `status` is `error`. */
  readonly error?: ExecutionError;
}

/** The error as the kernel tells it. */
export interface ExecutionError {
  readonly name: string;
  readonly message: string;
  /** The stack's lines, the message's first; empty when the code could not even start. */
  readonly traceback: readonly string[];
  /** What it was thrown with: kind, cause, errors. Not there for what is no Error. */
  readonly details?: ErrorDetails;
}

/** The content of an execute_request; what is not counted leaves execution counts alone. */
export function toExecuteRequest(code: string, isCounted: boolean) {
  return {
    code,
    silent: false,
    store_history: isCounted,
    user_expressions: {},
    // The kernel's side asks whether its marks have arrived.
    allow_stdin: true,
    stop_on_error: false,
  };
}

/** The error of an execution, from its reply and the first error it showed. */
export function maybeError(
  reply: Record<string, unknown>,
  shown: Record<string, unknown> | undefined,
): ExecutionError | undefined {
  // A display that throws sends an error and replies ok: the error decides.
  const content = shown ?? (reply.status === "ok" ? undefined : reply);
  if (content === undefined) return undefined;
  const traceback = (content.traceback as string[] | undefined ?? []).filter((line) => line !== "");
  return { name: String(content.ename), message: String(content.evalue), traceback };
}
