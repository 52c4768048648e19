/**
 * Pinned Python programs: their environments, made on first use, and running
 * them as child processes. Python is run here, never imported.
 *
 * Knows `workspace`.
 */
export {
  ensurePython,
  type PythonEnvironment,
  type PythonEnvironmentSpec,
} from "./ensure_python.ts";
export { type ProgramEnd, type ProgramOptions, runProgram } from "./run_program.ts";
