import { afterEach, expect, test, vi } from "vitest";
import { StoreError } from "../blob/store";
import { createArchive } from "./archive";
import { readRun } from "./read";
import { experimentOf, publishable, serveStore } from "./testing";

afterEach(() => void vi.unstubAllEnvs());

test("what cannot be a run's name is none, even where the store cannot be asked", async () => {
  for (const name of ["VERCEL", "BLOB_READ_WRITE_TOKEN", "LOCAL_BLOB_TOKEN"]) vi.stubEnv(name, "");
  for (const id of ["", "..", "__proto__", "<script>", "0".repeat(63)]) expect(await readRun(id)).toBeNull();
  await expect(readRun("0".repeat(64))).rejects.toBeInstanceOf(StoreError);
});

test("a page reads a run from the store that this process is bound to", async () => {
  vi.stubEnv("BLOB_READ_WRITE_TOKEN", "");
  const { store, token, close } = await serveStore((name, value) => vi.stubEnv(name, value));
  vi.stubEnv("LOCAL_BLOB_TOKEN", token);
  try {
    const { published, weights } = await publishable(experimentOf(1));
    const { id } = await createArchive(() => ({ kind: "embedded", store })).keep(published, weights);
    const url = `/local-blob/files/weights/${published.weights.sha256}`;
    expect(await readRun(id)).toEqual({ ...published, id, weights: { ...published.weights, url } });
    expect(await readRun("0".repeat(64))).toBeNull();
  } finally {
    await close();
  }
});
