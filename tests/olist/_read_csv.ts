/** Rows of a CSV text as records; quoted values may hold commas, quotes and newlines. */
export function readCsv(text: string): Record<string, string>[] {
  const records: string[][] = [[]];
  const pattern = /("(?:[^"]|"")*"|[^,\n"]*)(,|\n)/g;
  for (const [, value, end] of text.matchAll(pattern)) {
    records.at(-1)!.push(
      value!.startsWith('"') ? value!.slice(1, -1).replaceAll('""', '"') : value!,
    );
    if (end === "\n") records.push([]);
  }
  const [header, ...rows] = records.slice(0, -1);
  return rows.map((row) => Object.fromEntries(header!.map((name, i) => [name, row[i]!])));
}
