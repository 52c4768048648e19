import type { PipelineEvent } from "feira/notebook";
import { maybeResultLine } from "./_result_line.ts";
import type { RunView } from "./_run_view.ts";

/** What a view of a terminal needs of it. */
export interface Terminal {
  readonly write: (text: string) => void;
  /** Its width in characters. */
  readonly columns: () => number;
  /** Milliseconds from some moment on. */
  readonly now: () => number;
  /** Calls again and again until what it gives is called. */
  readonly every: (milliseconds: number, act: () => void) => () => void;
}

/** The one that this process writes to. */
export const systemTerminal: Terminal = {
  write: (text) => {
    Deno.stdout.writeSync(new TextEncoder().encode(text));
  },
  columns: () => Deno.consoleSize().columns,
  now: () => performance.now(),
  every: (milliseconds, act) => {
    const ticker = setInterval(act, milliseconds);
    return () => clearInterval(ticker);
  },
};

/** What a notebook is at, and since when it is at work. */
interface AtWork {
  readonly text: string;
  readonly started: number;
}

/**
 * Shows a run on a terminal: below the lines of what is done one line for each
 * notebook at work, with its cell, the last line of its output and the seconds
 * that it has taken so far.
 */
export function terminalView(terminal: Terminal): RunView {
  const working = new Map<string, AtWork>();
  let drawn = 0;
  let stopTicking: (() => void) | undefined;

  const erase = () => {
    if (drawn === 0) return;
    terminal.write(`\r${drawn > 1 ? `\x1b[${drawn - 1}A` : ""}\x1b[J`);
    drawn = 0;
  };
  const draw = () => {
    erase();
    if (working.size === 0) return;
    // The last column stays free: a full line would wrap and could not be taken back.
    const width = terminal.columns() - 1;
    const lines = [...working.values()].map(({ text, started }) => {
      const seconds = ` · ${((terminal.now() - started) / 1000).toFixed(0)} s`;
      return `  ${text}`.slice(0, Math.max(0, width - seconds.length)) + seconds;
    });
    terminal.write(lines.join("\n"));
    drawn = lines.length;
  };
  const print = (text: string) => {
    erase();
    terminal.write(`${text}\n`);
    draw();
  };
  const show = (notebook: string, text: string) => {
    const started = working.get(notebook)?.started ?? terminal.now();
    working.set(notebook, { text, started });
    stopTicking ??= terminal.every(1000, draw);
    draw();
  };
  const finish = (notebook: string) => {
    working.delete(notebook);
    if (working.size > 0) return;
    stopTicking?.();
    stopTicking = undefined;
  };
  return {
    onEvent: (event) => {
      const text = maybeProgress(event);
      if (text !== undefined && "notebook" in event) show(event.notebook, text);
      if (event.type === "notebook finished") finish(event.notebook);
      const line = maybeResultLine(event);
      if (line !== undefined) print(line);
    },
    line: print,
  };
}

// What a notebook prints must not move the cursor.
// deno-lint-ignore no-control-regex -- control characters are what it finds
const ESCAPES = /\x1b\[[\d;]*[A-Za-z]|[\x00-\x1f]/g;

/** What a notebook is at, where an event tells it. */
function maybeProgress(event: PipelineEvent): string | undefined {
  switch (event.type) {
    case "notebook started":
      return `${event.notebook}: ${event.why}`;
    case "cell started":
      return `${event.notebook} ${event.cell}/${event.total} ${event.title}`;
    case "output": {
      const last = event.text.trimEnd().split(/[\r\n]/).at(-1)!;
      return `${event.notebook} cell ${event.cell}: ${last.replace(ESCAPES, "")}`;
    }
    default:
      return undefined;
  }
}
