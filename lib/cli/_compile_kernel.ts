import asc from "assemblyscript/asc";
import { FeiraError } from "feira/workspace";

/** A kernel: its source, and the module of the room that carries what it compiles to. */
export interface Kernel {
  /** `som/search` */
  readonly name: string;
  /** `lib/som/kernel/search.ts` */
  readonly source: string;
  /** `lib/som/_search_wasm.ts` */
  readonly module: string;
}

/** Room for all that 32-bit addresses reach; the memory that the host gives may be smaller. */
const MOST_PAGES = "65536";

/** No runtime: kernels know nothing but numbers and the memory that they are given. */
const FLAGS = [
  ...["-O3", "--converge", "--noAssert", "--runtime", "stub"],
  ...["--importMemory", "--sharedMemory", "--initialMemory", "1", "--maximumMemory", MOST_PAGES],
  ...["--enable", "simd", "--enable", "threads"],
  // Vectors pass between the kernel's own functions only, never to the host.
  ...["--disableWarning", "112"],
];

/** What `--converge` says when optimizing once more made the module longer: no fault. */
const CONVERGED = "Last converge was suboptimal.";

/** Every file of `lib/<room>/kernel/` whose name has no `_` before it is a kernel. */
export async function findKernels(root: string): Promise<Kernel[]> {
  const kernels: Kernel[] = [];
  for await (const room of Deno.readDir(`${root}/lib`)) {
    const folder = `lib/${room.name}/kernel`;
    for (const file of await filesOf(`${root}/${folder}`)) {
      const name = file.match(/^([a-z0-9]\w*)\.ts$/)?.[1];
      if (name === undefined) continue;
      kernels.push({
        name: `${room.name}/${name}`,
        source: `${folder}/${file}`,
        module: `lib/${room.name}/_${name}_wasm.ts`,
      });
    }
  }
  return kernels.sort((a, b) => a.name < b.name ? -1 : 1);
}

/**
 * Compiles a kernel from AssemblyScript.
 *
 * @returns the text of the TypeScript module that carries it
 * @throws {FeiraError} `failed` with what the compiler says of the source
 */
export async function compileKernel(root: string, kernel: Kernel): Promise<string> {
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await asc.main([kernel.source, "--outFile", "kernel.wasm", ...FLAGS], {
    readFile: (name) => Deno.readTextFile(`${root}/${name}`).catch(() => null),
    writeFile: (_name, content) => void (wasm = content as Uint8Array),
    listFiles: () => [],
  });
  const said = stderr.toString().replace(CONVERGED, "").trim();
  if (error !== null || said !== "" || wasm === undefined) {
    throw new FeiraError("failed", `Cannot compile ${kernel.source}: ${said || error?.message}`);
  }
  return toModule(kernel, wasm);
}

// Deno imports bytes only behind an unstable flag, so they come as text, which
// is part of every module graph: of the notebooks' freshness and the models' ids.
function toModule({ source, name }: Kernel, wasm: Uint8Array): string {
  const camel = name.split("/")[1]!.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
  const from = source.slice(source.indexOf("kernel/"));
  return `// Compiled from ${from} by \`deno task build:kernel\`; change it there.
const WASM =
  "${wasm.toBase64()}";

let module: WebAssembly.Module | undefined;

/** The kernel of ${from}, compiled at its first use. */
export function ${camel}Module(): WebAssembly.Module {
  return module ??= new WebAssembly.Module(Uint8Array.fromBase64(WASM));
}
`;
}

async function filesOf(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) names.push(entry.name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names;
}
