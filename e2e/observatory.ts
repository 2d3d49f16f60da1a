// Mozilla Observatory's rules for what a page's headers say (HTTP Observatory 1.4, https://github.com/mdn/mdn-http-observatory):
// 100 points, less for what is missing, more for what goes beyond. What only an address on the internet has is taken to be
// there: https, with plain http led to it.

type Sources = ReadonlyMap<string, readonly string[]>;

/** The directives of a policy with their sources. */
export const directivesOf = (policy = ""): Sources =>
  new Map(
    policy.split(";").map((directive) => {
      const [name = "", ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );

const tooBroad = ["*", "http:", "https:", "ftp:"];
const unsafe = [...tooBroad, "'unsafe-inline'", "data:"];

function policyPoints(directives: Sources): number {
  if (directives.size === 0 || !directives.has("default-src")) return -25;
  const fallback = directives.get("default-src")!;
  const [scripts, styles, objects] = ["script-src", "style-src", "object-src"].map(
    (name) => directives.get(name) ?? fallback,
  ) as [readonly string[], readonly string[], readonly string[]];
  if (scripts.some((source) => unsafe.includes(source))) return -20;
  if (objects.some((source) => tooBroad.includes(source))) return -20;
  if ([...scripts, ...styles].includes("'unsafe-eval'")) return -10;
  if (styles.some((source) => unsafe.includes(source))) return 0;
  return fallback.join() === "'none'" ? 10 : 5;
}

/** @param headers by lower-case name, of a page that loads scripts from its own server alone and sets no cookies */
export function observatoryScore(headers: Readonly<Record<string, string>>): number {
  const directives = directivesOf(headers["content-security-policy"]);
  const framers = directives.get("frame-ancestors");
  const framing = framers !== undefined && !framers.some((source) => tooBroad.includes(source));
  const maxAge = Number(headers["strict-transport-security"]?.match(/max-age=(\d+)/)?.[1] ?? 0);
  const privateReferrer = /^(no-referrer|same-origin|strict-origin|strict-origin-when-cross-origin)$/;
  const points = [
    policyPoints(directives),
    framing ? 5 : /^(DENY|SAMEORIGIN)$/.test(headers["x-frame-options"] ?? "") ? 0 : -20,
    maxAge >= 15_552_000 ? 0 : maxAge > 0 ? -10 : -20,
    headers["x-content-type-options"] === "nosniff" ? 0 : -5,
    privateReferrer.test(headers["referrer-policy"] ?? "") ? 5 : 0,
    /^same-(origin|site)$/.test(headers["cross-origin-resource-policy"] ?? "") ? 10 : 0,
  ];
  const lost = points.filter((point) => point < 0).reduce((sum, point) => sum + point, 100);
  return lost < 90 ? lost : points.reduce((sum, point) => sum + point, 100);
}
