// Bundles the service worker with the list of what it keeps: every file that the build made for browsers, and every page
// that is the same for everybody. Runs after each build and writes public/sw.js, which the server finds there.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { build } from "esbuild";
import { filesBelow } from "./lib/files.mjs";
import { root } from "./lib/processes.mjs";

const next = join(root, ".next");

/** Of what stands under an address whose text may change, so that another text is fetched anew. */
const revisionOf = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex").slice(0, 16);
};

/** @typedef {{ url: string, revision: string | null, sizeBytes: number }} Kept */

/** Browsers that run the app read woff2; the style sheet of the formulas names two older formats beside it. */
const isNeeded = (path) => !/\.(?:ttf|woff|map)$/.test(path);

/** What the build made: names with a hash in them, for ever the same. @returns {Kept[]} */
function builtFiles() {
  const folder = join(next, "static");
  return filesBelow(folder)
    .filter(isNeeded)
    .map((file) => ({
      url: `/_next/static/${relative(folder, file).replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/")}`,
      revision: null,
      sizeBytes: readFileSync(file).length,
    }));
}

/** Pages and icons that were drawn when the app was built, but no pages in other sites' frames. @returns {Kept[]} */
function pages() {
  const { routes } = JSON.parse(readFileSync(join(next, "prerender-manifest.json"), "utf8"));
  const paths = Object.keys(routes).filter((path) => !/^\/(?:_|embed\/)/.test(path));
  return paths.flatMap((path) => {
    const file = join(next, "server", "app", path === "/" ? "index" : path.slice(1));
    const drawn = [`${file}.html`, `${file}.body`].find(existsSync);
    if (drawn === undefined) return [];
    const body = readFileSync(drawn);
    const meta = existsSync(`${file}.meta`) ? readFileSync(`${file}.meta`) : "";
    return [{ url: path, revision: revisionOf(body, meta), sizeBytes: body.length }];
  });
}

/** Icons, and what says that the app can be installed. @returns {Kept[]} */
function publicFiles() {
  const icons = readdirSync(join(root, "public", "icons")).map((name) => join(root, "public", "icons", name));
  return icons.map((file) => {
    const bytes = readFileSync(file);
    return {
      url: `/icons/${relative(join(root, "public", "icons"), file)}`,
      revision: revisionOf(bytes),
      sizeBytes: bytes.length,
    };
  });
}

const kept = [...pages(), ...builtFiles(), ...publicFiles()].sort((a, b) => (a.url < b.url ? -1 : 1));
if (!kept.some(({ url }) => url === "/offline")) throw new Error("The build has no page /offline.");
const files = {
  entries: kept.map(({ url, revision }) => ({ url, revision })),
  sizeBytes: kept.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
};

await build({
  entryPoints: [join(root, "workers", "service.worker.ts")],
  outfile: join(root, "public", "sw.js"),
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  tsconfig: join(root, "workers", "tsconfig.json"),
  define: { "self.__FILES": JSON.stringify(files), "process.env.NODE_ENV": '"production"' },
});
console.log(`Kept for offline use: ${kept.length} files, ${(files.sizeBytes / 1e6).toFixed(1)} MB`);
