import { hashText } from "feira/workspace";
import type { RawSource } from "./raw_source.ts";

/** Sixteen digits that are equal when all nine files are: for people to compare. */
export function fingerprintOf({ files }: Pick<RawSource, "files">): string {
  return hashText(files.map(({ file, sha256 }) => `${file} ${sha256}`).sort().join("\n")).slice(
    0,
    16,
  );
}
