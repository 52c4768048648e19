import assert from "node:assert/strict";
import { type Planned, publishScript } from "../../lib/warehouse/bigquery/publish.ts";

const planned: Planned = {
  dataset: "analytics",
  name: "fact",
  from: { dataset: "analytics__work_1a2b3c4d", name: "fact" },
  fields: [{ name: "id", type: "STRING", mode: "REQUIRED" }, { name: "n", type: "INTEGER" }],
  comment: "",
  key: ["id"],
  target: undefined,
};

Deno.test("publishScript() keeps what must not be NULL and the key when it makes a table", () => {
  assert.deepEqual(publishScript([planned], ["drop view if exists `analytics`.`v`"]).split("\n"), [
    "create table if not exists `analytics`.`fact` (`id` STRING not null, `n` INT64, primary key (`id`) not enforced) options (description = '');",
    "begin transaction;",
    "truncate table `analytics`.`fact`;",
    "insert into `analytics`.`fact` (`id`, `n`) select `id`, `n` from `analytics__work_1a2b3c4d`.`fact`;",
    "commit transaction;",
    "drop view if exists `analytics`.`v`;",
  ]);
});

Deno.test("publishScript() adds a column that may be NULL in the rows that are there", () => {
  const target = { fields: [{ name: "n", type: "INTEGER" }], comment: "" };
  const [added] = publishScript([{ ...planned, target }]).split("\n");
  assert.equal(added, "alter table `analytics`.`fact` add column if not exists `id` STRING;");
});

Deno.test("publishScript() begins no transaction where no table is published", () => {
  assert.equal(publishScript([], ["select 1"]), "select 1;");
});
