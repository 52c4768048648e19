/** The most memory that this process has had resident, in MB, as Linux tells it. */
export async function peakMemoryMb(): Promise<number> {
  const status = await Deno.readTextFile("/proc/self/status");
  return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) / 1000);
}
