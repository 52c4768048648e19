import assert from "node:assert/strict";
import fc from "fast-check";
import { type CsvRecord, fieldsOf, QuoteFault, scanCsv } from "../../lib/clean/_scan_csv.ts";
import { toCsv } from "./_market.ts";

function scanned(text: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  scanCsv(new TextEncoder().encode(text), (record) => records.push({ ...record }));
  return records;
}

const shapes = (text: string) => scanned(text).map(({ line, fields }) => [line, fields]);

Deno.test("scanCsv() counts fields and lines", () => {
  assert.deepEqual(shapes(""), []);
  assert.deepEqual(shapes("a"), [[1, 1]]);
  assert.deepEqual(shapes("a,b\nc\n"), [[1, 2], [2, 1]]);
  assert.deepEqual(shapes("a,b\r\n,\r\n\r\nd"), [[1, 2], [2, 2], [3, 1], [4, 1]]);
  assert.deepEqual(shapes('a,"x\n\ny"\nb,c'), [[1, 2], [4, 2]]);
  assert.deepEqual(shapes('"a,""b""\r\n",""\n"c"'), [[1, 2], [3, 1]]);
});

Deno.test("scanCsv() tells blank lines and skips a BOM", () => {
  assert.deepEqual(scanned("\ufeff\na\n\r\n").map(({ isBlank }) => isBlank), [true, false, true]);
  assert.equal(scanned("\ufeffa")[0]!.start, 3);
});

Deno.test("scanCsv() throws where a quote cannot be, naming the line", () => {
  for (
    const [text, line] of [
      ['a\nb"c"', 2],
      ['"a"b', 1],
      ['a\n"b\nc', 2],
      ['"a" ,b', 1],
      ['a, "b"', 1],
      ['"', 1],
      ['"a"\rb', 1],
    ] as const
  ) {
    assert.throws(
      () => scanned(text),
      (error) => error instanceof QuoteFault && error.line === line,
    );
  }
});

const table = fc.integer({ min: 1, max: 4 }).chain((width) =>
  fc.array(fc.array(fc.string({ unit: "grapheme" }), { minLength: width, maxLength: width }), {
    minLength: 1,
  })
);

Deno.test("scanCsv() and fieldsOf() give back what was written", () => {
  fc.assert(fc.property(table, fc.constantFrom("\n", "\r\n"), (rows, newline) => {
    const bytes = new TextEncoder().encode(toCsv(rows, newline));
    const read: string[][] = [];
    scanCsv(bytes, ({ start, end }) => {
      read.push(
        fieldsOf(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(start, end))),
      );
    });
    const expected = rows.map((row) => [...row]);
    // A single empty field and a blank line are the same bytes; a BOM at the front is no text.
    if (expected[0]![0]!.startsWith("\ufeff")) expected[0]![0] = expected[0]![0]!.slice(1);
    assert.deepEqual(read, expected);
  }));
});
