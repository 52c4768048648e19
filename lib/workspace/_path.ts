// node:path and node:url under the names the rest of this room uses.
export { basename, dirname, join } from "node:path";
export { fileURLToPath as fromFileUrl } from "node:url";
