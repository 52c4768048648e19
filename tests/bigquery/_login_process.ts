// A process that runs a statement with the credentials its environment gives it, and prints
// what came of it; no request gets any further than a function.
import { FeiraError } from "feira/workspace";
import { json, openFakeBigQuery } from "./_fake_bigquery.ts";

if (import.meta.main) {
  const endpoint = "https://bigquery.test";
  const { warehouse, seen } = await openFakeBigQuery(() => json({}), { endpoint });
  const error = await warehouse.query("select 1 as n").then(() => undefined, (error) => error);
  const kind = error instanceof FeiraError ? error.kind : undefined;
  const answer = JSON.stringify({ kind, message: error?.message, requests: seen.length });
  await Deno.stdout.write(new TextEncoder().encode(answer));
}
