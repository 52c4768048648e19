import { PNG } from "pngjs";
import { Buffer } from "node:buffer";
import { digestNumbers } from "./_digest_numbers.ts";
import type { PixelsDigest } from "./types.ts";

/** A PNG by its pixels: how it was packed, which no one sees, does not count. */
export function digestPng(base64: string): PixelsDigest {
  const { width, height, data } = PNG.sync.read(Buffer.from(base64.replace(/\s/g, ""), "base64"));
  const channel = (offset: number) =>
    digestNumbers(Uint8Array.from({ length: width * height }, (_, i) => data[4 * i + offset]!));
  return {
    size: `${width} × ${height}`,
    channels: { red: channel(0), green: channel(1), blue: channel(2), alpha: channel(3) },
  };
}
