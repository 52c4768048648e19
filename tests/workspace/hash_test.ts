import { hashFile, hashText } from "feira/workspace";
import assert from "node:assert/strict";

// FIPS 180-2, appendix B.1
const ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

Deno.test("hashText() and hashFile() give the published SHA-256 of abc", async () => {
  const path = await Deno.makeTempFile();
  await Deno.writeTextFile(path, "abc");
  assert.equal(hashText("abc"), ABC);
  assert.equal(hashText(new TextEncoder().encode("abc")), ABC);
  assert.equal(await hashFile(path), ABC);
  await Deno.remove(path);
});
