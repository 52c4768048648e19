import type { RawSource } from "feira/ingest";
import { hashText } from "feira/workspace";

/** Sixteen digits that are equal when all nine files are: for people to compare. */
export function fingerprintOf({ files }: RawSource): string {
  return hashText(files.map(({ file, sha256 }) => `${file} ${sha256}`).sort().join("\n")).slice(
    0,
    16,
  );
}
