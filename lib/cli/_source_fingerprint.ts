export { fingerprintOf } from "feira/ingest";
