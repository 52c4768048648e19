import { createHash } from "node:crypto";

/**
 * The SHA-256 of a file's bytes, in hexadecimal. Streams: memory does not grow
 * with the file.
 */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  const file = await Deno.open(path, { read: true });
  for await (const chunk of file.readable) hash.update(chunk);
  return hash.digest("hex");
}

/** The SHA-256 of a text's UTF-8 bytes or of bytes, in hexadecimal. */
export function hashText(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}
