// node:path under the names the rest of this room uses.
export { basename, dirname, join } from "node:path";
