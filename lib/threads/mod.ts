/**
 * Long computations: WebAssembly on worker threads over shared memory, progress,
 * cancelling, and leaving the event loop its turns.
 *
 * Knows no other room.
 */
export { Arena, type ArenaKind, type ArenaSpec, type ArenaView } from "./arena.ts";
export { defaultThreads } from "./default_threads.ts";
export { hasSimd } from "./has_simd.ts";
export { Pace } from "./pace.ts";
export { Threads, type ThreadsRun, type ThreadsSpec } from "./threads.ts";
export { toThreadCount } from "./to_thread_count.ts";
export type { LongRun, Progress, ThreadedRun } from "./types.ts";
