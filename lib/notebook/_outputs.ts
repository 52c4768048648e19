import { stripVTControlCharacters } from "node:util";
import type { OutputMessage } from "./execution.ts";
import type { MimeBundle, Output } from "./notebook.ts";

/** All displays of a notebook that later cells may still update, by display id. */
export type Displays = Map<string, { data: MimeBundle; metadata: Record<string, unknown> }[]>;

/** Gathers one cell's messages into its outputs, up to a limit. */
export class OutputCollector {
  readonly outputs: Output[] = [];
  readonly #displays: Displays;
  readonly #limit: number;
  #size = 0;
  #cut = 0;
  #isClearing = false;

  /** @param limitBytes of text and data that a cell may keep. */
  constructor(displays: Displays, limitBytes: number) {
    this.#displays = displays;
    this.#limit = limitBytes;
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

  /** Marks what was cut; call when the cell is over. */
  finish(): Output[] {
    if (this.#cut > 0) {
      const text = `\n[${this.#cut} more bytes were cut: a cell keeps ${this.#limit}]\n`;
      this.outputs.push({ output_type: "stream", name: "stderr", text });
    }
    return this.outputs;
  }

  #addStream(name: "stdout" | "stderr", content: Record<string, unknown>): void {
    const text = this.#take(stripVTControlCharacters(String(content.text)));
    if (text === "") return;
    const last = this.outputs.at(-1);
    if (last?.output_type === "stream" && last.name === name) last.text += text;
    else this.outputs.push({ output_type: "stream", name, text });
  }

  #addData(type: "display_data" | "execute_result", content: Record<string, unknown>): void {
    const shown = this.#show(content);
    const output: Output = type === "display_data"
      ? { output_type: type, ...shown }
      : { output_type: type, ...shown, execution_count: Number(content.execution_count) };
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
    const data = (content.data ?? {}) as MimeBundle;
    const metadata = (content.metadata ?? {}) as Record<string, unknown>;
    const size = JSON.stringify(data).length;
    if (this.#size + size <= this.#limit) {
      this.#size += size;
      return { data, metadata };
    }
    this.#cut += size;
    return { data: { "text/plain": `[a display of ${size} bytes was cut]` }, metadata: {} };
  }

  /** As much of the text as the cell may still keep. */
  #take(text: string): string {
    const kept = text.slice(0, Math.max(0, this.#limit - this.#size));
    this.#size += kept.length;
    this.#cut += text.length - kept.length;
    return kept;
  }

  #clear(wait: boolean): void {
    this.#isClearing = wait;
    if (!wait) this.outputs.length = 0;
  }
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
