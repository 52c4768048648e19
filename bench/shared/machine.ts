/** The machine and the runtime in one line, without any name that could tell whose it is. */
export function machine(): string {
  const { os, arch } = Deno.build;
  const memory = (Deno.systemMemoryInfo().total / 2 ** 30).toFixed(0);
  return `${navigator.hardwareConcurrency} cores (${arch}, ${os}), ${memory} GiB; Deno ${Deno.version.deno}`;
}
