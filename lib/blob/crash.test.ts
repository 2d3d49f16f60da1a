import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forever, type ObjectStore } from "./store";
import { connectStore } from "./vercel";

const token = "vercel_blob_rw_local_secret";
const options = { contentType: "application/octet-stream", maxAgeSeconds: forever };

/** A server process of its own, which prints its origin once it listens. */
const program = `
  import { createLocalBlob } from ${JSON.stringify(new URL("./local.ts", import.meta.url).href)};
  import { serve } from ${JSON.stringify(new URL("./serve.ts", import.meta.url).href)};
  const [folder, token] = process.argv.slice(1);
  console.log((await serve(createLocalBlob({ folder, token, mount: "/local-blob" }))).origin);
`;

let folder: string;
let child: ChildProcess;
let store: ObjectStore;

async function start(): Promise<void> {
  const args = ["--import", "tsx", "--input-type=module", "--eval", program, folder, token];
  child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const origin = await new Promise<string>((done, fail) => {
    child.stdout!.once("data", (line) => done(String(line).trim()));
    child.once("exit", (code) => fail(new Error(`The server ended with ${code}.`)));
  });
  vi.stubEnv("VERCEL_BLOB_API_URL", `${origin}/local-blob/api`);
  store = connectStore({ token, publicBase: `${origin}/local-blob/files/` });
}

async function kill(): Promise<void> {
  const ended = new Promise((done) => child.once("exit", done));
  child.kill("SIGKILL");
  await ended;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "descent-crash-"));
  vi.stubEnv("VERCEL_BLOB_RETRIES", "0");
  await start();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await kill();
  await rm(folder, { recursive: true });
});

/** Bytes that carry their own hash, so that any mixture of two writers' bytes is noticed. */
function sealed(size: number): Uint8Array<ArrayBuffer> {
  const body = randomBytes(size);
  return new Uint8Array([...createHash("sha256").update(body).digest(), ...body]);
}

const isWhole = (bytes: Uint8Array) =>
  createHash("sha256").update(bytes.subarray(32)).digest().equals(bytes.subarray(0, 32));

test("kill -9 in the middle of many puts leaves no half-written object, and the store goes on", async () => {
  const bodies = Array.from({ length: 40 }, () => sealed(200_000));
  const seen = { acknowledged: new Set<string>(), brokenOff: 0 };
  for (const round of [1, 2, 3]) {
    let kills: Promise<void> | undefined;
    const puts = bodies.map(async (body, i) => {
      // Half of them fight over few names by overwriting, half are new in each round.
      const name = i % 2 === 0 ? `shared/${i % 8}` : `round-${round}/${i}`;
      try {
        await store.put(name, body, { ...options, overwrite: i % 2 === 0 });
        seen.acknowledged.add(name);
        kills ??= kill();
      } catch {
        seen.brokenOff++;
      }
    });
    await Promise.all(puts);
    await kills;
    await start();
  }
  const { objects } = await store.list("");
  const listed = new Set(objects.map(({ name }) => name));
  for (const { name, sizeBytes } of objects) {
    const bytes = await store.read(name);
    expect([name, sizeBytes, bytes?.length, isWhole(bytes!)]).toEqual([name, 200_032, 200_032, true]);
  }
  // Whoever was told that it was stored finds it; and the kills did come in the middle.
  expect([...seen.acknowledged].filter((name) => !listed.has(name))).toEqual([]);
  expect(seen.acknowledged.size).toBeGreaterThan(0);
  expect(seen.brokenOff).toBeGreaterThan(0);
  expect(await store.put("round-4/after", bodies[0]!, { ...options, overwrite: false })).toBe(true);
  expect(await store.read("round-4/after")).toEqual(bodies[0]);
});
