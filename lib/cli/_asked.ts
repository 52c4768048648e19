import { basename } from "node:path";
import type { RunOptions } from "./_run_options.ts";

/** What a run was asked for. */
export type Asked = Omit<RunOptions, "log">;

/**
 * What a run was asked for, in the words of the command; `""` where nothing was.
 * A folder is told by its name: pages that show this are mailed around.
 */
export function toWords(asked: Asked): string {
  const { job, only, from, force, parameters, warehouse, maxBytesBilled, jobs } = asked;
  const { maxAgeSeconds, cellTimeoutSeconds } = asked;
  const { raw, synthetic, accept, ...others } = parameters;
  const words: (string | false | undefined)[] = [
    raw !== undefined && `--raw ${basename(raw)}`,
    synthetic !== undefined && `--synthetic ${synthetic}`,
    job !== "full" && `--job ${job}`,
    only !== undefined && `--only ${only}`,
    from !== undefined && `--from ${from}`,
    force && "--force",
    ...Object.entries(others).map(([key, value]) => `--param ${key}=${value}`),
    accept === "true" && "--accept",
    warehouse !== undefined && `--warehouse ${warehouse}`,
    maxBytesBilled !== undefined && `--max-bytes-billed ${maxBytesBilled}`,
    jobs > 1 && `--jobs ${jobs}`,
    maxAgeSeconds !== undefined && `--max-age ${toShort(maxAgeSeconds)}`,
    cellTimeoutSeconds !== undefined && `--cell-timeout ${toShort(cellTimeoutSeconds)}`,
  ];
  return words.filter((word) => typeof word === "string").join(" ");
}

const UNITS = [["d", 86_400], ["h", 3_600], ["m", 60]] as const;

/** As it could have been given: "24h" as "1d". */
function toShort(seconds: number): string {
  const [unit, size] = UNITS.find(([, size]) => seconds >= size && seconds % size === 0) ??
    ["s", 1];
  return `${seconds / size}${unit}`;
}
