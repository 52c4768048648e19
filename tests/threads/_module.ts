/**
 * A module for the tests, compiled by AssemblyScript 0.28.20 (asc --runtime stub
 * -Oz --noAssert --importMemory --sharedMemory --initialMemory 1 --maximumMemory
 * 65536 --enable simd --enable threads --use abort=) from
 *
 * ```
 * // Marks a task done.
 * export function tally(task: i32, thread: i32, at: usize): void {
 *   atomic.add<i32>(at + (<usize>task << 2), 1);
 * }
 * // Keeps the thread busy for a while, counting up.
 * export function toil(task: i32, thread: i32, at: usize, rounds: i32): void {
 *   for (let i = 0; i < rounds; i++) atomic.add<i32>(at, 1);
 * }
 * // Traps at one task.
 * export function trap(task: i32, thread: i32, at: i32): void {
 *   if (task == at) unreachable();
 * }
 * // Traps everywhere but on the thread that runs the workers.
 * export function trapAway(task: i32, thread: i32, at: usize, rounds: i32): void {
 *   if (thread != 0) unreachable();
 *   toil(task, thread, at, rounds);
 * }
 * // Toils, then marks the thread that did the task.
 * export function sign(task: i32, thread: i32, at: usize, rounds: i32): void {
 *   for (let i = 0; i < rounds; i++) atomic.add<i32>(at, 1);
 *   atomic.store<i32>(at + 4 + (<usize>task << 2), thread + 1);
 * }
 * ```
 */
export const MODULE = new WebAssembly.Module(Uint8Array.from(
  atob(
    "AGFzbQEAAAABDgJgBH9/f38AYAN/f38AAhIBA2VudgZtZW1vcnkCAwGAgAQDBgUAAAEBAAcyBgV0" +
      "YWxseQADBHRvaWwAAAR0cmFwAAIIdHJhcEF3YXkAAQRzaWduAAQGbWVtb3J5AgAKigEFIQEBfwNA" +
      "IAMgBEoEQCACQQH+HgIAGiAEQQFqIQQMAQsLCxIAIAEEQAALIAAgASACIAMQAAsLACAAIAJGBEAA" +
      "CwsRACACIABBAnRqQQH+HgIAGgs1AQF/A0AgAyAESgRAIAJBAf4eAgAaIARBAWohBAwBCwsgAkEE" +
      "aiAAQQJ0aiABQQFq/hcCAAs=" +
      "",
  ),
  (letter) => letter.charCodeAt(0),
));
