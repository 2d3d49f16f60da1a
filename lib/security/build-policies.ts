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

/**
 * Puts the policies in the place of those that stand in a manifest, so that doing it again changes nothing.
 * @param rules as the build wrote them, or as this left them
 * @param stores see `storesOf`
 */
export async function withPolicies(
  rules: readonly HeaderRule[],
  { pages, fallbacks }: BuiltPages,
  stores: readonly string[],
): Promise<HeaderRule[]> {
  const others = rules.filter(({ headers }) => headers.some(({ key }) => key !== KEY));
  const everywhereElse = `((?!${DRAWN_EACH_TIME}).*)`;
  return [
    ...others,
    rule(
      `/:path${everywhereElse}`,
      `/${everywhereElse}`,
      pagePolicy({ scripts: await hashSources(...fallbacks), stores }),
    ),
    rule("/_next/static/:path*", "/_next/static/.*", filePolicy(stores)),
    rule("/api/:path*", "/api/.*", answerPolicy),
    rule("/local-blob/:path*", "/local-blob/.*", answerPolicy),
    ...(await Promise.all(
      Object.entries(pages).map(async ([path, html]) =>
        rule(path, `${escaped(path)}/?`, pagePolicy({ scripts: await hashSources(html), stores })),
      ),
    )),
  ];
}
