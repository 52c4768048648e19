import { type Schema, Validator } from "@cfworker/json-schema";
import assert from "node:assert/strict";

const schema: Schema = JSON.parse(
  await Deno.readTextFile(
    new URL("../fixtures/nbformat/nbformat.v4.5.schema.json", import.meta.url),
  ),
);

/** Holds a notebook's text to the published schema of nbformat 4.5. */
export function assertIsNbformat(text: string, name = "notebook"): void {
  const notebook = JSON.parse(text);
  assert.equal(notebook.nbformat_minor, 5, name);
  const { valid, errors } = new Validator(schema, "4", false).validate(notebook);
  const told = errors.slice(-5).map(({ instanceLocation, error }) =>
    `${instanceLocation}: ${error}`
  );
  assert.ok(valid, `${name} is not nbformat 4.5: ${told.join("; ")}`);
}
