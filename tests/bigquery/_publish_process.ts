// Another process that replaces two tables over the endpoint it is given, until
// it is done or killed: arguments are endpoint, project and version.
import { openTestBigQuery } from "./_bigquery.ts";
import { pairOf } from "./_pair.ts";

if (import.meta.main) {
  const [endpoint, projectId, version] = Deno.args as [string, string, string];
  await using warehouse = await openTestBigQuery({ endpoint, projectId });
  await warehouse.replaceTables("raw", pairOf(Number(version)));
}
