import { ACK_PROMPT } from "./inside/names.ts";

/**
 * Answers the kernel's side when it asks whether a mark has arrived: the question
 * comes by another socket than the mark, and may be the first of the two.
 */
export class Acks {
  readonly #answer: (value: string) => void;
  #arrived = 0;
  #asked: number | undefined;

  constructor(answer: (value: string) => void) {
    this.#answer = answer;
  }

  /** The mark with this number has arrived, and all outputs before it. */
  arrived(mark: number): void {
    this.#arrived = mark;
    this.#settle();
  }

  /** The kernel asks; any other question is answered with nothing. */
  asked(prompt: string): void {
    if (!prompt.startsWith(ACK_PROMPT)) return this.#answer("");
    this.#asked = Number(prompt.slice(ACK_PROMPT.length));
    this.#settle();
  }

  #settle(): void {
    if (this.#asked === undefined || this.#asked > this.#arrived) return;
    this.#asked = undefined;
    this.#answer("ok");
  }
}
