import { FeiraError } from "./feira_error.ts";

/** Errors of the file system become errors that name the path; others pass. */
export function toWriteError(path: string, cause: unknown): unknown {
  const isRefusal = cause instanceof Deno.errors.PermissionDenied ||
    cause instanceof Deno.errors.NotCapable ||
    cause instanceof Deno.errors.NotADirectory ||
    cause instanceof Deno.errors.AlreadyExists ||
    (cause instanceof Error && /EROFS|ENOSPC|Read-only|No space|ENOTDIR/.test(cause.message));
  if (!isRefusal) return cause;
  return new FeiraError(
    "environment",
    `Cannot write ${path}: ${
      (cause as Error).message
    }, must be a place that this user may write to`,
    { cause },
  );
}
