/** Which task failed, on which thread, with what message. */
export interface FailedTask {
  readonly thread: number;
  readonly task: number;
  readonly message: string;
}

/** What a run rejects with when a task throws or traps. */
export function taskError(name: string, { thread, task, message }: FailedTask): Error {
  return new Error(`Cannot run ${name}: task ${task} failed on thread ${thread}: ${message}`);
}

/** An error's message; whatever else was thrown, as text. */
export function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
