import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { localToken } from "./embedded";
import { openStore } from "./environment";

beforeEach(() => {
  for (const name of ["BLOB_READ_WRITE_TOKEN", "LOCAL_BLOB_TOKEN", "VERCEL_BLOB_API_URL", "VERCEL"])
    vi.stubEnv(name, "");
  vi.stubEnv("VERCEL_BLOB_RETRIES", undefined);
});

afterEach(() => void vi.unstubAllEnvs());

test("a Vercel Blob token means Vercel Blob, with public addresses of that store", () => {
  vi.stubEnv("BLOB_READ_WRITE_TOKEN", "vercel_blob_rw_AbC123_secret");
  vi.stubEnv("LOCAL_BLOB_TOKEN", "vercel_blob_rw_local_x");
  const { kind, store } = openStore();
  expect(kind).toBe("vercel");
  expect(store.publicUrl("a/b.bin")).toBe("https://abc123.public.blob.vercel-storage.com/a/b.bin");
});

test("without one it is the embedded store, whose public addresses are paths for any host name", () => {
  vi.stubEnv("LOCAL_BLOB_TOKEN", "vercel_blob_rw_local_x");
  vi.stubEnv("VERCEL_BLOB_API_URL", "http://127.0.0.1:3000/local-blob/api");
  const { kind, store } = openStore();
  expect([kind, store.publicUrl("a/b.bin")]).toEqual(["embedded", "/local-blob/files/a/b.bin"]);
  expect(process.env.VERCEL_BLOB_RETRIES).toBe("2");
});

test("what is missing is named", () => {
  expect(() => openStore()).toThrow(/LOCAL_BLOB_TOKEN or VERCEL_BLOB_API_URL is not set.*npm start/);
  vi.stubEnv("VERCEL", "1");
  expect(() => openStore()).toThrow(/BLOB_READ_WRITE_TOKEN is not set/);
  vi.stubEnv("BLOB_READ_WRITE_TOKEN", "nonsense");
  expect(() => openStore()).toThrow(/must be vercel_blob_rw_<store id>_<secret>/);
});

test("a store that cannot be reached says so in one sentence", async () => {
  vi.stubEnv("VERCEL_BLOB_RETRIES", "0");
  vi.stubEnv("LOCAL_BLOB_TOKEN", "vercel_blob_rw_local_x");
  vi.stubEnv("VERCEL_BLOB_API_URL", "http://127.0.0.1:1/local-blob/api");
  await expect(openStore().store.head("a")).rejects.toThrow(
    "The object store could not look up a: fetch failed",
  );
});

test("the local token is made once, however many ask, and is readable by its owner alone", async () => {
  const folder = await mkdtemp(join(tmpdir(), "descent-token-"));
  try {
    const tokens = await Promise.all(Array.from({ length: 20 }, () => localToken(join(folder, "data"))));
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).toMatch(/^vercel_blob_rw_local_[0-9a-f]{48}$/);
    expect(await localToken(join(folder, "data"))).toBe(tokens[0]);
    expect((await stat(join(folder, "data", "token"))).mode & 0o077).toBe(0);
  } finally {
    await rm(folder, { recursive: true });
  }
});
