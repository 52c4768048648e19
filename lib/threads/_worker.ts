import { toMessage } from "./_task_error.ts";
import { type Answer, DONE, instantiate, type Job, NEXT, type Setup } from "./_control.ts";

/** What of a worker's global scope is used; the window's types are another's. */
interface Scope {
  onmessage: (event: MessageEvent<Setup>) => void;
  postMessage(answer: Answer): void;
}

const scope = self as unknown as Scope;

scope.onmessage = ({ data: { module, memory, control, thread } }) => {
  const functions = instantiate({ module, memory });
  (scope as { onmessage: unknown }).onmessage = ({ data: job }: MessageEvent<Job>) => {
    const work = functions[job.name]!;
    let task = 0;
    try {
      while ((task = Atomics.add(control, NEXT, 1)) < job.tasks) {
        work(task, thread, ...job.args);
        Atomics.add(control, DONE, 1);
      }
      scope.postMessage({ is: "done" });
    } catch (error) {
      scope.postMessage({
        is: "failed",
        task,
        message: toMessage(error),
      });
    }
  };
  scope.postMessage({ is: "ready" });
};
