import { expect, test } from "vitest";
import { type HeaderRule, sortPages, withPolicies } from "./build-policies";
import { hashSource } from "./inline-scripts";
import { answerPolicy, filePolicy } from "./policy";

const policyKey = "Content-Security-Policy";
const built: HeaderRule[] = [
  {
    source: "/:path*",
    regex: "^(?:/.*)?$",
    headers: [{ key: "X-Content-Type-Options", value: "nosniff" }],
  },
  {
    source: "/:path((?!embed/.).*)",
    regex: "^/((?!embed/.).*)$",
    headers: [{ key: policyKey, value: "frame-ancestors 'none'" }],
  },
];
const pages = {
  "/": "<script>home()</script>",
  "/lessons": "<script>list()</script>",
  "/lessons/fit": "<script>fit()</script>",
};
const fallbacks = ["<script>missing()</script>", "<script>broken()</script>"];
const rules = await withPolicies(built, { pages, fallbacks }, ["https://store.example"]);

/** What a server sends for an address, as Next does: of the rules that fit, the last one. */
const sent = (path: string): string | undefined =>
  rules
    .filter(({ regex }) => new RegExp(regex).test(path))
    .flatMap(({ headers }) => headers)
    .findLast(({ key }) => key === policyKey)?.value;

test.each([
  ["/", "home()"],
  ["/lessons", "list()"],
  ["/lessons/", "list()"],
  ["/lessons/fit", "fit()"],
])("%s lets its own script in, and no other", async (path, script) => {
  const policy = sent(path)!;
  expect(policy).toContain(await hashSource(script));
  expect(policy.match(/'sha256-/g)).toHaveLength(1);
  expect(policy).toContain("connect-src 'self' https://store.example;");
});

test.each(["/nothing", "/lessons/fit/more", "/x", "/x/code/more", "/embed", "/embed/", "/sw.js"])(
  "%s has the policy of the pages that stand in for missing ones",
  async (path) => {
    for (const script of ["missing()", "broken()"]) expect(sent(path)).toContain(await hashSource(script));
  },
);

test.each(["/x/code", "/x/code/", `/r/${"0".repeat(64)}`, "/embed/code", "/embed/lesson/fit/live"])(
  "%s has none: it comes with each answer",
  (path) => expect(sent(path)).toBeUndefined(),
);

test("scripts, answers and stored objects have their own", () => {
  expect(sent("/_next/static/chunks/worker.js")).toBe(filePolicy(["https://store.example"]));
  expect(sent("/api/og/code")).toBe(answerPolicy);
  expect(sent("/local-blob/files/weights")).toBe(answerPolicy);
});

test("other rules stay, those of the build are replaced, and doing it again changes nothing but the store", async () => {
  expect(rules[0]).toEqual(built[0]);
  expect(JSON.stringify(rules)).not.toContain(`"frame-ancestors 'none'"`);
  expect(await withPolicies(rules, { pages, fallbacks }, ["https://store.example"])).toEqual(rules);
  const moved = await withPolicies(rules, { pages, fallbacks }, []);
  expect(JSON.stringify(moved)).not.toContain("store.example");
  expect(moved).toHaveLength(rules.length);
});

test("Next's own pages stand in for others, and have no address", () => {
  const html = { "/": "a", "/lessons": "b", "/_not-found": "c", "/_global-error": "d", "/404": "c" };
  expect(sortPages(html)).toEqual({ pages: { "/": "a", "/lessons": "b" }, fallbacks: ["c", "d", "c"] });
});
