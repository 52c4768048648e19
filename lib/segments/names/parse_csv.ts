/** Splits CSV text (RFC 4180: quotes, doubled quotes, line breaks in quotes) into rows of fields. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n)/y;
  const body = text.replace(/^\ufeff/, "").replace(/\n?$/, "\n");
  while (field.lastIndex < body.length) {
    const match = field.exec(body);
    if (match === null) {
      throw new SyntaxError(`Cannot read CSV: found a stray quote in row ${rows.length + 1}`);
    }
    const [, value, end] = match;
    row.push(value!.startsWith('"') ? value!.slice(1, -1).replaceAll('""', '"') : value!);
    if (end === ",") continue;
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
  }
  return rows;
}
