import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  BlobAccessError,
  BlobClientTokenExpiredError,
  BlobContentTypeNotAllowedError,
  BlobFileTooLargeError,
  BlobPathnameMismatchError,
  del,
  head,
  list,
} from "@vercel/blob";
import { generateClientTokenFromReadWriteToken, put } from "@vercel/blob/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLocalBlob } from "./local";
import { type RunningServer, serve } from "./serve";
import { forever, ObjectNameError, type ObjectStore } from "./store";
import { connectStore } from "./vercel";

const token = "vercel_blob_rw_local_secret";
const contentType = "application/octet-stream";
const limits = { contentType, maximumBytes: 1000, maxAgeSeconds: forever, validForMs: 60_000 };

let folder: string;
let server: RunningServer;
let store: ObjectStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "descent-upload-"));
  server = await serve(createLocalBlob({ folder, token, mount: "/local-blob" }));
  vi.stubEnv("VERCEL_BLOB_API_URL", `${server.origin}/local-blob/api`);
  vi.stubEnv("VERCEL_BLOB_RETRIES", "0");
  store = connectStore({ token, publicBase: "/local-blob/files/", clientApi: "/local-blob/api" });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
  await rm(folder, { recursive: true });
});

const granted = async (name: string, changes: Partial<typeof limits> = {}) =>
  (await store.grantUpload(name, { ...limits, ...changes })).token;
const putWith = (clientToken: string, name: string, bytes = "hello", type = contentType) =>
  put(name, new Blob([bytes]), { access: "public", token: clientToken, contentType: type });
const nothingIsStored = async () => {
  expect((await store.list("")).objects).toEqual([]);
  expect(await readdir(join(folder, "temporary")).catch(() => [])).toEqual([]);
};

test("a grant is good for its one object, which comes back with its type and a year of cache", async () => {
  const grant = await store.grantUpload("uploads/a", limits);
  expect(grant).toEqual({
    token: expect.stringMatching(/^vercel_blob_client_local_/),
    apiUrl: "/local-blob/api",
  });
  await putWith(grant.token, "uploads/a", "x".repeat(1000));
  const response = await fetch(`${server.origin}/local-blob/files/uploads/a`);
  expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(response.headers.get("content-type")).toBe(contentType);
  expect(await response.text()).toBe("x".repeat(1000));
});

test("it is the service's token: no grant is made without a name that can be", async () => {
  await expect(store.grantUpload("../a", limits)).rejects.toBeInstanceOf(ObjectNameError);
  const vercel = connectStore({ token: "vercel_blob_rw_AbC_secret", publicBase: "https://abc.test/" });
  expect(await vercel.grantUpload("a", limits)).toEqual({
    token: expect.stringMatching(/^vercel_blob_client_AbC_/),
    apiUrl: null,
  });
});

test("the SDK names what a token does not allow, and nothing is stored", async () => {
  await expect(putWith(await granted("a"), "b")).rejects.toBeInstanceOf(BlobPathnameMismatchError);
  await expect(putWith(await granted("a"), "a", "x", "text/html")).rejects.toBeInstanceOf(
    BlobContentTypeNotAllowedError,
  );
  await expect(putWith(await granted("a"), "a", "x".repeat(1001))).rejects.toBeInstanceOf(
    BlobFileTooLargeError,
  );
  await expect(putWith(await granted("a", { validForMs: -1 }), "a")).rejects.toBeInstanceOf(
    BlobClientTokenExpiredError,
  );
  await nothingIsStored();
});

test("what is too large is refused as it comes, whatever the sender says of it", async () => {
  const authorization = `Bearer ${await granted("a")}`;
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent++ < 2000) controller.enqueue(new Uint8Array(50_000));
      else controller.close();
    },
  });
  const headers = { authorization, "x-vercel-blob-access": "public", "x-content-type": contentType };
  const init = { method: "PUT", headers, body, duplex: "half" } as RequestInit;
  // The answer or the end of the connection, whichever is there first.
  const status = await fetch(`${server.origin}/local-blob/api/?pathname=a`, init).then(
    (response) => response.status,
    () => 400,
  );
  expect(status).toBe(400);
  expect(sent).toBeLessThan(2000);
  await vi.waitFor(nothingIsStored);
});

test("nothing that is there can be replaced, and the bearer cannot ask for it", async () => {
  await putWith(await granted("a"), "a", "first");
  await expect(putWith(await granted("a"), "a", "other")).rejects.toThrow(/already exists/);
  const headers = {
    authorization: `Bearer ${await granted("a")}`,
    "x-vercel-blob-access": "public",
    "x-content-type": contentType,
    "x-allow-overwrite": "1",
    "x-cache-control-max-age": "60",
  };
  const address = `${server.origin}/local-blob/api/?pathname=a`;
  expect((await fetch(address, { method: "PUT", headers, body: "other" })).status).toBe(400);
  expect(new TextDecoder().decode((await store.read("a"))!)).toBe("first");
});

test("of 20 who put under one grant at once, one wins", async () => {
  const clientToken = await granted("a");
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, (_, i) => putWith(clientToken, "a", `${i}`)),
  );
  const winner = outcomes.findIndex(({ status }) => status === "fulfilled");
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(new TextDecoder().decode((await store.read("a"))!)).toBe(String(winner));
});

test("a client token opens nothing else", async () => {
  await putWith(await granted("a"), "a");
  const client = { token: await granted("a") };
  for (const attempt of [list(client), head("a", client), del("a", client)])
    await expect(attempt).rejects.toThrow(/puts one object and does no more/);
  expect(await store.head("a")).not.toBeNull();
});

test("a token that is forged, mended or another store's is none", async () => {
  const real = await granted("a");
  const [signed = ""] = real.split("_").slice(4);
  const [signature, payload = ""] = Buffer.from(signed, "base64").toString().split(".");
  const wider = { ...JSON.parse(Buffer.from(payload, "base64").toString()), pathname: "runs/b" };
  const mended = `${signature}.${Buffer.from(JSON.stringify(wider)).toString("base64")}`;
  const forged = [
    `vercel_blob_client_local_${Buffer.from(mended).toString("base64")}`,
    `vercel_blob_client_other_${signed}`,
    "vercel_blob_client_local_",
    "vercel_blob_client_local_%%%",
    `vercel_blob_client_local_${Buffer.from(`.${payload}`).toString("base64")}`,
    await generateClientTokenFromReadWriteToken({ token: "vercel_blob_rw_local_guess", pathname: "runs/b" }),
  ];
  for (const clientToken of forged)
    await expect(putWith(clientToken, "runs/b")).rejects.toBeInstanceOf(BlobAccessError);
  await nothingIsStored();
});

test("what a token may ask for and the embedded store does not do is refused by name", async () => {
  const asked = [
    { addRandomSuffix: true, refusal: /no random suffix/ },
    { ifMatch: '"1"', refusal: /ifMatch/ },
    { onUploadCompleted: { callbackUrl: "http://127.0.0.1:1/" }, refusal: /onUploadCompleted/ },
  ];
  for (const { refusal, ...options } of asked) {
    const clientToken = await generateClientTokenFromReadWriteToken({ token, pathname: "a", ...options });
    await expect(putWith(clientToken, "a")).rejects.toThrow(refusal);
  }
  await nothingIsStored();
});

test("a token without bounds has the SDK's own: any type and size, for half a minute", async () => {
  const clientToken = await generateClientTokenFromReadWriteToken({
    token,
    pathname: "a",
    allowedContentTypes: ["image/*"],
  });
  await expect(putWith(clientToken, "a", "x", "imagery/png")).rejects.toThrow(/is not allowed/);
  await putWith(clientToken, "a", "x".repeat(5000), "image/png");
  const open = await generateClientTokenFromReadWriteToken({ token, pathname: "b" });
  await putWith(open, "b", "x", "anything/at-all");
  const response = await fetch(`${server.origin}/local-blob/files/b`);
  expect(response.headers.get("cache-control")).toBe("public, max-age=2592000");
});
