import type { PipelineEvent } from "feira/notebook";
import { print } from "./_main.ts";
import { maybeResultLine } from "./_result_line.ts";
import type { LogFormat } from "./_run_options.ts";
import { systemTerminal, terminalView } from "./_terminal_view.ts";

/** Shows a run while it is under way. */
export interface RunView {
  readonly onEvent: (event: PipelineEvent) => void;
  /** A line between the notebooks. */
  readonly line: (text: string) => void;
}

/**
 * `json`: one JSON object per event. `plain`: one line per notebook. `auto`:
 * on a terminal the cells at work and their last lines of output besides, elsewhere
 * as `plain`.
 */
export function openRunView(format: LogFormat): RunView {
  if (format === "json") return jsonView();
  return format === "auto" && Deno.stdout.isTerminal() ? terminalView(systemTerminal) : plainView();
}

function jsonView(): RunView {
  const tell = (event: object) =>
    print(JSON.stringify({ time: Temporal.Now.instant().toString(), ...event }));
  return {
    onEvent: (event) =>
      tell(
        event.type === "notebook finished" && event.error
          ? { ...event, error: event.error.message }
          : event,
      ),
    line: (text) => tell({ type: "message", text }),
  };
}

function plainView(): RunView {
  return {
    onEvent: (event) => {
      if (event.type === "notebook started") print(`  ${event.notebook}: ${event.why} …`);
      const line = maybeResultLine(event);
      if (line !== undefined) print(line);
    },
    line: print,
  };
}
