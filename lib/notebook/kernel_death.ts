import { FeiraError } from "feira/workspace";

/** The kernel ended while it was needed. */
export class KernelDeath extends FeiraError {
  override name = "KernelDeath";
  constructor(problem: string) {
    super("failed", problem);
  }

  /** Of a process that ended so, having written these lines last. */
  static of(status: Deno.CommandStatus, lastLines: string): KernelDeath {
    const heap = lastLines.match(
      /^.*JavaScript heap out of memory.*$|^.*Fatal JavaScript out of memory.*$/m,
    );
    if (heap) {
      return new KernelDeath(
        "Cannot go on: the kernel's JavaScript heap was full, must hold less " +
          "(DENO_V8_FLAGS=--max-old-space-size=MB gives it more)",
      );
    }
    const how = status.signal ? `signal ${status.signal}` : `exit code ${status.code}`;
    return new KernelDeath(
      `Cannot go on: the kernel ended with ${how}, must live until the notebook's end${
        lastLines ? `; it wrote last:\n${lastLines}` : ""
      }`,
    );
  }
}
