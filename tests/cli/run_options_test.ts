import { FeiraError } from "feira/workspace";
import assert from "node:assert/strict";
import { maybeRunOptions } from "../../lib/cli/_run_options.ts";

const effects = { env: (name: string) => name === "INIT_CWD" ? "/home/ana" : undefined };
const parse = (...args: string[]) => maybeRunOptions(args, { effects })!;

Deno.test("maybeRunOptions() runs everything that is not fresh by default", () => {
  assert.deepEqual(parse(), { job: "full", force: false, parameters: {}, log: "auto" });
});

Deno.test("maybeRunOptions() turns --raw and --synthetic into notebook parameters", () => {
  assert.deepEqual(parse("--raw", "csv").parameters, { raw: "/home/ana/csv" });
  assert.deepEqual(parse("--raw", "/csv").parameters, { raw: "/csv" });
  assert.deepEqual(parse("--synthetic").parameters, { synthetic: "20000" });
  assert.deepEqual(parse("--synthetic", "500").parameters, { synthetic: "500" });
});

Deno.test("maybeRunOptions() knows the guide's names of the jobs", () => {
  assert.equal(parse("--job", "som_kmeans_segmentation_pipeline").job, "segmentation");
  assert.equal(parse("--job", "elt").job, "elt");
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
