import { dirname } from "node:path";
import { type ConnectionFile, KernelServer } from "./live/kernel_server.ts";
import { Kernel } from "./kernel.ts";
import { LiveKernel } from "./live/live_kernel.ts";
import type { MimeBundle } from "./notebook.ts";

/** How a kernel is served to a front end. */
export interface ServeKernelOptions {
  /** Its working folder; deno.json is looked for from here upwards. */
  readonly cwd: string;
  /** Environment variables over those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Makes of what a cell shows what a live page should show. Default: leaves it. */
  readonly toLive?: (data: MimeBundle) => MimeBundle;
}

/** Why serving ended: a front end asked for it, or there is no kernel left to serve. */
export type ServeEnd = "shutdown" | "dead";

/**
 * A kernel for JupyterLab that does what the runner's does, until it is asked to
 * end or dies. Deno's own kernel says `idle` before a cell's outputs are out, so
 * that JupyterLab loses some and shows others under the next cell; it is silent
 * about syntax errors, rejections that nobody handles and what goes to
 * Deno.stdout; it runs on after a cell has failed; and interrupting it does not
 * end a cell that waits.
 *
 * @param connectionFile the path of what Jupyter wrote for this kernel
 * @throws {TypeError} when that does not ask for TCP.
 * @throws {KernelDeath} when the kernel does not come up.
 */
export async function serveKernel(
  connectionFile: string,
  options: ServeKernelOptions,
): Promise<ServeEnd> {
  const { cwd, env, toLive = (data) => data } = options;
  const connection: ConnectionFile = JSON.parse(await Deno.readTextFile(connectionFile));
  await using kernel = await Kernel.start({ cwd, ...(env ? { env } : {}) });
  const info = await kernel.ask("kernel_info_request", {});
  const live = new LiveKernel(kernel, {
    info,
    toLive,
    dir: dirname(cwd),
    publish: (type, content, parent) => server.publish(type, content, parent),
  });
  await using server = new KernelServer(connection, (request) => live.take(request));
  return await live.ended;
}
