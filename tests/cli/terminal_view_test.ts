import type { PipelineEvent } from "feira/notebook";
import assert from "node:assert/strict";
import { type Terminal, terminalView } from "../../lib/cli/_terminal_view.ts";

/** A terminal that understands what the view sends it, and a clock. */
class Screen implements Terminal {
  readonly lines: string[] = [""];
  readonly ticking = new Set<() => void>();
  time = 0;
  #row = 0;
  #column = 0;

  readonly columns = () => 40;
  readonly now = () => this.time;

  readonly write = (text: string) => {
    // deno-lint-ignore no-control-regex -- that is what a terminal reads
    for (const [token, up] of text.matchAll(/\x1b\[(\d+)A|\x1b\[J|[^]/g)) {
      if (up !== undefined) this.#row -= Number(up);
      else if (token === "\x1b[J") {
        this.lines.length = this.#row + 1;
        this.lines[this.#row] = this.lines[this.#row]!.slice(0, this.#column);
      } else if (token === "\r") this.#column = 0;
      else if (token === "\n") {
        this.#row++;
        this.#column = 0;
        this.lines[this.#row] ??= "";
      } else {
        assert.ok(this.#column < 40, "a line wraps");
        const line = this.lines[this.#row]!;
        this.lines[this.#row] = line.slice(0, this.#column) + token + line.slice(this.#column + 1);
        this.#column++;
      }
    }
    assert.ok(this.#row >= 0);
  };

  readonly every = (_milliseconds: number, act: () => void) => {
    this.ticking.add(act);
    return () => void this.ticking.delete(act);
  };

  tick(seconds: number): void {
    this.time += 1000 * seconds;
    this.ticking.forEach((act) => act());
  }
}

const started = (notebook: string): PipelineEvent => ({
  type: "notebook started",
  notebook,
  title: notebook,
  index: 1,
  total: 2,
  why: "never run",
});
const finished = (notebook: string, state: "ran" | "failed" | "fresh"): PipelineEvent => ({
  type: "notebook finished",
  notebook,
  name: notebook,
  title: notebook,
  state,
  seconds: 2,
  why: "",
});
const output = (notebook: string, text: string): PipelineEvent => ({
  type: "output",
  notebook,
  cell: 3,
  stream: "stdout",
  text,
});

Deno.test("terminalView() keeps a line for each notebook at work below what is done", () => {
  const screen = new Screen();
  const view = terminalView(screen);
  view.line("Making something");
  view.onEvent(finished("01_a", "fresh"));
  view.onEvent(started("02_b"));
  assert.deepEqual(screen.lines, [
    "Making something",
    "· 01_a           fresh",
    "  02_b: never run · 0 s",
  ]);
  screen.tick(2);
  view.onEvent(started("03_c"));
  screen.tick(1);
  assert.deepEqual(screen.lines.slice(2), ["  02_b: never run · 3 s", "  03_c: never run · 1 s"]);
  view.line("A word between");
  view.onEvent(finished("02_b", "ran"));
  assert.deepEqual(screen.lines.slice(2), [
    "A word between",
    "✓ 02_b           ran in 2.0 s",
    "  03_c: never run · 1 s",
  ]);
  view.onEvent(finished("03_c", "failed"));
  assert.deepEqual(screen.lines.slice(3), [
    "✓ 02_b           ran in 2.0 s",
    "✗ 03_c           failed in 2.0 s",
    "",
  ]);
  assert.equal(screen.ticking.size, 0);
});

Deno.test("terminalView() shows the last line of output, cut to the width, its escapes gone", () => {
  const screen = new Screen();
  const view = terminalView(screen);
  view.onEvent(started("02_b"));
  view.onEvent(output("02_b", "first\nsecond\n"));
  assert.equal(screen.lines.at(-1), "  02_b cell 3: second · 0 s");
  view.onEvent(output("02_b", "10%\r20%\r\x1b[31m30%\x1b[0m\x1b[5A"));
  assert.equal(screen.lines.at(-1), "  02_b cell 3: 30% · 0 s");
  view.onEvent(output("02_b", "x".repeat(100)));
  assert.deepEqual(screen.lines, [`  02_b cell 3: ${"x".repeat(18)} · 0 s`]);
});
