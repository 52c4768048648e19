// A process that loads the Parquet file it is given into a played service, and prints its own peak
// of resident memory in MB: before it has opened anything, and after the load.
import { doneJob, json, openFakeBigQuery } from "./_fake_bigquery.ts";
import { peakMemoryMb } from "./_peak_memory.ts";

if (import.meta.main) {
  const [parquet, rows] = Deno.args as [string, string];
  const before = await peakMemoryMb();
  const { warehouse } = await openFakeBigQuery((request) => {
    if (request.search["uploadType"]) {
      return json({}, 200, { location: "http://bigquery.test/session" });
    }
    const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(request.headers.get("content-range") ?? "");
    if (range && Number(range[2]) + 1 < Number(range[3])) {
      return new Response(null, { status: 308, headers: { range: `bytes=0-${range[2]}` } });
    }
    if (range) {
      return json({
        jobReference: { jobId: "j" },
        status: { state: "DONE" },
        statistics: { load: { outputRows: rows } },
      });
    }
    if (request.method === "GET" && request.path.includes("/tables/")) {
      return json({ type: "TABLE", schema: { fields: [] } });
    }
    return request.method === "POST" ? doneJob(request) : json({ location: "US" });
  }, { patience: { totalMs: 600_000 } });
  const columns = ["a", "b", "c", "d"].map((name) => ({ name, type: "text" } as const));
  await warehouse.replaceTables("raw", [{ name: "t", columns, from: { parquet } }]);
  const answer = JSON.stringify({ before, after: await peakMemoryMb() });
  await Deno.stdout.write(new TextEncoder().encode(answer));
}
