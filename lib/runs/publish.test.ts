// The page's half against the server's, over real HTTP, with the unmodified SDK on both sides of the store.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createLocalBlob } from "../blob/local";
import { type RunningServer, serve } from "../blob/serve";
import type { ObjectStore } from "../blob/store";
import { connectStore } from "../blob/vercel";
import { route } from "../http";
import { sha256Of } from "../sha256";
import { createArchive } from "./archive";
import { MAX_INLINE_WEIGHTS_BYTES } from "./limits";
import { publishRun } from "./publish";
import { createPublishAnswer } from "./publishing";
import { counting, experimentOf, type Publishable, publishable } from "./testing";
import { uploadWeights } from "./upload";
import { createUploadAnswer } from "./uploads";

const token = "vercel_blob_rw_local_secret";
const wide = [
  { kind: "flatten" },
  { kind: "dense", units: 1400, activation: "relu" },
  { kind: "dense", units: 10, activation: "softmax" },
];

let small: Publishable;
let large: Publishable;
beforeAll(async () => {
  small = await publishable(experimentOf(1));
  large = await publishable(experimentOf(2, { layers: wide }));
});

let folder: string;
let server: RunningServer;
let store: ObjectStore;
let calls: string[];
let requests: string[];
const here = (path: string, init?: RequestInit) => fetch(server.origin + path, init);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "descent-publish-"));
  requests = [];
  const blob = createLocalBlob({ folder, token, mount: "/local-blob" });
  const publicBase = "/local-blob/files/";
  ({ store, calls } = counting(connectStore({ token, publicBase, clientApi: "/local-blob/api" })));
  const open = () => ({ kind: "embedded" as const, store });
  const publish = route(createPublishAnswer(createArchive(open), open));
  const allowUpload = route(createUploadAnswer(open));
  server = await serve(async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/local-blob/")) return blob(request);
    requests.push(pathname);
    return pathname === "/api/runs" ? publish(request) : allowUpload(request);
  });
  // Set to nothing, so that a test ends without what the page's half sets.
  vi.stubEnv("VERCEL_BLOB_API_URL", `${server.origin}/local-blob/api`);
  vi.stubEnv("VERCEL_BLOB_RETRIES", "0");
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
  await rm(folder, { recursive: true });
});

test("a small run is published in one request, and again without making another page", async () => {
  const onProgress = vi.fn();
  const first = await publishRun(small.published, small.weights, { fetch: here, onProgress });
  expect(first).toEqual({ id: first.id, url: `${server.origin}/r/${first.id}`, created: true });
  expect(first.id).toMatch(/^[0-9a-f]{64}$/);
  expect(requests).toEqual(["/api/runs"]);
  expect(onProgress).toHaveBeenLastCalledWith(1);
  const second = await publishRun(small.published, small.weights, { fetch: here });
  expect(second).toEqual({ ...first, created: false });
});

test("weights that are too large for a request are uploaded first, straight into the store", async () => {
  expect(large.weights.length).toBeGreaterThan(MAX_INLINE_WEIGHTS_BYTES);
  const shares: number[] = [];
  const options = { fetch: here, onProgress: (share: number) => void shares.push(share) };
  const { id, created } = await publishRun(large.published, large.weights, options);
  expect([created, requests]).toEqual([true, ["/api/runs/uploads", "/api/runs"]]);
  // The browser's own put is not this server's: what the server asks the store is one read and one put.
  expect(calls).toEqual(["read uploads/…-…", "put runs/….json"]);
  expect([shares[0], shares.at(-1), shares]).toEqual([0, 1, [...shares].sort((a, b) => a - b)]);
  const run = await createArchive(() => ({ kind: "embedded", store })).read(id);
  const stored = await here(run!.weights.url);
  expect(await sha256Of(new Uint8Array(await stored.arrayBuffer()))).toBe(large.published.weights.sha256);
  expect(stored.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  // Again is another upload and the same page with the first one's weights.
  expect((await publishRun(large.published, large.weights, options)).created).toBe(false);
  expect((await createArchive(() => ({ kind: "embedded", store })).read(id))?.weights.url).toBe(
    run!.weights.url,
  );
});

test("a refusal arrives in the API's own sentence", async () => {
  const wrong = structuredClone(small.published);
  wrong.run.history[0]!.steps = 99;
  await expect(publishRun(wrong, small.weights, { fetch: here })).rejects.toThrow(
    /^history\[0\]\.steps is 99; it must be 3\.$/,
  );
  const { sha256 } = small.published.weights;
  await expect(uploadWeights(new Uint8Array(), { sha256, fetch: here })).rejects.toThrow(
    /^sizeBytes is 0; it must be a whole number from 1 to 33554432\.$/,
  );
});

test("a server that cannot be reached, or is not ours, is told in one sentence", async () => {
  const publishWith = (fetch: () => Promise<Response>) =>
    publishRun(small.published, small.weights, { fetch });
  await expect(publishWith(() => Promise.reject(new TypeError("fetch failed")))).rejects.toThrow(
    "The server could not be reached: check the connection, then try again.",
  );
  const page = async () => new Response("<h1>Bad gateway</h1>", { status: 502 });
  await expect(publishWith(page)).rejects.toThrow("The server answered 502: try again later.");
});

test("an upload that the store refuses is told with its reason, and nothing is published", async () => {
  // Allowed for these bytes, then others are sent.
  const { sha256 } = large.published.weights;
  const longer = new Uint8Array(large.weights.length + 1);
  const lying = Object.defineProperty(longer, "length", { value: large.weights.length });
  await expect(uploadWeights(lying, { sha256, fetch: here })).rejects.toThrow(
    /^The weights could not be uploaded: .*the file length cannot be greater than/,
  );
  expect((await store.list("")).objects).toEqual([]);
});

test("who gives up hears the reason, before the request and during the upload", async () => {
  const given = new AbortController();
  given.abort(new Error("closed"));
  const options = { fetch: here, signal: given.signal };
  await expect(publishRun(small.published, small.weights, options)).rejects.toThrow("closed");
  const during = new AbortController();
  const onProgress = () => during.abort(new Error("closed"));
  await expect(
    publishRun(large.published, large.weights, { fetch: here, signal: during.signal, onProgress }),
  ).rejects.toThrow("closed");
  expect(calls.filter((call) => call.startsWith("put"))).toEqual([]);
});

test("a killed publishing is done by publishing again", async () => {
  const dying = async (path: string, init?: RequestInit) => {
    if (path === "/api/runs") throw new TypeError("fetch failed");
    return here(path, init);
  };
  await expect(publishRun(large.published, large.weights, { fetch: dying })).rejects.toThrow(/reached/);
  expect((await publishRun(large.published, large.weights, { fetch: here })).created).toBe(true);
});
