import { readdirSync } from "node:fs";
import { join } from "node:path";

/** @param {string} path @returns {string[]} the files at or below it */
export function filesBelow(path) {
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.flatMap((entry) => {
    const inner = join(path, entry.name);
    return entry.isDirectory() ? filesBelow(inner) : [inner];
  });
}
