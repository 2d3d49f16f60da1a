// The policies of what a build made, as rules in Next's manifest of routes. A page that was drawn when it was built stays a
// file, which no nonce can stand in: its scripts are let in by their hashes, which are known only now.
import { hashSources } from "./inline-scripts";
import { answerPolicy, filePolicy, pagePolicy } from "./policy";

/** A rule of `headers` in routes-manifest.json; of those that fit an address, the last one counts. */
export interface HeaderRule {
  source: string;
  regex: string;
  headers: readonly { key: string; value: string }[];
}

export interface BuiltPages {
  /** HTML by address, e.g. "/lessons". */
  pages: Readonly<Record<string, string>>;
  /** The pages that stand in for those that are missing or broken, wherever they are asked for. */
  fallbacks: readonly string[];
}

const KEY = "Content-Security-Policy";

/** Addresses whose policies are made with each answer: by the proxy, or by what writes the page. */
const DRAWN_EACH_TIME = "x/[^/]+/?$|r/[^/]+/?$|embed/.";

/** @param regex its beginning and end are added */
const rule = (source: string, regex: string, value: string): HeaderRule => ({
  source,
  regex: `^${regex}$`,
  headers: [{ key: KEY, value }],
});

const escaped = (path: string) => path.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The rules that are nothing but a policy: the build's own, until these take their place. */
export const isPolicyAlone = (keys: readonly string[]): boolean => keys.length === 1 && keys[0] === KEY;

/** @param stores see `storesOf` */
export async function policyRules(
  { pages, fallbacks }: BuiltPages,
  stores: readonly string[],
): Promise<HeaderRule[]> {
  const everywhereElse = `((?!${DRAWN_EACH_TIME}).*)`;
  const page = async (...html: string[]) => pagePolicy({ scripts: await hashSources(...html), stores });
  return [
    rule(`/:path${everywhereElse}`, `/${everywhereElse}`, await page(...fallbacks)),
    rule("/_next/static/:path*", "/_next/static/.*", filePolicy(stores)),
    rule("/api/:path*", "/api/.*", answerPolicy),
    rule("/local-blob/:path*", "/local-blob/.*", answerPolicy),
    ...(await Promise.all(
      Object.entries(pages).map(async ([path, html]) => rule(path, `${escaped(path)}/?`, await page(html))),
    )),
  ];
}

/**
 * Puts the policies in the place of those that stand in a manifest, so that doing it again changes nothing.
 * @param rules as the build wrote them, or as this left them
 */
export async function withPolicies(
  rules: readonly HeaderRule[],
  built: BuiltPages,
  stores: readonly string[],
): Promise<HeaderRule[]> {
  const others = rules.filter(({ headers }) => !isPolicyAlone(headers.map(({ key }) => key)));
  return [...others, ...(await policyRules(built, stores))];
}

/** Next's own pages, for what is missing or broken, have names that nobody can ask for. */
const isFallback = (path: string) => /^\/(?:_|404$|500$)/.test(path);

/** @param html of every page that the build drew, by address */
export const sortPages = (html: Readonly<Record<string, string>>): BuiltPages => ({
  pages: Object.fromEntries(Object.entries(html).filter(([path]) => !isFallback(path))),
  fallbacks: Object.keys(html)
    .filter(isFallback)
    .map((path) => html[path]!),
});
