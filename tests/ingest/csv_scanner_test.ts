import assert from "node:assert/strict";
import fc from "fast-check";
import { IngestError } from "feira/ingest";
import { CsvScanner, type CsvShape } from "../../lib/ingest/_csv_scanner.ts";

/** Scans bytes cut into pieces of the given size. */
function scan(content: string | Uint8Array, size = 1_000): CsvShape {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const scanner = new CsvScanner({ table: "t", file: "t.csv", onHeader: () => {} });
  for (let at = 0; at < bytes.length; at += size) scanner.push(bytes.subarray(at, at + size));
  return scanner.end();
}

Deno.test("CsvScanner counts records, not lines", () => {
  const cases: [text: string, rows: number][] = [
    ["a,b\n1,2\n", 1],
    ["a,b\n1,2", 1],
    ["a,b\r\n1,2\r\n3,4\r\n", 2],
    ['a,b\n"1\n\n",2\n', 1],
    ['a,b\n"1\r\n",2\r\n', 1],
    ['a,b\n"say ""yes"", or\nno",2\n3,4\n', 2],
    ["a,b\n,\n", 1],
    ["a,b\n1,2\n\n\n3,4\n\n", 2],
    ['a,b\n"",""\n', 1],
    ["a,b\nit's 5\" wide,2\n", 1],
    ["a,b\n", 0],
    ["a,b", 0],
  ];
  for (const [text, rows] of cases) {
    for (const size of [1, 2, 3, 1_000]) {
      assert.deepEqual(scan(text, size), { header: ["a", "b"], rows }, JSON.stringify(text));
    }
  }
});

Deno.test("CsvScanner takes the byte order mark and quotes off the header", () => {
  for (const size of [1, 2, 1_000]) {
    assert.deepEqual(scan('\ufeff"a","b"\r\n1,2\r\n', size), { header: ["a", "b"], rows: 1 });
  }
});

Deno.test("CsvScanner names the line of a ragged row", () => {
  assert.throws(() => scan('a,b\n"x\ny",1\n1\n'), {
    name: "IngestError",
    message: "Cannot read t: a row has 1 value at t.csv line 4, must be 2, as the header",
    file: "t.csv",
    line: 4,
  });
  assert.throws(() => scan("a,b\n1,2\n1,2,3\n"), { line: 3, message: /has 3 values/ });
  assert.throws(() => scan("a,b\n1,2\n1,2,3"), { line: 3 });
});

Deno.test("CsvScanner names the line where a quote opens that never closes", () => {
  assert.throws(() => scan('a,b\n1,2\n1,"2\n3,4\n'), { line: 3, message: /never closes/ });
});

Deno.test("CsvScanner refuses a file without a header", () => {
  for (const text of ["", "\n\n", "\ufeff"]) {
    assert.throws(() => scan(text), { message: /^Cannot read t: is empty at t\.csv line 1, must/ });
  }
});

Deno.test("CsvScanner names the line of the first byte that is not UTF-8", () => {
  const head = "a,b\nção,2\n3,";
  const broken: Record<string, number[]> = {
    "Latin-1 ã": [0xe3, 0x6f],
    "lone continuation": [0x80],
    "overlong slash": [0xc0, 0xaf],
    "overlong in three": [0xe0, 0x80, 0xaf],
    surrogate: [0xed, 0xa0, 0x80],
    "beyond Unicode": [0xf4, 0x90, 0x80, 0x80],
    "never a byte": [0xff],
    "cut by a newline": [0xc3],
  };
  for (const [what, bytes] of Object.entries(broken)) {
    const content = new Uint8Array([
      ...new TextEncoder().encode(head),
      ...bytes,
      ...new TextEncoder().encode("\n5,6\n"),
    ]);
    for (const size of [1, 1_000]) {
      assert.throws(() => scan(content, size), { line: 3, message: /is not UTF-8/ }, what);
    }
  }
  const cut = new Uint8Array([...new TextEncoder().encode(head), 0xc3]);
  assert.throws(() => scan(cut), { line: 3, message: /byte 0xC3 is not UTF-8 at t\.csv line 3/ });
});

Deno.test("CsvScanner takes the bytes that TextDecoder takes, and no others", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 6 }), fc.nat(2), (tail, cut) => {
      // Without quotes, commas and newlines only the encoding can be wrong.
      const plain = tail.filter((byte) => ![10, 13, 34, 44].includes(byte));
      const content = new Uint8Array([0x61, 0x0a, 0x62, ...plain]);
      let isUtf8 = true;
      try {
        new TextDecoder("utf-8", { fatal: true }).decode(content);
      } catch {
        isUtf8 = false;
      }
      if (isUtf8) assert.equal(scan(content, cut + 1).rows, 1);
      else assert.throws(() => scan(content, cut + 1), IngestError);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("CsvScanner reads back what any writer of RFC 4180 writes, wherever it is cut", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", "ç", "€", "😀") });
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell), { maxLength: 5 }),
      fc.integer({ min: 1, max: 9 }),
      (rows, size) => {
        const text = ["x,y", ...rows.map((row) => row.map(quoted).join(","))].join("\n") + "\n";
        assert.equal(scan(text, size).rows, rows.length);
      },
    ),
  );
});

Deno.test("CsvScanner ends any bytes in a shape or an IngestError", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (content) => {
      try {
        assert.ok(scan(content).rows >= 0);
      } catch (error) {
        assert.ok(error instanceof IngestError);
      }
    }),
    { numRuns: 2_000 },
  );
});
