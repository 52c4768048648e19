/** `deno task build:kernel`: compiles the WebAssembly kernels, or checks the committed ones. */
import { FeiraError, openWorkspace, writeFileBeside } from "feira/workspace";
import { compileKernel, findKernels, type Kernel } from "./_compile_kernel.ts";
import { main, print } from "./_main.ts";
import { defineCommand, parseArguments } from "./_usage.ts";

await main(async (args) => {
  const command = defineCommand(
    "build:kernel",
    "Compile the WebAssembly kernels of som and cluster",
  )
    .argument("[kernel...]", "such as som/search; default: all")
    .option("--check", "write nothing; fail when a committed module is not what its source gives");
  if (!parseArguments(command, args)) return 0;
  const { check } = command.opts<{ check?: boolean }>();
  const { root } = openWorkspace();
  const kernels = await findKernels(root);
  let stale = 0;
  for (const kernel of pick(kernels, command.args)) {
    const text = await compileKernel(root, kernel);
    const isSame = await readIfThere(`${root}/${kernel.module}`) === text;
    if (!isSame && !check) await writeFileBeside(`${root}/${kernel.module}`, text);
    if (!isSame && check) stale++;
    print(`${kernel.source} → ${kernel.module}: ${verdict(isSame, check)}`);
  }
  return stale === 0 ? 0 : 1;
});

function pick(kernels: readonly Kernel[], names: readonly string[]): readonly Kernel[] {
  if (names.length === 0) return kernels;
  return names.map((name) => {
    const found = kernels.find((kernel) => kernel.name === name);
    if (found) return found;
    const known = kernels.map((kernel) => kernel.name).join(", ");
    throw new FeiraError("usage", `Cannot build kernel: found "${name}", must be of ${known}`);
  });
}

function verdict(isSame: boolean, check = false): string {
  if (isSame) return "as committed";
  return check ? "differs, run `deno task build:kernel`" : "written";
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
