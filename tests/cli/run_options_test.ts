import { FeiraError } from "feira/workspace";
import assert from "node:assert/strict";
import { maybeRunOptions } from "../../lib/cli/_run_options.ts";

const effects = { env: (name: string) => name === "INIT_CWD" ? "/home/ana" : undefined };
const parse = (...args: string[]) => maybeRunOptions(args, { effects })!;

Deno.test("maybeRunOptions() runs everything that is not fresh by default", () => {
  assert.deepEqual(parse(), {
    job: "full",
    force: false,
    parameters: {},
    jobs: 1,
    log: "auto",
  });
});

Deno.test("maybeRunOptions() turns --raw, --synthetic and --accept into notebook parameters", () => {
  assert.deepEqual(parse("--raw", "csv").parameters, { raw: "/home/ana/csv" });
  assert.deepEqual(parse("--raw", "/csv").parameters, { raw: "/csv" });
  assert.deepEqual(parse("--synthetic").parameters, { synthetic: "20000" });
  assert.deepEqual(parse("--synthetic", "500").parameters, { synthetic: "500" });
  assert.deepEqual(parse("--accept").parameters, { accept: "true" });
});

Deno.test("maybeRunOptions() knows the guide's names of the jobs", () => {
  assert.equal(parse("--job", "som_kmeans_segmentation_pipeline").job, "segmentation");
  assert.equal(parse("--job", "elt").job, "elt");
});

Deno.test("maybeRunOptions() reads how old ingestion may be, and how many may be at work", () => {
  const secondsOf = (text: string) => parse("--max-age", text).maxAgeSeconds;
  assert.deepEqual(["45s", "30m", "24h", "7d", "0d"].map(secondsOf), [45, 1800, 86400, 604800, 0]);
  assert.equal(parse("--jobs", "2").jobs, 2);
  assert.equal(parse("--cell-timeout", "90s").cellTimeoutSeconds, 90);
});

Deno.test("maybeRunOptions() reads how much a statement on BigQuery may be billed", () => {
  const options = parse("--warehouse", "bigquery", "--max-bytes-billed", "1000000000");
  assert.deepEqual([options.warehouse, options.maxBytesBilled], ["bigquery", 1e9]);
  for (const bytes of ["0", "1e9", "1.5", "-1", "all"]) {
    assert.throws(() => parse("--max-bytes-billed", bytes), /must be a number of bytes from 1/);
  }
});

Deno.test("maybeRunOptions() keeps = and newlines of a parameter's value", () => {
  const { parameters } = parse("--param", "a=b=c", "--param", "d=");
  assert.deepEqual(parameters, { a: "b=c", d: "" });
});

Deno.test("maybeRunOptions() refuses what cannot be meant, as usage", () => {
  const cases: [string[], RegExp][] = [
    [["--raw", "x", "--synthetic"], /must be one of them/],
    [["--only", "01", "--from", "02"], /must be one of them/],
    [["--raw", ""], /must be a folder/],
    [["--synthetic", "0"], /must be a number of orders from 1/],
    [["--synthetic", "many"], /must be a number of orders from 1/],
    [["--job", "half"], /--job is "half", must be one of elt/],
    [["--log", "xml"], /must be auto, plain or json/],
    [["--jobs", "0"], /--jobs is "0", must be a whole number from 1/],
    [["--jobs", "1e1"], /--jobs is "1e1"/],
    [["--max-age", "1 day"], /--max-age is "1 day", must be a number and s, m, h or d/],
    [["--max-age", "h"], /--max-age is "h"/],
    [["--cell-timeout", "soon"], /--cell-timeout is "soon", must be a number and s, m, h or d/],
    [["--cell-timeout", "0s"], /--cell-timeout is "0s"/],
    [["--param", "novalue"], /must be key=value/],
    [["--nonsense"], /unknown option '--nonsense'/],
    [["extra"], /too many arguments/],
  ];
  for (const [args, message] of cases) {
    assert.throws(
      () => parse(...args),
      (error) =>
        error instanceof FeiraError && error.kind === "usage" && message.test(error.message),
      args.join(" "),
    );
  }
});
