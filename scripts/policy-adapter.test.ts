// A host's own adapter, as Next would call it at the end of a build, with ours before it.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { hashSource } from "../lib/security/inline-scripts";

interface Handed {
  buildId: string;
  routing: { beforeMiddleware: { source: string; headers?: Record<string, string> }[] };
}

const folder = mkdtempSync(join(tmpdir(), "descent-adapter-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const host = file(
  "host.mjs",
  `export default {
    name: "host",
    modifyConfig: (config) => ({ ...config, seen: true }),
    onBuildComplete: async (built) => { globalThis.handed = built; },
  };`,
);

test("the host is handed the pages' policies in the place of the build's own, and everything else as it was", async () => {
  vi.stubEnv("NEXT_ADAPTER_PATH", host);
  const { default: adapter } = await import("./policy-adapter.mjs");
  expect(await adapter.modifyConfig({ distDir: ".next" } as never, {} as never)).toMatchObject({
    seen: true,
  });
  const prerender = (pathname: string, name: string, text: string) => ({
    pathname,
    fallback: { filePath: file(name, text) },
  });
  const kept = { source: "/:path*", sourceRegex: ".*", headers: { "X-Frame-Options": "DENY" } };
  await adapter.onBuildComplete({
    buildId: "1",
    routing: {
      beforeMiddleware: [
        kept,
        { source: "/:path*", sourceRegex: ".*", headers: { "Content-Security-Policy": "base-uri 'none'" } },
        { source: "/old", sourceRegex: "^/old$", status: 308 },
      ],
      onMatch: [],
    },
    outputs: {
      prerenders: [
        prerender("/lessons", "lessons.html", "<script>lessons()</script>"),
        prerender("/lessons.rsc", "lessons.rsc", "<script>data()</script>"),
        { pathname: "/later" },
      ],
      staticFiles: [{ pathname: "/404", filePath: file("404.html", "<script>missing()</script>") }],
    },
  } as never);
  const { routing, buildId } = (globalThis as unknown as { handed: Handed }).handed;
  const rules = routing.beforeMiddleware;
  expect(buildId).toBe("1");
  expect(rules.slice(0, 2)).toEqual([kept, { source: "/old", sourceRegex: "^/old$", status: 308 }]);
  const policy = (source: string) =>
    rules.find((rule) => rule.source === source)?.headers?.["Content-Security-Policy"];
  expect(policy("/lessons")).toContain(await hashSource("lessons()"));
  expect(policy(rules[2]!.source)).toContain(await hashSource("missing()"));
  expect(JSON.stringify(rules)).not.toContain(await hashSource("data()"));
  expect(rules.map(({ source }) => source)).not.toContain("/404");
  vi.unstubAllEnvs();
});
