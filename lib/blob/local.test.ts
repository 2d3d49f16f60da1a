import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BlobAccessError, BlobError, BlobNotFoundError, copy, del, head, list, put } from "@vercel/blob";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createLocalBlob } from "./local";
import { type RunningServer, serve } from "./serve";
import { forever, ObjectNameError, type ObjectStore, StoreError } from "./store";
import { connectStore } from "./vercel";

const token = "vercel_blob_rw_local_secret";
const once = { access: "public", token } as const;

let folder: string;
let server: RunningServer;
let store: ObjectStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "descent-blob-"));
  server = await serve(createLocalBlob({ folder, token, mount: "/local-blob" }));
  vi.stubEnv("VERCEL_BLOB_API_URL", `${server.origin}/local-blob/api`);
  vi.stubEnv("VERCEL_BLOB_RETRIES", "0");
  store = connectStore({ token, publicBase: "/local-blob/files/" });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
  await rm(folder, { recursive: true });
});

const text = { contentType: "text/plain", overwrite: false, maxAgeSeconds: forever };
const fetchObject = (name: string, init?: RequestInit) =>
  fetch(`${server.origin}/local-blob/files/${name}`, init);

describe("the unmodified SDK against the embedded store", () => {
  test("puts, heads, lists and deletes over real HTTP", async () => {
    const options = { ...once, contentType: "text/plain", cacheControlMaxAge: 3600 };
    const stored = await put("notes/a.txt", "hello", options);
    expect(stored.pathname).toBe("notes/a.txt");
    const found = await head("notes/a.txt", { token });
    expect(found).toMatchObject({ size: 5, contentType: "text/plain", etag: stored.etag, url: stored.url });
    expect(Date.now() - found.uploadedAt.getTime()).toBeLessThan(60_000);
    expect(await (await fetch(found.url)).text()).toBe("hello");
    expect((await list({ token, prefix: "notes/" })).blobs.map((blob) => blob.pathname)).toEqual([
      "notes/a.txt",
    ]);
    await del(stored.url, { token });
    await del("notes/a.txt", { token });
    await expect(head("notes/a.txt", { token })).rejects.toBeInstanceOf(BlobNotFoundError);
  });

  test("refuses a second put with the service's own words, and overwrites when told to", async () => {
    await put("a", "first", once);
    await expect(put("a", "second", once)).rejects.toThrow(/This blob already exists/);
    await put("a", "third", { ...once, allowOverwrite: true });
    expect(await (await fetchObject("a")).text()).toBe("third");
  });

  test("turns a wrong token away, for reading the list as for writing", async () => {
    const wrong = { access: "public", token: "vercel_blob_rw_local_guess" } as const;
    await expect(put("a", "x", wrong)).rejects.toBeInstanceOf(BlobAccessError);
    await expect(list(wrong)).rejects.toBeInstanceOf(BlobAccessError);
    await expect(del("a", wrong)).rejects.toBeInstanceOf(BlobAccessError);
    await expect(head("a", wrong)).rejects.toBeInstanceOf(BlobAccessError);
    expect(await list({ token })).toMatchObject({ blobs: [], hasMore: false });
  });

  test("says by name what it does not do", async () => {
    await put("a", "x", once);
    await expect(put("b", "x", { ...once, access: "private" })).rejects.toThrow(/public objects only/);
    await expect(put("b", "x", { ...once, addRandomSuffix: true })).rejects.toThrow(/no random suffix/);
    await expect(put("a", "x", { ...once, ifMatch: '"1"' })).rejects.toThrow(/ifMatch/);
    await expect(copy("a", "b", once)).rejects.toThrow(/does not copy/);
    await expect(list({ token, mode: "folded" })).rejects.toThrow(/mode must be expanded/);
    await expect(put("b", "x", { ...once, multipart: true })).rejects.toThrow(/does not know POST \/mpu/);
    expect(await store.head("b")).toBeNull();
  });
});

describe("objects", () => {
  test("come back byte for byte with their size, type, hash and a year of cache", async () => {
    const bytes = crypto.getRandomValues(new Uint8Array(65_000));
    await store.put("blobs/x.bin", bytes, { ...text, contentType: "application/octet-stream" });
    expect(await store.read("blobs/x.bin")).toEqual(bytes);
    const response = await fetchObject("blobs/x.bin");
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/octet-stream",
      "content-length": "65000",
      "cache-control": "public, max-age=31536000, immutable",
      etag: `"${sha256}"`,
      "access-control-allow-origin": "*",
      "x-content-type-options": "nosniff",
    });
    await response.arrayBuffer();
  });

  test("of 30 MB are sent and received as streams", async () => {
    const pieces = 30;
    const piece = crypto.getRandomValues(new Uint8Array(65_536));
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent++ < pieces * 16) controller.enqueue(piece);
        else controller.close();
      },
    });
    await put("large", body, once);
    expect(await store.head("large")).toMatchObject({ sizeBytes: pieces * 16 * 65_536 });
    let received = 0;
    for await (const chunk of (await fetchObject("large")).body!) received += chunk.length;
    expect(received).toBe(pieces * 16 * 65_536);
  });

  test("may be empty", async () => {
    expect(await store.put("empty", new Uint8Array(), text)).toBe(true);
    expect(await store.read("empty")).toEqual(new Uint8Array());
  });

  test("answer 304 to who has them, and HEAD without a body", async () => {
    await store.put("a.txt", "hello", text);
    const first = await fetchObject("a.txt", { method: "HEAD" });
    expect([first.status, first.headers.get("content-length"), await first.text()]).toEqual([200, "5", ""]);
    const tag = first.headers.get("etag")!;
    const known = await fetchObject("a.txt", { headers: { "If-None-Match": `"other", W/${tag}` } });
    expect([known.status, await known.text(), known.headers.get("etag")]).toEqual([304, "", tag]);
    const other = await fetchObject("a.txt", { headers: { "If-None-Match": '"other"' } });
    expect([other.status, await other.text()]).toEqual([200, "hello"]);
  });

  test("are answered with a JSON 404 where there are none, and are never written by their address", async () => {
    const response = await fetchObject("nothing");
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: { code: "not_found", message: expect.any(String) } });
    expect((await fetchObject("a", { method: "PUT", body: "x" })).status).toBe(400);
    expect(await store.head("a")).toBeNull();
  });

  test("keep their old bytes for a reader who began before they were overwritten", async () => {
    const [old, fresh] = ["a".repeat(4_000_000), "b".repeat(4_000_000)];
    await store.put("long", old, text);
    const reader = (await fetchObject("long")).body!.getReader();
    const first = await reader.read();
    await store.put("long", fresh, { ...text, overwrite: true });
    const decoder = new TextDecoder();
    let received = decoder.decode(first.value, { stream: true });
    for (let part = await reader.read(); !part.done; part = await reader.read())
      received += decoder.decode(part.value, { stream: true });
    expect(received === old).toBe(true);
    expect(await (await fetchObject("long")).text()).toBe(fresh);
  });
});

describe("names", () => {
  test("cannot leave the folder, in any spelling", async () => {
    await writeFile(join(folder, "secret~"), "secret");
    const spellings = ["../secret", "..%2fsecret", "%2e%2e/secret", "%2e%2e%2fsecret", "a/..%2f..%2fsecret"];
    const others = ["%2fetc%2fpasswd", "a%00b", "..%5csecret", "a//b", "%", "A.txt", "token~"];
    for (const name of [...spellings, ...others]) {
      const response = await fetchObject(name);
      expect([name, response.status]).toEqual([name, 404]);
      expect(await response.text()).not.toContain("secret");
    }
  });

  test("are refused by the store and by the port before anything is written", async () => {
    const names = [
      "../a",
      "/a",
      "a/../b",
      "a/./b",
      ".",
      "a\0b",
      "a\\b",
      "A",
      "a b",
      "a/",
      "a~",
      "ä",
      "a.",
      "",
    ];
    for (const name of [...names, "x".repeat(201)]) {
      await expect(store.put(name, "x", text)).rejects.toBeInstanceOf(ObjectNameError);
      const response = await fetch(
        `${server.origin}/local-blob/api/?${new URLSearchParams({ pathname: name })}`,
        {
          method: "PUT",
          body: "x",
          headers: { authorization: `Bearer ${token}`, "x-vercel-blob-access": "public" },
        },
      );
      expect([name, response.status, (await response.json()).error.code]).toEqual([name, 400, "bad_request"]);
    }
    expect(await readdir(folder)).toEqual([]);
  });

  test("may be both an object and a folder", async () => {
    await store.put("a", "1", text);
    await store.put("a/b", "2", text);
    await store.put("a.b", "3", text);
    expect((await store.list("")).objects.map(({ name }) => name)).toEqual(["a", "a.b", "a/b"]);
  });
});

describe("listing", () => {
  test("gives names in order, by prefix, in pages that neither repeat nor skip", async () => {
    const names = ["a-b/x", "a.txt", "a/1", "a/2/3", "a/2-3", "a0", "b/1", "b/10", "b/2"];
    await Promise.all(names.map((name) => store.put(name, name, text)));
    const sorted = [...names].sort();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.list("", { limit: 2, cursor });
      expect(page.objects.length).toBeLessThanOrEqual(2);
      seen.push(...page.objects.map(({ name }) => name));
      cursor = page.cursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(sorted);
    const below = async (prefix: string) => (await store.list(prefix)).objects.map(({ name }) => name);
    expect(await below("a/")).toEqual(sorted.filter((name) => name.startsWith("a/")));
    expect(await below("a/2")).toEqual(["a/2-3", "a/2/3"]);
    expect(await below("b/1")).toEqual(["b/1", "b/10"]);
    expect(await below("none/")).toEqual([]);
    expect(await store.list("b/", { limit: 3 })).toMatchObject({ cursor: null });
  });
});

describe("writing", () => {
  test("50 concurrent puts of one name without overwrite have exactly one winner", async () => {
    const bodies = Array.from({ length: 50 }, (_, i) => `writer ${i} `.repeat(2000));
    const outcomes = await Promise.allSettled(bodies.map((body) => put("contested", body, once)));
    const winners = outcomes.flatMap(({ status }, i) => (status === "fulfilled" ? [i] : []));
    expect(winners).toHaveLength(1);
    const reasons = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    const others = reasons.filter(
      (reason) => !(reason instanceof BlobError && /already exists/.test(reason.message)),
    );
    expect([reasons.length, others]).toEqual([49, []]);
    expect(await (await fetchObject("contested")).text()).toBe(bodies[winners[0]!]);
    expect(await readdir(join(folder, "temporary"))).toEqual([]);
  });

  test("the port says who won", async () => {
    const won = await Promise.all(Array.from({ length: 20 }, (_, i) => store.put("one", String(i), text)));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(new TextDecoder().decode((await store.read("one"))!)).toBe(String(won.indexOf(true)));
  });

  test("a body that breaks off, or is shorter than said, is not stored", async () => {
    const headers = { authorization: `Bearer ${token}`, "x-vercel-blob-access": "public" };
    const url = `${server.origin}/local-blob/api/?pathname=partial`;
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(1000));
        setTimeout(() => controller.error(new Error("gone")), 50);
      },
    });
    const broken = fetch(url, { method: "PUT", headers, body, duplex: "half" } as RequestInit);
    await expect(broken).rejects.toThrow();
    const short = await fetch(url, {
      method: "PUT",
      headers: { ...headers, "x-content-length": "1000" },
      body: new ReadableStream({
        start(controller) {
          controller.enqueue(new Uint8Array(999));
          controller.close();
        },
      }),
      duplex: "half",
    } as RequestInit);
    expect(short.status).toBe(400);
    await vi.waitFor(async () => expect(await readdir(join(folder, "temporary"))).toEqual([]));
    expect(await store.head("partial")).toBeNull();
  });

  test("left-over temporary files are never listed, and go when a server starts; fresh ones stay", async () => {
    await store.put("a", "x", text);
    const [stale, fresh] = ["stale", "fresh"].map((name) => join(folder, "temporary", name));
    await writeFile(stale!, "half of an object");
    await writeFile(fresh!, "being written");
    await utimes(stale!, new Date(0), new Date(0));
    expect((await store.list("")).objects.map(({ name }) => name)).toEqual(["a"]);
    await createLocalBlob({ folder, token, mount: "/m" })(new Request("http://127.0.0.1/m/files/a"));
    expect(await readdir(join(folder, "temporary"))).toEqual(["fresh"]);
  });

  test("a damaged file is said to be so instead of being served", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    await store.put("a", "hello", text);
    const file = join(folder, "objects", "a~");
    await writeFile(file, (await readFile(file)).subarray(0, (await stat(file)).size - 2));
    expect((await fetchObject("a")).status).toBe(500);
    await expect(store.read("a")).rejects.toBeInstanceOf(StoreError);
    expect(log.mock.calls.flat().join(" ")).toContain("The stored object a is damaged");
    log.mockRestore();
  });
});
