import type { TableLoad, Warehouse } from "feira/warehouse";
import assert from "node:assert/strict";
import { numbersLoad } from "../warehouse/_suite.ts";

const ROWS = 300;

/** The numbers that both tables of a version hold. */
export function numbersOf(version: number): number[] {
  return Array.from({ length: ROWS }, (_, n) => version * 1000 + n);
}

/** Two tables that belong together. */
export function pairOf(version: number): TableLoad[] {
  return ["a", "b"].map((name) => numbersLoad(numbersOf(version), name));
}

/**
 * Which version both tables are of; undefined when neither is there.
 *
 * @throws {assert.AssertionError} when they differ, or rows are lost or doubled.
 */
export async function versionOf(warehouse: Warehouse): Promise<number | undefined> {
  const names = (await warehouse.listTables("raw")).map(({ name }) => name);
  if (names.length === 0) return undefined;
  assert.deepEqual(names, ["a", "b"]);
  const [a, b] = [await numbersIn(warehouse, "a"), await numbersIn(warehouse, "b")];
  const version = Math.floor(a[0]! / 1000);
  assert.deepEqual(a, numbersOf(version));
  assert.deepEqual(b, numbersOf(version));
  return version;
}

async function numbersIn(warehouse: Warehouse, table: string): Promise<number[]> {
  const sql = `select n from ${warehouse.nameOf("raw", table)} order by n`;
  return [...(await warehouse.columns(sql)).numbers["n"]!];
}
