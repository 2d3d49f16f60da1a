import { getPayloadFromClientToken } from "@vercel/blob/client";
import { expect, test } from "vitest";
import { connectStore } from "../blob/vercel";
import { route } from "../http";
import { MAX_WEIGHTS_BYTES } from "../share/published-run";
import { UPLOAD_VALID_MS } from "./limits";
import { createUploadAnswer } from "./uploads";

const token = "vercel_blob_rw_AbC_secret";
const store = connectStore({ token, publicBase: "https://abc.test/" });
const answer = route(createUploadAnswer(() => ({ kind: "vercel", store })));
const post = (body: unknown, headers: Record<string, string> = { "content-type": "application/json" }) =>
  answer(
    new Request("http://localhost:3000/api/runs/uploads", {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers,
    }),
  );
const sha256 = "0123456789abcdef".repeat(4);

test("a grant is for one new name, for weights of one size, and short", async () => {
  const response = await post({ sha256, sizeBytes: 5_000_000 });
  expect([response.status, response.headers.get("cache-control")]).toEqual([201, "no-store"]);
  const { name, token: granted, apiUrl } = await response.json();
  expect([name, apiUrl]).toEqual([
    expect.stringMatching(new RegExp(`^uploads/${sha256}-[0-9a-f]{32}$`)),
    null,
  ]);
  const { validUntil, ...payload } = getPayloadFromClientToken(granted) as unknown as Record<string, unknown>;
  expect(payload).toEqual({
    pathname: name,
    allowedContentTypes: ["application/octet-stream"],
    maximumSizeInBytes: 5_000_000,
    addRandomSuffix: false,
    allowOverwrite: false,
    cacheControlMaxAge: 31_536_000,
  });
  const validFor = Number(validUntil) - Date.now();
  expect(validFor).toBeLessThanOrEqual(UPLOAD_VALID_MS);
  expect(validFor).toBeGreaterThan(UPLOAD_VALID_MS - 60_000);
});

test("nobody can foretell a name, so that nobody can take it first", async () => {
  const names = await Promise.all(
    Array.from({ length: 50 }, async () => (await (await post({ sha256, sizeBytes: 1 })).json()).name),
  );
  expect(new Set(names).size).toBe(50);
});

test.each([
  [{ sha256: "../../runs/a", sizeBytes: 1 }, 422, "sha256"],
  [{ sha256: sha256.toUpperCase(), sizeBytes: 1 }, 422, "sha256"],
  [{ sha256, sizeBytes: 0 }, 422, "sizeBytes"],
  [{ sha256, sizeBytes: MAX_WEIGHTS_BYTES + 1 }, 422, "sizeBytes"],
  [{ sha256, sizeBytes: "1" }, 422, "sizeBytes"],
  [{ sha256, sizeBytes: 1, name: "runs/a" }, 422, "name"],
  [[], 422, "upload"],
  ["{", 400, "upload"],
  ["", 400, "upload"],
  [`"${"x".repeat(2000)}"`, 413, undefined],
])("%j is refused with %d", async (body, status, field) => {
  const response = await post(body);
  expect([response.status, (await response.json()).error.field]).toEqual([status, field]);
});

test("only JSON, and only from this site's own pages", async () => {
  const body = { sha256, sizeBytes: 1 };
  expect((await post(body, { "content-type": "text/plain" })).status).toBe(415);
  const foreign = { "content-type": "application/json", origin: "https://evil.test" };
  expect((await post(body, foreign)).status).toBe(403);
});
