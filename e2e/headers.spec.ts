// What the server says with each page and asset: what may run, who may frame it. And that it holds: what is put into a page
// does not run, and what the page is for does.
import { readFileSync } from "node:fs";
import type { APIResponse, Page } from "@playwright/test";
import { catalog } from "../lib/lessons/catalog";
import { hashSource, inlineScripts } from "../lib/security/inline-scripts";
import { encodeExperiment } from "../lib/share/code";
import { parseExperiment } from "../lib/spec/experiment";
import { firstRun } from "../lib/spec/presets/first-run";
import { expect, test } from "./journey";
import { directivesOf, observatoryScore } from "./observatory";
import { pathOf } from "./sharing";

const shared = parseExperiment(firstRun);
const embed = `/embed/${encodeExperiment(shared)}`;
const noRun = `/r/${"0".repeat(64)}`;
/** Drawn by the build, whatever else it draws. */
const known = ["/", "/lessons", "/leaderboard", "/leaderboard/scoring"].concat(
  catalog.map(({ slug }) => `/lessons/${slug}`),
);

/** What the build itself says of its pages: how each comes about. Next's own, for what is missing, have no address. */
function builtPages(): Record<string, string> {
  const { routes } = JSON.parse(readFileSync(".next/prerender-manifest.json", "utf8"));
  const pages = Object.entries(routes as Record<string, { routeType: string; compute: string }>).filter(
    ([path, { routeType }]) => routeType === "page" && !path.startsWith("/_"),
  );
  return Object.fromEntries(pages.map(([path, { compute }]) => [path, compute]));
}

const policyOf = (response: APIResponse) => directivesOf(response.headers()["content-security-policy"]);

test("pages that were drawn when the app was built are still files, and let in just the scripts that stand in them", async ({
  request,
}) => {
  const pages = builtPages();
  expect(Object.keys(pages)).toEqual(expect.arrayContaining(known));
  for (const [path, compute] of Object.entries(pages)) {
    expect(compute, `${path} is drawn by the build`).toBe("static");
    const response = await request.get(path);
    expect(response.headers()["x-nextjs-prerender"], path).toContain("1");
    const scripts = inlineScripts(await response.text());
    const hashes = [...new Set(await Promise.all(scripts.map(hashSource)))];
    expect(hashes.length).toBeGreaterThan(2);
    expect(policyOf(response).get("script-src"), path).toEqual(["'self'", ...hashes]);
  }
});

test("pages that are drawn for each visit let in what has the visit's nonce", async ({ request }) => {
  for (const [path, status] of [
    [pathOf(shared), 200],
    [embed, 200],
    [noRun, 404],
    ["/x/nothing", 404],
  ] as const) {
    const nonces = new Set<string>();
    for (const _ of [1, 2]) {
      const response = await request.get(path);
      expect(response.status()).toBe(status);
      const [self, nonce = "", ...others] = policyOf(response).get("script-src")!;
      expect([self, others], path).toEqual(["'self'", []]);
      const attribute = ` nonce="${nonce.match(/^'nonce-(.+)'$/)![1]}"`;
      const elements = [...(await response.text()).matchAll(/<script\b[^>]*>[^<]/g)].map(([tag]) => tag);
      const run = elements.filter((tag) => inlineScripts(`${tag}</script>`).length > 0);
      // An embed before the tap has none at all.
      if (path !== embed) expect(run.length).toBeGreaterThan(2);
      for (const tag of run) expect(tag, path).toContain(attribute);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(2);
  }
});

test("every page scores 115 or more by Mozilla Observatory's rules, and only embeds may be framed", async ({
  request,
}) => {
  for (const path of [...Object.keys(builtPages()), pathOf(shared), noRun, "/no/such/page"]) {
    const response = await request.get(path);
    expect(observatoryScore(response.headers()), path).toBeGreaterThanOrEqual(115);
    expect(policyOf(response).get("frame-ancestors"), path).toEqual(["'none'"]);
    expect(response.headers(), path).toMatchObject({
      "x-frame-options": "DENY",
      "cross-origin-opener-policy": "same-origin",
      "permissions-policy": expect.stringContaining("camera=()"),
    });
    expect(response.headers()["cross-origin-embedder-policy"], path).toBeUndefined();
  }
  const response = await request.get(embed);
  expect(policyOf(response).has("frame-ancestors")).toBe(false);
  expect(response.headers()["x-frame-options"]).toBeUndefined();
  expect(response.headers()["cross-origin-resource-policy"]).toBe("cross-origin");
});

test("in answers nothing runs, scripts may compile WebAssembly, and all say what they are", async ({
  request,
}) => {
  const html = await (await request.get("/")).text();
  const script = html.match(/src="(\/_next\/static\/[^"]+\.js)"/)![1]!;
  const types = {
    [script]: "javascript",
    "/api/health": "json",
    "/icon.svg": "svg",
    [`/api/og/${encodeExperiment(shared)}`]: "png",
  };
  for (const [path, type] of Object.entries(types)) {
    const response = await request.get(path);
    expect(response.headers()["content-type"]).toContain(type);
    expect(response.headers()["x-content-type-options"]).toBe("nosniff");
    const policy = policyOf(response);
    expect(policy.get("default-src"), path).toEqual(["'none'"]);
    if (path.startsWith("/api/")) expect(policy.has("sandbox"), path).toBe(true);
    if (path === script) expect(policy.get("script-src")).toEqual(["'self'", "'wasm-unsafe-eval'"]);
  }
});

/** Tries all ways in that somebody may find into a page. @returns what the browser held against them */
const breakIn = (page: Page): Promise<{ ran: string[]; refused: string[] }> =>
  page.evaluate(async () => {
    const ran: string[] = [];
    const refused = new Set<string>();
    Object.assign(window, { ranHere: (what: string) => ran.push(what) });
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) =>
      refused.add(effectiveDirective),
    );
    const script = document.createElement("script");
    script.textContent = "ranHere('script')";
    const foreign = document.createElement("script");
    foreign.src = "data:text/javascript,ranHere('foreign')";
    const box = document.createElement("div");
    box.innerHTML = `<img src="data:," onerror="ranHere('attribute')"><iframe srcdoc="<script>parent.ranHere('frame')</script>"></iframe><object data="data:text/html,x"></object>`;
    document.body.append(script, foreign, box);
    const base = document.createElement("base");
    base.href = "https://elsewhere.example/";
    document.head.append(base);
    setTimeout("ranHere('text')");
    await fetch("https://elsewhere.example/").catch(() => ran.length);
    // What a busy machine is slow to refuse.
    for (let waited = 0; waited < 5000 && refused.size < 6; waited += 50)
      await new Promise((done) => setTimeout(done, 50));
    await new Promise((done) => setTimeout(done, 300));
    return { ran, refused: [...refused].sort() };
  });

for (const path of ["/", pathOf(shared)])
  test(`what somebody puts into ${path.slice(0, 3)} does not run, and the page trains`, async ({
    page,
    playground,
    expectedErrors,
  }) => {
    await page.addInitScript(() => localStorage.setItem("theme", "dark"));
    await page.goto(path, { waitUntil: "commit" });
    // By the script within the page, before any other is there.
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(playground.train).toBeEnabled();
    await playground.makeSmall();
    await playground.train.click();
    const { testAccuracy, engine } = await playground.finished();
    expect(testAccuracy).toBeGreaterThan(0.7);
    expect(engine).toContain("WebAssembly");

    expectedErrors.push(/Content Security Policy/);
    const { ran, refused } = await breakIn(page);
    expect(ran).toEqual([]);
    expect(refused).toEqual([
      "base-uri",
      "connect-src",
      "object-src",
      "script-src",
      "script-src-attr",
      "script-src-elem",
    ]);
  });
