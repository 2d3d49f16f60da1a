// Stands before the build adapter of a host, as NEXT_ADAPTER_PATH names it: what it is handed has the pages' policies. Plain
// JavaScript, because Next loads it.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { tsImport } from "tsx/esm/api";

const { isPolicyAlone, policyRules, sortPages } = await tsImport(
  "../lib/security/build-policies.ts",
  import.meta.url,
);
const { storesOf } = await tsImport("../lib/security/policy.ts", import.meta.url);

/** @typedef {import("next").NextAdapter} NextAdapter */
/** @typedef {Parameters<NonNullable<NextAdapter["onBuildComplete"]>>[0]} Built */

/**
 * @param {Built} built
 * @returns {Promise<Built>} with the policies in the place of the build's own
 */
export async function withPolicies(built) {
  const { prerenders, staticFiles } = built.outputs;
  /** @type {Record<string, string>} */
  const html = {};
  for (const { pathname, fallback } of prerenders)
    if (fallback?.filePath?.endsWith(".html")) html[pathname] = await readFile(fallback.filePath, "utf8");
  for (const { pathname, filePath } of staticFiles)
    if (filePath.endsWith(".html")) html[pathname] = await readFile(filePath, "utf8");
  const rules = await policyRules(sortPages(html), storesOf(process.env));
  const others = built.routing.beforeMiddleware.filter(
    ({ headers = {} }) => !isPolicyAlone(Object.keys(headers)),
  );
  const own = rules.map(({ source, regex, headers }) => ({
    source,
    sourceRegex: regex,
    headers: Object.fromEntries(headers.map(({ key, value }) => [key, value])),
  }));
  return { ...built, routing: { ...built.routing, beforeMiddleware: [...others, ...own] } };
}

/** @returns {Promise<NextAdapter>} the host's */
async function loadHost() {
  const path = createRequire(import.meta.url).resolve(process.env.NEXT_ADAPTER_PATH ?? "");
  const loaded = await import(pathToFileURL(path).href);
  return loaded.default?.default ?? loaded.default ?? loaded;
}

/** @satisfies {NextAdapter} */
const adapter = {
  name: "descent",
  modifyConfig: async (config, context) => (await loadHost()).modifyConfig?.(config, context) ?? config,
  onBuildComplete: async (built) => (await loadHost()).onBuildComplete?.(await withPolicies(built)),
};

export default adapter;
