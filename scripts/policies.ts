// Ends a build: gives every page that was drawn a policy which knows the scripts in it (lib/security/build-policies.ts says how).
// Run again, it takes the store of the present environment in the place of the former. policy-adapter.mjs does the same where a host
// takes the build over before it ends.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type HeaderRule, sortPages, withPolicies } from "../lib/security/build-policies";
import { storesOf } from "../lib/security/policy";
import { root } from "./lib/processes.mjs";
import { Failure, main } from "./lib/report.mjs";

interface PrerenderManifest {
  routes: Record<string, { routeType?: string }>;
}

const build = join(root, ".next");
const readJson = <T>(name: string): T => JSON.parse(readFileSync(join(build, name), "utf8")) as T;
const readPage = (path: string): string =>
  readFileSync(join(build, "server", "app", `${path === "/" ? "/index" : path}.html`), "utf8");

await main(async () => {
  const manifest = readJson<{ headers: HeaderRule[] }>("routes-manifest.json");
  const { routes } = readJson<PrerenderManifest>("prerender-manifest.json");
  const paths = Object.keys(routes).filter((path) => routes[path]!.routeType === "page");
  if (paths.length === 0) throw new Failure("The build has no pages in .next: run next build first.");
  const built = sortPages(Object.fromEntries(paths.map((path) => [path, readPage(path)])));
  const headers = await withPolicies(manifest.headers, built, storesOf(process.env));
  writeFileSync(join(build, "routes-manifest.json"), JSON.stringify({ ...manifest, headers }));
  return 0;
});
