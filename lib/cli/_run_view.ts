import type { PipelineEvent } from "feira/notebook";
import { print } from "./_main.ts";
import type { LogFormat } from "./_run_options.ts";

/** Shows a run while it is under way. */
export interface RunView {
  readonly onEvent: (event: PipelineEvent) => void;
  /** A line between the notebooks. */
  readonly line: (text: string) => void;
}

/**
 * `json`: one JSON object per event. `plain`: one line per notebook. `auto`:
 * on a terminal the cell at work and its last line of output besides, elsewhere
 * as `plain`.
 */
export function openRunView(format: LogFormat): RunView {
  if (format === "json") return jsonView();
  return format === "auto" && Deno.stdout.isTerminal() ? terminalView() : plainView();
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

function terminalView(): RunView {
  let status = "";
  let started = 0;
  let ticker: ReturnType<typeof setInterval> | undefined;
  const draw = () => {
    const { columns } = Deno.consoleSize();
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    write(`\r\x1b[2K  ${status} · ${seconds} s`.slice(0, columns + 4));
  };
  const show = (text: string) => {
    status = text;
    if (ticker !== undefined) draw();
  };
  const stop = () => {
    clearInterval(ticker);
    ticker = undefined;
    write("\r\x1b[2K");
  };
  return {
    onEvent: (event) => {
      if (event.type === "notebook started") {
        started = performance.now();
        ticker = setInterval(draw, 1000);
        show(`${event.notebook}: ${event.why}`);
      } else if (event.type === "cell started") {
        show(`${event.notebook} ${event.cell}/${event.total} ${event.title}`);
      } else if (event.type === "output") {
        const last = event.text.trimEnd().split("\n").at(-1)!;
        show(`${event.notebook} cell ${event.cell}: ${last}`);
      }
      const line = maybeResultLine(event);
      if (line === undefined) return;
      stop();
      print(line);
    },
    line: print,
  };
}

const MARKS = { ran: "✓", fresh: "·", failed: "✗", skipped: " " } as const;

/** What became of a notebook, in one line. */
function maybeResultLine(event: PipelineEvent): string | undefined {
  if (event.type !== "notebook finished") return undefined;
  const { state, notebook, seconds, why } = event;
  if (state === "skipped" && why === "not selected") return undefined;
  const end = state === "fresh"
    ? "fresh"
    : state === "skipped"
    ? `not run: ${why}`
    : `${state === "ran" ? "ran" : "failed"} in ${seconds.toFixed(1)} s`;
  return `${MARKS[state]} ${notebook.padEnd(14)} ${end}`;
}

function write(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(text));
}
