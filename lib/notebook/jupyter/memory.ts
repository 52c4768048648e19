import { KernelDeath } from "../kernel_death.ts";

const LOOK_MS = 200;
const SHARE = 0.8;
const CGROUP_LIMIT = "/sys/fs/cgroup/memory.max";

/**
 * Looks at a process's memory five times a second and tells when it holds more
 * than it may: before the system runs out and ends whatever it likes. Where the
 * system has no /proc nothing is watched.
 *
 * @param limitBytes default: four fifths of what the machine or the container has.
 */
export function watchMemory(
  pid: number,
  limitBytes: number | undefined,
  onTooMuch: (death: KernelDeath) => void,
): Disposable {
  const limit = limitBytes ?? SHARE * availableBytes();
  const timer = setInterval(() => {
    const held = maybeResidentBytes(pid);
    if (held === undefined || held <= limit) return;
    clearInterval(timer);
    onTooMuch(
      new KernelDeath(
        `Cannot go on: the kernel holds ${toGigabytes(held)} of memory, must stay below ${
          toGigabytes(limit)
        }`,
      ),
    );
  }, LOOK_MS);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

function availableBytes(): number {
  const { total } = Deno.systemMemoryInfo();
  const container = Number(maybeRead(CGROUP_LIMIT));
  return container > 0 ? Math.min(total, container) : total;
}

function maybeResidentBytes(pid: number): number | undefined {
  const kilobytes = maybeRead(`/proc/${pid}/status`)?.match(/^VmRSS:\s+(\d+) kB$/m)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

function maybeRead(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return undefined;
  }
}

function toGigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(2)} GB`;
}
