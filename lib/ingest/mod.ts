/**
 * Where the raw data comes from: a folder, Kaggle or the synthetic market,
 * checked against the contract and placed whole or not at all.
 *
 * Knows `olist` and `workspace`.
 */
export { describeSource, type SourceText } from "./describe_source.ts";
export { fingerprintOf } from "./fingerprint_of.ts";
export { IngestError, type IngestErrorOptions } from "./ingest_error.ts";
export { placeRawData, type RawDataSpec } from "./place_raw_data.ts";
export { type RawFile, type RawSource, readRawSource } from "./raw_source.ts";
