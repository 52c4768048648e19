import { FeiraError } from "feira/workspace";

/**
 * Turns Ctrl-C (SIGINT) and SIGTERM into an abort signal until disposed. A
 * second Ctrl-C ends the process as it always does.
 *
 * @param state what the user finds afterwards, the end of the error's message
 */
export function onInterrupt(
  state = "all tables are as they were before the notebook that was cut",
): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
  const stop = () => signals.forEach((signal) => Deno.removeSignalListener(signal, abort));
  const abort = () => {
    stop();
    controller.abort(new FeiraError("failed", `Interrupted: ${state}`));
  };
  signals.forEach((signal) => Deno.addSignalListener(signal, abort));
  return { signal: controller.signal, [Symbol.dispose]: stop };
}
