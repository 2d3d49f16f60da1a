// Published runs against the real server: over its API alone, as a script or a course's site would use it.
import { Agent, get, type IncomingMessage } from "node:http";
import { expect, test } from "@playwright/test";
import { MAX_INLINE_WEIGHTS_BYTES } from "../lib/runs/limits";
import { publishRun } from "../lib/runs/publish";
import { experimentOf, formOf, publishable } from "../lib/runs/testing";
import { sha256Of } from "../lib/sha256";
import { encodeExperiment } from "../lib/share/code";

let origin: string;
test.beforeEach(({ baseURL }) => {
  origin = new URL(baseURL!).origin;
});

const ask = (path: string, init?: RequestInit) => fetch(new URL(path, origin), init);
/** So that what is published is new on a server that was tested before. */
const firstSeed = Date.now() % 4_000_000_000;
const runOf = (number: number, changes?: object) => publishable(experimentOf(firstSeed + number, changes));

async function publish(number: number) {
  const { published, weights } = await runOf(number);
  const response = await ask("/api/runs", { method: "POST", body: formOf(published, { weights }) });
  return { status: response.status, published, weights, ...(await response.json()) };
}

test("runs are published and read, and pages elsewhere ask for frames, on the edge runtime", async () => {
  const { id } = await publish(1);
  const code = encodeExperiment(experimentOf(1));
  const answers = await Promise.all([
    ask("/api/health"),
    ask("/api/datasets/mnist"),
    ask("/api/runs", { method: "POST", body: formOf({}, { upload: "a" }) }),
    ask("/api/runs/uploads", { method: "POST", body: "{}", headers: { "content-type": "application/json" } }),
    ask(`/api/runs/${id}`),
    ask(`/api/oembed?url=${encodeURIComponent(`${origin}/x/${code}`)}`),
  ]);
  expect(answers.map(({ status, headers }) => [status, headers.get("x-runtime")])).toEqual([
    [200, "edge"],
    [200, "edge"],
    [422, "edge"],
    [422, "edge"],
    [200, "edge"],
    [200, "edge"],
  ]);
});

test("a run is answered as it was published, to be kept for ever, and its weights are where it says", async () => {
  const { id, url, status, published, weights } = await publish(2);
  expect([status, url]).toEqual([201, `/r/${id}`]);
  const response = await ask(`/api/runs/${id}`);
  expect(response.headers.get("cache-control")).toBe(
    "public, max-age=31536000, s-maxage=31536000, immutable",
  );
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  const run = await response.json();
  expect(run).toEqual({ id, ...published, weights: { ...published.weights, url: run.weights.url } });
  const stored = await ask(run.weights.url);
  expect(await sha256Of(new Uint8Array(await stored.arrayBuffer()))).toBe(await sha256Of(weights));
  const tag = response.headers.get("etag")!;
  expect((await ask(`/api/runs/${id}`, { headers: { "If-None-Match": tag } })).status).toBe(304);
  // Again: the same page, and nothing new.
  const again = await publish(2);
  expect([again.status, again.id]).toEqual([200, id]);
});

test("200 runs published at once can each be read and are whole", async () => {
  test.slow();
  const made = await Promise.all(Array.from({ length: 200 }, (_, i) => publish(1000 + i)));
  expect(new Set(made.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(made.map(({ id }) => id)).size).toBe(200);
  await Promise.all(
    made.map(async ({ id, published }) => {
      const run = await (await ask(`/api/runs/${id}`)).json();
      expect(run.run).toEqual(published.run);
      const bytes = new Uint8Array(await (await ask(run.weights.url)).arrayBuffer());
      expect(await sha256Of(bytes)).toBe(published.weights.sha256);
    }),
  );
});

test("weights over the limit of a request go through the SDK's client upload", async () => {
  const { published, weights } = await runOf(3, {
    layers: [
      { kind: "flatten" },
      { kind: "dense", units: 1500, activation: "relu" },
      { kind: "dense", units: 10, activation: "softmax" },
    ],
  });
  expect(weights.length).toBeGreaterThan(MAX_INLINE_WEIGHTS_BYTES);
  const inline = await ask("/api/runs", { method: "POST", body: formOf(published, { weights }) });
  expect(inline.status).toBe(413);
  const there = (path: string, init?: RequestInit) => ask(path, init);
  const { id, url, created } = await publishRun(published, weights, { fetch: there });
  expect([url, created]).toEqual([`${origin}/r/${id}`, true]);
  const run = await (await ask(`/api/runs/${id}`)).json();
  const bytes = new Uint8Array(await (await ask(run.weights.url)).arrayBuffer());
  expect(await sha256Of(bytes)).toBe(published.weights.sha256);
});

test("whatever a caller sends wrong is a 4xx in one sentence, never a fault of the server", async () => {
  const { published, weights } = await runOf(4);
  const whole = new Request("http://a.test", { method: "POST", body: formOf(published, { weights }) });
  const bytes = new Uint8Array(await whole.arrayBuffer());
  const type = { "content-type": whole.headers.get("content-type")! };
  const post = (body: BodyInit, headers: Record<string, string> = type) =>
    ask("/api/runs", { method: "POST", body, headers });
  const answers = await Promise.all([
    post(bytes.slice(0, 700)),
    post(bytes.slice(0, -10)),
    post(new Uint8Array(6_000_000)),
    post(bytes, { "content-type": "multipart/form-data" }),
    post(bytes, { "content-type": "application/json" }),
    post("{}", { "content-type": "application/json" }),
    post(bytes, { ...type, origin: "https://evil.test" }),
    post(formOf("[".repeat(200_000), { weights }), {}),
    post(formOf('{"__proto__":{"version":1}}', { weights }), {}),
    post(formOf(published, { upload: "../token" }), {}),
    ask("/api/runs/1"),
    ask(`/api/runs/${"0".repeat(64)}`),
    ask("/api/runs/..%2f..%2ftoken"),
    ask("/api/runs/%"),
    ask("/api/runs/%ff"),
    ask(`/api/runs/${"z".repeat(5000)}`),
    ask("/api/oembed"),
    ask("/api/oembed?url=%"),
    ask(`/api/oembed?url=${encodeURIComponent("https://evil.test/x/1")}`),
    ask(`/api/oembed?url=${encodeURIComponent(`${origin}/x/1~"><script>`)}`),
  ]);
  for (const response of answers) {
    expect(response.status, response.url).toBeGreaterThanOrEqual(400);
    expect(response.status, response.url).toBeLessThan(500);
    const { error } = await response.json();
    expect(error.message).toMatch(/^[^\n]{5,400}\.$/);
  }
  // Pages say it themselves.
  for (const path of ["/x/%", "/x/%ff", "/r/%zz", "/embed/%E0%A4"])
    expect((await ask(path)).status, path).toBeLessThan(500);
  expect((await ask("/api/health")).status).toBe(200);
});

test("the time that reads of one run take at 20 connections is printed", async () => {
  test.slow();
  const { id } = await publish(5);
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  // Node's own client: fetch takes longer for its part than the server for the answer.
  const read = () =>
    new Promise<number>((done, fail) => {
      const since = performance.now();
      const answered = (response: IncomingMessage) => {
        // Not by expect, which takes its own time.
        if (response.statusCode !== 200) fail(new Error(`A read was answered ${response.statusCode}.`));
        response.resume().once("end", () => done(performance.now() - since));
      };
      get(new URL(`/api/runs/${id}`, origin), { agent }, answered).once("error", fail);
    });
  const times: number[] = [];
  const reader = async (count: number) => {
    for (let i = 0; i < count; i++) times.push(await read());
  };
  const readers = (count: number) => Promise.all(Array.from({ length: 20 }, () => reader(count)));
  // The server's first answers are also its compiler's work.
  await readers(25);
  times.length = 0;
  const since = performance.now();
  await readers(100);
  const perSecond = (1000 * times.length) / (performance.now() - since);
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * (times.length - 1))]!.toFixed(1);
  console.log(
    `${times.length} reads of one run at 20 connections: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, ${Math.round(perSecond)} a second`,
  );
  expect(times).toHaveLength(2000);
});
