import { FeiraError } from "feira/workspace";

/**
 * Runs a command and ends the process with its exit code: what `command`
 * resolves to, 1 or 2 for an error that a user can act on, and 1 with the stack
 * for a fault of our own.
 */
export async function main(command: (args: string[]) => Promise<number>): Promise<never> {
  try {
    Deno.exit(await command(Deno.args));
  } catch (error) {
    Deno.exit(report(error));
  }
}

function report(error: unknown): number {
  if (error instanceof FeiraError) {
    printError(`error: ${error.message}`);
    return error.exitCode;
  }
  const text = error instanceof Error ? error.stack ?? error.message : String(error);
  printError(`error: a fault in Feira itself, please report it\n${text}`);
  return 1;
}

/** One line for the user, on standard output. */
export function print(line = ""): void {
  // deno-lint-ignore no-console -- commands are the ones who print
  console.log(line);
}

/** One line for the user, on standard error. */
export function printError(line: string): void {
  // deno-lint-ignore no-console -- commands are the ones who print
  console.error(line);
}
