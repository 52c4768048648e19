// The worker's side of Threads; messages and words are those of _control.ts.
//
// JavaScript without imports: `deno test` checks the types of a TypeScript
// worker anew at each start until a cache has it, 25 starts in 94 s on a busy
// machine against 1 s.

const NEXT = 0;
const DONE = 1;

self.onmessage = ({ data: { module, memory, control, thread } }) => {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  self.onmessage = ({ data: { name, tasks, args } }) => {
    let task = 0;
    try {
      while ((task = Atomics.add(control, NEXT, 1)) < tasks) {
        exports[name](task, thread, ...args);
        Atomics.add(control, DONE, 1);
      }
      self.postMessage({ is: "done" });
    } catch (error) {
      self.postMessage({ is: "failed", task, message: error?.message ?? String(error) });
    }
  };
  self.postMessage({ is: "ready" });
};
