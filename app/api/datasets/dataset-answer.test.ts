import { beforeAll, expect, test } from "vitest";
import type { OpenStore } from "@/lib/blob/environment";
import { type ObjectStore, StoreError } from "@/lib/blob/store";
import { filesOf, type Manifest, manifestName, manifestPath, parseManifest } from "@/lib/datasets/manifest";
import { packMnist } from "@/lib/datasets/testing/server";
import { route } from "@/lib/http";
import { mnist } from "@/lib/spec/datasets/mnist";
import { createDatasetAnswer } from "./dataset-answer";

let manifest: Manifest;
beforeAll(async () => {
  ({ manifest } = await packMnist());
  for (const file of filesOf(manifest)) delete file.url;
}, 60_000);

/** A store that holds one object, or fails to, and counts how often it is read. */
function storeOf(read: () => string | null, kind: OpenStore["kind"] = "embedded") {
  const reads: string[] = [];
  const store = {
    async read(name: string) {
      reads.push(name);
      const text = read();
      return text === null ? null : new TextEncoder().encode(text);
    },
    publicUrl: (name: string) => `/local-blob/files/${name}`,
  } as unknown as ObjectStore;
  const answer = createDatasetAnswer(() => ({ kind, store }));
  const ask = (path: string) =>
    route(() => {
      const { pathname } = new URL(path, "http://a.test");
      return answer(new Request(new URL(path, "http://a.test")), decodeURIComponent(pathname.slice(14)));
    })(new Request("http://a.test"));
  return { reads, ask };
}

test("the manifest comes with an address for every object, and is read from the store once", async () => {
  const { reads, ask } = storeOf(() => JSON.stringify(manifest));
  const responses = await Promise.all([ask(manifestPath(mnist)), ask(manifestPath(mnist))]);
  for (const response of [...responses, await ask("/api/datasets/mnist")]) {
    expect(response.status).toBe(200);
    const answered = parseManifest(await response.json(), mnist);
    const files = filesOf(answered);
    expect(files.map(({ url }) => url)).toEqual(files.map(({ name }) => `/local-blob/files/${name}`));
    for (const file of files) delete file.url;
    expect(answered).toEqual(manifest);
  }
  expect(reads).toEqual([manifestName(mnist)]);
});

test("caches may keep the answer for long where the address names the revision", async () => {
  const { ask } = storeOf(() => JSON.stringify(manifest));
  const cacheControl = async (path: string) => (await ask(path)).headers.get("cache-control");
  expect(await cacheControl("/api/datasets/mnist?revision=1")).toContain("s-maxage=86400");
  expect(await cacheControl("/api/datasets/mnist")).toBe("public, max-age=60");
});

test.each([
  ["nothing", "id", 'id is "nothing"; it must be "digits" or "mnist".'],
  ["__proto__", "id", 'id is "__proto__"; it must be "digits" or "mnist".'],
  ["constructor", "id", 'id is "constructor"; it must be "digits" or "mnist".'],
  ["..%2f..%2fsecret", "id", 'id is "../../secret"; it must be "digits" or "mnist".'],
  ["mnist?revision=2", "revision", 'revision is "2"; it must be 1.'],
  ["mnist?revision=", "revision", 'revision is ""; it must be 1.'],
])("%s is a 404 that says what there is", async (path, field, message) => {
  const { reads, ask } = storeOf(() => JSON.stringify(manifest));
  const response = await ask(`/api/datasets/${path}`);
  expect(response.status).toBe(404);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(await response.json()).toEqual({ error: { code: "not_found", message, field } });
  expect(reads).toEqual([]);
});

test.each([
  ["embedded", "The data of MNIST digits has not been built: run npm run data."],
  ["vercel", "The data of MNIST digits has not been built: run npm run data -- --upload."],
] as const)(
  "without data on a %s store it is a 503 that says what to run, until it is there",
  async (kind, message) => {
    let text: string | null = null;
    const { ask } = storeOf(() => text, kind);
    const response = await ask(manifestPath(mnist));
    expect([response.status, await response.json()]).toEqual([
      503,
      { error: { code: "data_missing", message } },
    ]);
    text = JSON.stringify(manifest);
    expect((await ask(manifestPath(mnist))).status).toBe(200);
  },
);

test.each(["{", '{"id":"mnist"}'])(
  "stored data that does not fit (%s) is not the caller's fault",
  async (text) => {
    const response = await storeOf(() => text).ask(manifestPath(mnist));
    expect([response.status, (await response.json()).error]).toEqual([
      503,
      {
        code: "data_invalid",
        message: "The data of MNIST digits does not fit this version of the app: run npm run data.",
      },
    ]);
  },
);

test("a store that cannot be reached is a 503, and the next request tries again", async () => {
  let up = false;
  const { ask } = storeOf(() => {
    if (!up) throw new StoreError("The object store could not read it: fetch failed");
    return JSON.stringify(manifest);
  });
  const response = await ask(manifestPath(mnist));
  expect([response.status, (await response.json()).error.code]).toEqual([503, "store_unavailable"]);
  up = true;
  expect((await ask(manifestPath(mnist))).status).toBe(200);
});
