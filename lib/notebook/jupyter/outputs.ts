import { stripVTControlCharacters } from "node:util";
import type { OutputMessage } from "../execution.ts";
import type { MimeBundle, Output } from "../notebook.ts";

/** All displays of a notebook that later cells may still update, by display id. */
export type Displays = Map<string, { data: MimeBundle; metadata: Record<string, unknown> }[]>;

/** Gathers one cell's messages into its outputs, up to a limit. */
export class OutputCollector {
  readonly outputs: Output[] = [];
  readonly #displays: Displays;
  readonly #limit: number;
  #textSize = 0;
  #shownSize = 0;
  #cut = 0;
  #isCutShort = false;
  #isClearing = false;

  /** @param limit how much text a cell may keep, and how much of displays, in characters. */
  constructor(displays: Displays, limit: number) {
    this.#displays = displays;
    this.#limit = limit;
  }

  /** Counts what was cut before it came here; without a size if nobody can tell any more. */
  addCut(size?: number): void {
    if (size !== undefined) this.#cut += size;
    else this.#isCutShort = this.#textSize >= this.#limit;
  }

  add(message: OutputMessage): void {
    const { type, content } = message;
    if (type === "clear_output") return this.#clear(content.wait === true);
    if (type === "update_display_data") return this.#update(content);
    if (this.#isClearing) this.#clear(false);
    if (type === "stream") {
      this.#addStream(content.name === "stderr" ? "stderr" : "stdout", content);
    } else if (type === "error") this.addError(toErrorOutput(content));
    else if (type === "display_data" || type === "execute_result") this.#addData(type, content);
  }

  /** Errors are never cut. */
  addError(error: Output & { output_type: "error" }): void {
    this.outputs.push(error);
  }

  /** Marks what was cut, makes the text readable; call when the cell is over. */
  finish(): Output[] {
    if (this.#cut > 0 || this.#isCutShort) {
      const what = this.#isCutShort ? "what came then was" : `${this.#cut} more characters were`;
      const text = `\n[${what} cut: a cell keeps ${this.#limit}]\n`;
      this.outputs.push({ output_type: "stream", name: "stderr", text });
    }
    for (const output of this.outputs) {
      // Only now, for an escape sequence may come in two pieces.
      if (output.output_type === "stream") output.text = toReadable(output.text);
    }
    return this.outputs;
  }

  #addStream(name: "stdout" | "stderr", content: Record<string, unknown>): void {
    const text = this.#take(String(content.text));
    if (text === "") return;
    const last = this.outputs.at(-1);
    if (last?.output_type === "stream" && last.name === name) last.text += text;
    else this.outputs.push({ output_type: "stream", name, text });
  }

  #addData(type: "display_data" | "execute_result", content: Record<string, unknown>): void {
    const shown = this.#show(content);
    const output: Output = type === "display_data"
      ? { output_type: type, ...shown }
      : { output_type: type, ...shown, execution_count: maybeCount(content.execution_count) };
    this.outputs.push(output);
    const id = (content.transient as { display_id?: unknown } | undefined)?.display_id;
    if (typeof id === "string") this.#displays.set(id, [...this.#displays.get(id) ?? [], output]);
  }

  #update(content: Record<string, unknown>): void {
    const id = (content.transient as { display_id?: unknown } | undefined)?.display_id;
    const shown = this.#show(content);
    for (const output of this.#displays.get(String(id)) ?? []) Object.assign(output, shown);
  }

  #show(content: Record<string, unknown>): { data: MimeBundle; metadata: Record<string, unknown> } {
    const data = toBundle((content.data ?? {}) as MimeBundle);
    const metadata = (content.metadata ?? {}) as Record<string, unknown>;
    const size = JSON.stringify(data).length;
    if (this.#shownSize + size <= this.#limit) {
      this.#shownSize += size;
      return { data, metadata };
    }
    this.#cut += size;
    return { data: { "text/plain": `[a display of ${size} characters was cut]` }, metadata: {} };
  }

  /** As much of the text as the cell may still keep. */
  #take(text: string): string {
    const kept = text.slice(0, Math.max(0, this.#limit - this.#textSize));
    this.#textSize += kept.length;
    this.#cut += text.length - kept.length;
    return kept;
  }

  #clear(wait: boolean): void {
    this.#isClearing = wait;
    if (!wait) this.outputs.length = 0;
  }
}

function maybeCount(value: unknown): number | null {
  return Number.isInteger(value) ? value as number : null;
}

/** As nbformat wants it: what is not JSON is text, of one string or of many. */
function toBundle(data: MimeBundle): MimeBundle {
  return Object.fromEntries(
    Object.entries(data).map(([type, value]) => {
      if (/[/+]json$/.test(type)) return [type, value];
      if (Array.isArray(value) && value.every((line) => typeof line === "string")) {
        return [type, value.join("")];
      }
      return [type, typeof value === "string" ? value : JSON.stringify(value) ?? ""];
    }),
  );
}

/** Text without colours; what a binary has in it, as the mark of what cannot be shown. */
function toReadable(text: string): string {
  // deno-lint-ignore no-control-regex -- control characters are the point
  return stripVTControlCharacters(text).replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, "\ufffd");
}

/** An error message as nbformat's output, without colours. */
export function toErrorOutput(content: Record<string, unknown>): Output & { output_type: "error" } {
  const traceback = (content.traceback as string[] | undefined ?? []).map((line) =>
    stripVTControlCharacters(line)
  );
  return {
    output_type: "error",
    ename: String(content.ename),
    evalue: stripVTControlCharacters(String(content.evalue)),
    traceback: traceback.filter((line) => line !== ""),
  };
}
