/**
 * The greatest resident memory of this process so far, in megabytes of 2²⁰
 * bytes; null where the system does not tell (only Linux does, by /proc).
 */
export function peakMemoryMb(): number | null {
  try {
    const kilobytes = Deno.readTextFileSync("/proc/self/status").match(/^VmHWM:\s+(\d+) kB$/m)?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
