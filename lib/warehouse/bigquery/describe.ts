import type { TableField } from "@google-cloud/bigquery";
import type { BigQueryClient } from "./client.ts";
import { columnOf, type Publication } from "./publish.ts";
import { maybeTable } from "./tables.ts";

/** Gives a table or view its comment and its columns' descriptions, where they differ. */
export async function describe(
  client: BigQueryClient,
  told: Pick<Publication, "dataset" | "name" | "comment" | "fields">,
): Promise<void> {
  const { dataset, name, comment } = told;
  const found = await maybeTable(client, dataset, name);
  const there = found?.schema?.fields ?? [];
  const fields = there.map((field) => ({
    ...field,
    description: columnOf(told, field.name)?.description ?? "",
  }));
  const isTold = fields.every(({ description }, index) =>
    description === (there[index]!.description ?? "")
  );
  if (isTold && comment === (found?.description ?? "")) return;
  await client.dataset(dataset).table(name).setMetadata({
    description: comment,
    schema: { fields: fields as TableField[] },
  });
}
