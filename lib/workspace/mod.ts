/**
 * Where things are and how they are written: the project's folders and dataset
 * names, files written beside and renamed, the lock, the errors that a command
 * answers for.
 *
 * Knows no other room.
 */
export { type Effects, systemEffects, withVariables } from "./effects.ts";
export { type FailureKind, FeiraError } from "./feira_error.ts";
export { hashFile, hashText } from "./hash.ts";
export { holdLock, LockHeldError } from "./lock.ts";
export { maybeFileStamp } from "./maybe_file_stamp.ts";
export {
  type DatasetKind,
  parseWorkVariable,
  toWorkVariable,
  toWorkWorkspace,
  type Work,
  workSuffix,
} from "./work.ts";
export { type Engine, openWorkspace, type Workspace, type WorkspaceSpec } from "./workspace.ts";
export { replaceDirBeside, writeFileBeside, writeJsonBeside } from "./write_beside.ts";
