/** A message that shows something: stream, display_data, execute_result, error, clear_output, … */
export interface OutputMessage {
  readonly type: string;
  readonly content: Record<string, unknown>;
}

/** How a piece of code ended. */
export interface Execution {
  readonly status: "ok" | "error";
  readonly executionCount: number;
  /** Exactly when `status` is `error`. */
  readonly error?: ExecutionError;
}

/** The error as the kernel tells it. */
export interface ExecutionError {
  readonly name: string;
  readonly message: string;
  /** The stack's lines, the message's first; empty when the code could not even start. */
  readonly traceback: readonly string[];
}

/** The content of an execute_request. */
export function toExecuteRequest(code: string, silent: boolean) {
  return {
    code,
    silent,
    store_history: !silent,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: false,
  };
}

/** How an execution ended, from its reply and the first error it showed. */
export function toExecution(
  reply: Record<string, unknown>,
  shown: Record<string, unknown> | undefined,
): Execution {
  const executionCount = Number(reply.execution_count ?? 0);
  // A display that throws sends an error and replies ok: the error decides.
  const content = shown ?? (reply.status === "ok" ? undefined : reply);
  if (content === undefined) return { status: "ok", executionCount };
  const traceback = (content.traceback as string[] | undefined ?? []).filter((line) => line !== "");
  return {
    status: "error",
    executionCount,
    error: { name: String(content.ename), message: String(content.evalue), traceback },
  };
}
