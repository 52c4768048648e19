import assert from "node:assert/strict";
import {
  errorResponse,
  json,
  openFakeBigQuery,
  type Respond,
  type Seen,
} from "./_fake_bigquery.ts";

const ROWS = 60_000;
const KIB = 1024;

/** Rows that do not compress: some 11 MB, so that there are two chunks. */
const LOAD = {
  name: "t",
  columns: [{ name: "c", type: "text" }],
  from: {
    rows: Array.from({ length: ROWS }, (_, n) => {
      const bytes = new Uint8Array(180);
      for (let i = 0, x = n + 1; i < bytes.length; i++) {
        x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) + i | 0;
        bytes[i] = x >>> 8;
      }
      return { c: bytes.toBase64() };
    }),
  },
} as const;

/** What arrives at an upload session that is as bad as `disturb` makes it. */
function session(disturb: (put: number) => "lost" | "refused" | "gone" | "slow" | undefined) {
  const ranges: string[] = [];
  let sessions = 0;
  let arrived = 0;
  const put = ({ headers, bytes }: Seen): Response => {
    const range = headers.get("content-range")!;
    const [, from, total] = /^bytes (?:(\d+)-\d+|\*)\/(\d+)$/.exec(range)!;
    const trouble = disturb(ranges.push(range));
    if (trouble === "gone") return errorResponse(410, "gone");
    if (trouble === "refused") return errorResponse(503, "backendError");
    if (from !== undefined) {
      assert.equal(Number(from), arrived, "a byte is missing or sent twice");
      // The service may keep a part of what it was sent, in units of 256 KiB.
      arrived = trouble === "lost" ? arrived + 256 * KIB : arrived + bytes;
    }
    if (trouble === "lost") throw new TypeError("connection reset");
    if (arrived < Number(total) || trouble === "slow") {
      return new Response(null, {
        status: 308,
        headers: arrived === 0 ? {} : { range: `bytes=0-${arrived - 1}` },
      });
    }
    return loadedJob();
  };
  const open = () => {
    sessions++;
    arrived = 0;
    return json({}, 200, { location: "http://bigquery.test/session" });
  };
  return { ranges, put, open, sessions: () => sessions };
}

async function upload(
  disturb: Parameters<typeof session>[0],
  found: (request: Seen) => Response = () => errorResponse(404, "notFound"),
) {
  const at = session(disturb);
  const progress: number[] = [];
  let totalBytes = 0;
  const respond: Respond = (request) => {
    if (request.search["uploadType"]) return at.open();
    if (request.path === "/session") return at.put(request);
    if (request.path.endsWith("/jobs")) {
      return json({ jobReference: { jobId: "j" }, status: { state: "DONE" } });
    }
    if (request.method === "GET" && request.path.includes("/jobs/")) return found(request);
    if (request.method === "GET" && request.path.includes("/tables/")) {
      return errorResponse(404, "notFound");
    }
    return json({ location: "US" });
  };
  const { warehouse } = await openFakeBigQuery(respond, {
    onUpload: (table, sent, total) => {
      assert.equal(table, "t");
      progress.push(sent);
      totalBytes = total;
    },
  });
  const loaded = await warehouse.replaceTables("raw", [LOAD]);
  assert.deepEqual(loaded, [{ name: "t", rows: ROWS }]);
  assert.equal(progress.at(-1), totalBytes);
  assert.ok(totalBytes > 8 * KIB * KIB, `only ${totalBytes} bytes, must be more than a chunk`);
  return { ...at, progress, totalBytes };
}

Deno.test("replaceTables() uploads in chunks of 8 MiB and tells of each", async () => {
  const { ranges, totalBytes, progress } = await upload(() => undefined);
  const chunk = 8 * KIB * KIB;
  assert.deepEqual(ranges, [
    `bytes 0-${chunk - 1}/${totalBytes}`,
    `bytes ${chunk}-${totalBytes - 1}/${totalBytes}`,
  ]);
  assert.deepEqual(progress, [chunk, totalBytes]);
});

Deno.test("replaceTables() asks what has arrived after a lost chunk, and sends only the rest", async () => {
  const { ranges, totalBytes } = await upload((put) => put === 1 ? "lost" : undefined);
  const kept = 256 * KIB;
  assert.deepEqual(ranges.slice(0, 3), [
    `bytes 0-${8 * KIB * KIB - 1}/${totalBytes}`,
    `bytes */${totalBytes}`,
    `bytes ${kept}-${kept + 8 * KIB * KIB - 1}/${totalBytes}`,
  ]);
});

Deno.test("replaceTables() goes on after a chunk that was refused for the moment", async () => {
  const { ranges, sessions } = await upload((put) => put === 2 ? "refused" : undefined);
  assert.match(ranges[2]!, /^bytes \*\//);
  assert.equal(sessions(), 1);
});

Deno.test("replaceTables() begins anew when the session is gone and no job is there", async () => {
  const { ranges, sessions } = await upload((put) => put === 2 ? "gone" : undefined);
  assert.equal(sessions(), 2);
  assert.match(ranges[2]!, /^bytes 0-/);
});

Deno.test("replaceTables() sends nothing twice when the session is gone, for its job is there", async () => {
  const { sessions, ranges } = await upload(
    (put) => put === 2 ? "gone" : undefined,
    () => loadedJob(),
  );
  assert.deepEqual([sessions(), ranges.length], [1, 2]);
});

Deno.test("replaceTables() waits for the job when all has arrived and none is there yet", async () => {
  const { ranges, sessions } = await upload((put) => put === 2 ? "slow" : undefined);
  assert.match(ranges[2]!, /^bytes \*\//);
  assert.deepEqual([sessions(), ranges.length], [1, 3]);
});

Deno.test("replaceTables() tries an upload once when its table is not there", async () => {
  const { warehouse, seen } = await openFakeBigQuery((request) =>
    request.search["uploadType"]
      ? errorResponse(404, "notFound", "Not found: Table my-project:raw.t")
      : json({ location: "US" })
  );
  await assert.rejects(
    () => warehouse.replaceTables("raw", [LOAD]),
    /Cannot replace tables of raw: Not found: Table my-project:raw\.t/,
  );
  assert.equal(seen.filter(({ search }) => search["uploadType"]).length, 1);
});

function loadedJob(): Response {
  return json({
    jobReference: { jobId: "j" },
    status: { state: "DONE" },
    statistics: { load: { outputRows: String(ROWS) } },
  });
}
