// The command itself, in processes of its own, on all of the data.
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createDatasetAnswer } from "@/app/api/datasets/dataset-answer";
import { createLocalBlob } from "../../lib/blob/local";
import { type RunningServer, serve } from "../../lib/blob/serve";
import type { ObjectStore } from "../../lib/blob/store";
import { connectStore } from "../../lib/blob/vercel";
import { createLoader } from "../../lib/datasets/loader";
import {
  filesOf,
  folderOf,
  type Manifest,
  manifestName,
  parseManifest,
  splits,
} from "../../lib/datasets/manifest";
import type { DatasetSource } from "../../lib/datasets/source";
import { digitsFromDisk, mnistFromDisk } from "../../lib/datasets/testing";
import { digits } from "../../lib/spec/datasets/digits";
import { mnist } from "../../lib/spec/datasets/mnist";
import type { DatasetDefinition } from "../../lib/spec/define";

const token = "vercel_blob_rw_local_secret";
const root = fileURLToPath(new URL("../..", import.meta.url));
let folder: string;
let server: RunningServer;
let store: ObjectStore;

function start(args: string[], env: Record<string, string>) {
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", "scripts/data.ts", ...args], {
    cwd: root,
    env: { ...process.env, BLOB_READ_WRITE_TOKEN: "", DATA_DIR: folder, ...env },
  });
  let output = "";
  for (const stream of [child.stdout!, child.stderr!])
    stream.on("data", (chunk) => {
      output += chunk;
    });
  const ended = new Promise<{ code: number | null; output: string }>((done) =>
    child.once("close", (code) => done({ code, output })),
  );
  return { child, ended };
}

const run = (args: string[] = [], env: Record<string, string> = {}) => start(args, env).ended;

/** Serves a folder's objects, and the manifest as the app does. */
async function serveFolder(path: string) {
  const blob = createLocalBlob({ folder: join(path, "blob"), token, mount: "/local-blob" });
  const connected = connectStore({ token, publicBase: "/local-blob/files/" });
  const answer = createDatasetAnswer(() => ({ kind: "embedded", store: connected }));
  const running = await serve((request) => {
    const [, id] = /^\/api\/datasets\/(\w+)$/.exec(new URL(request.url).pathname) ?? [];
    return id === undefined ? blob(request) : answer(request, id);
  });
  return { running, connected };
}

async function readManifest(definition: DatasetDefinition): Promise<Manifest> {
  const bytes = await store.read(manifestName(definition));
  return parseManifest(JSON.parse(new TextDecoder().decode(bytes!)), definition);
}

const all: [DatasetDefinition, DatasetSource][] = [
  [digits, digitsFromDisk()],
  [mnist, mnistFromDisk()],
];
/** Of all data sets together, manifests included. */
const OBJECTS = 5 + 73;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "descent-data-"));
  const { running, connected } = await serveFolder(folder);
  [server, store] = [running, connected];
  vi.stubEnv("VERCEL_BLOB_API_URL", `${server.origin}/local-blob/api`);
  vi.stubEnv("VERCEL_BLOB_RETRIES", "0");
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
  await rm(folder, { recursive: true });
});

test("a run that is killed leaves no manifest, and the next one completes it", async () => {
  const { child, ended } = start([], {});
  await vi.waitFor(async () => expect((await store.list("datasets/")).objects.length).toBeGreaterThan(5), {
    timeout: 15_000,
    interval: 5,
  });
  child.kill("SIGKILL");
  expect((await ended).code).toBeNull();
  const before = (await store.list("datasets/")).objects;
  expect(before.length).toBeLessThan(OBJECTS);
  expect(await store.head(manifestName(mnist))).toBeNull();

  const second = await run();
  expect(second.code).toBe(0);
  const ofMnist = before.filter(({ name }) => name.startsWith(folderOf(mnist)));
  const written = 73 - ofMnist.length;
  expect(second.output).toContain(`MNIST digits: 73 objects, 11.3 MB, ${written} objects written.`);
});

test("what it stored is the original files, shard by shard, and nothing else", async () => {
  const listed = new Map((await store.list("")).objects.map(({ name, sizeBytes }) => [name, sizeBytes]));
  const names = await Promise.all(
    all.map(async ([definition]) => [
      ...filesOf(await readManifest(definition)).map(({ name }) => name),
      manifestName(definition),
    ]),
  );
  expect([...listed.keys()].sort()).toEqual(names.flat().sort());
  expect(listed.size).toBe(OBJECTS);
  for (const [definition, disk] of all) {
    const manifest = await readManifest(definition);
    for (const split of splits) {
      const { labels, shards } = manifest[split];
      const expected = [
        { file: labels, raw: await disk.labels(split) },
        ...(await Promise.all(
          shards.map(async (file, shard) => ({ file, raw: await disk.images(split, shard) })),
        )),
      ];
      for (const { file, raw } of expected) {
        const compressed = (await store.read(file.name))!;
        const sha256 = createHash("sha256").update(raw).digest("hex");
        expect([file.name, Buffer.compare(gunzipSync(compressed), raw)]).toEqual([file.name, 0]);
        expect(file).toMatchObject({ sizeBytes: compressed.length, sha256 });
        expect(file.name).toContain(`-${sha256.slice(0, 8)}.bin.gz`);
        expect(listed.get(file.name)).toBe(compressed.length);
      }
    }
  }
});

test("before the first shard is there, a page needs less than 400 kB", async () => {
  const manifest = await readManifest(mnist);
  const { train, test } = manifest;
  const bytes = JSON.stringify(manifest).length + train.labels.sizeBytes + test.labels.sizeBytes;
  expect(bytes + Math.max(...train.shards.map(({ sizeBytes }) => sizeBytes))).toBeLessThan(400_000);
});

test("a second run finds everything there", async () => {
  const { code, output } = await run();
  expect([code, output]).toEqual([
    0,
    "UCI digits: 5 objects, 45 kB, already there.\nMNIST digits: 73 objects, 11.3 MB, already there.\n",
  ]);
});

test("the browser's loader reads it over HTTP through the app's own answers", async () => {
  const loader = createLoader(mnist, { origin: server.origin, caches: null });
  const disk = mnistFromDisk();
  loader.prefetch([{ split: "train", shard: 12 }]);
  expect(Buffer.compare(await loader.labels("train"), await disk.labels("train"))).toBe(0);
  for (const [split, shard] of [
    ["train", 12],
    ["test", 9],
  ] as const)
    expect(Buffer.compare(await loader.images(split, shard), await disk.images(split, shard))).toBe(0);
  expect(loader.refused).toBe(0);
  loader.dispose();
});

test("it reads the smaller digits, too, whose last shard is their first", async () => {
  const loader = createLoader(digits, { origin: server.origin, caches: null });
  const disk = digitsFromDisk();
  for (const split of splits) {
    expect(Buffer.compare(await loader.labels(split), await disk.labels(split))).toBe(0);
    expect(Buffer.compare(await loader.images(split, 0), await disk.images(split, 0))).toBe(0);
  }
  loader.dispose();
});

test("--upload brings everything into the store that BLOB_READ_WRITE_TOKEN opens", async () => {
  const other = await mkdtemp(join(tmpdir(), "descent-upload-"));
  const { running } = await serveFolder(other);
  try {
    const env = {
      BLOB_READ_WRITE_TOKEN: token,
      VERCEL_BLOB_API_URL: `${running.origin}/local-blob/api`,
      DATA_DIR: "/nowhere",
    };
    const { code, output } = await run(["--upload"], env);
    expect([code, output]).toEqual([0, expect.stringContaining("73 objects written.")]);
    const copies = await fetch(`${running.origin}/local-blob/files/${manifestName(mnist)}`);
    expect(parseManifest(await copies.json(), mnist)).toEqual(await readManifest(mnist));
  } finally {
    await running.close();
    await rm(other, { recursive: true });
  }
});

test.each([
  [["--upload"], /^BLOB_READ_WRITE_TOKEN is not set: .*\n$/],
  [["--help"], /^Use npm run data, or npm run data -- --upload for a Vercel Blob store\.\n$/],
])("%j is answered with one sentence", async (args, sentence) => {
  const { code, output } = await run(args);
  expect([code, output]).toEqual([1, expect.stringMatching(sentence)]);
});
