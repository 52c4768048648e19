import { Command, CommanderError } from "commander";
import { FeiraError } from "feira/workspace";
import { print } from "./_main.ts";

/** A command whose wrong use is a usage error (exit code 2), as `deno task <name>`. */
export function defineCommand(name: string, description: string): Command {
  return new Command(`deno task ${name}`)
    .description(description)
    .exitOverride()
    .allowExcessArguments(false)
    .configureOutput({ writeOut: (text) => print(text.trimEnd()), writeErr: () => {} });
}

/**
 * Parses a command's arguments.
 *
 * @returns whether there is work to do; not so after `--help`, which is answered here.
 * @throws {FeiraError} `usage` for what the command does not know.
 */
export function parseArguments(command: Command, args: readonly string[]): boolean {
  try {
    command.parse([...args], { from: "user" });
    return true;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return false;
    const found = error.message.replace(/^error: /, "");
    throw new FeiraError("usage", `Cannot ${command.name()}: ${found}; see --help`);
  }
}
