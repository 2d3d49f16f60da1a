// `npm run bench:leaderboard`: how fast a board is read with 10, 10,000 and 200,000 entries behind it, and while this server
// trains a network again. The built app, the embedded store, one reader after the other at a steady pace.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { entryWith, stored } from "../lib/leaderboard/testing/entries";
import { createPlayer, submissionForm } from "../lib/leaderboard/testing/players";
import { runWith } from "../lib/leaderboard/testing/trained";
import { parseExperiment } from "../lib/spec/experiment";
import { smallAndSharp } from "../lib/spec/presets/small-and-sharp";
import { buildProgram, initialWeights } from "../lib/spec/program";
import { stepsPerEpoch } from "../lib/spec/samples";
import { atExit } from "../scripts/lib/processes.mjs";
import { main } from "../scripts/lib/report.mjs";
import { findFreePort, startServer } from "../scripts/lib/server.mjs";
import { ensureBuilt, ensureData, ensureEngine, ensureInstalled } from "../scripts/lib/setup.mjs";

const SIZES = [10, 10_000, 200_000];
const READS_PER_SECOND = 100;
const SECONDS = 10;
const HEADER_BYTES = 1024;

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const quantile = (sorted: readonly number[], share: number) => sorted[Math.ceil(share * sorted.length) - 1]!;

/** An object as lib/blob/disk.ts keeps it, without waiting for the disk: 200,000 of them one by one take an hour. */
function writeObject(folder: string, name: string, text: string): void {
  const bytes = Buffer.from(text);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const about = {
    contentType: "application/json",
    maxAgeSeconds: 31_536_000,
    uploadedAt: Date.now(),
    sha256,
  };
  const header = JSON.stringify({ sizeBytes: bytes.length, ...about });
  const path = `${join(folder, "blob", "objects", ...name.split("/"))}~`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.concat([Buffer.from(`${header.padEnd(HEADER_BYTES - 1)}\n`), bytes]));
}

/** Scores as they are: many near the best, fewer below. */
const scoreOf = (n: number, count: number) => 0.995 - 0.1 * (n / count) ** 2;

function fill(folder: string, from: number, to: number): void {
  for (let n = from; n < to; n++) {
    const proof = n % 3 === 0 ? "replayed" : "pending";
    const { name, text } = stored(entryWith(n + 1, scoreOf((n * 7919) % to, to), { proof }));
    writeObject(folder, name, text);
  }
}

const agent = new Agent({ keepAlive: true });

/** Until the last byte, as a browser asks; without reading what it says, which would take the server's processor. */
const timeOf = (url: string) =>
  new Promise<number>((resolve, reject) => {
    const since = performance.now();
    const request = get(url, { agent, headers: { "Accept-Encoding": "gzip" } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`The board answered ${response.statusCode}.`));
      response.resume().once("end", () => resolve(performance.now() - since));
    });
    request.once("error", reject);
  });

/** Reads the top hundred at a steady pace. @returns milliseconds, sorted */
async function read(origin: string, seconds = SECONDS): Promise<number[]> {
  const reads: Promise<number>[] = [];
  const begin = performance.now();
  for (let n = 0; n < READS_PER_SECOND * seconds; n++) {
    await later(Math.max(0, begin + (1000 * n) / READS_PER_SECOND - performance.now()));
    reads.push(timeOf(`${origin}/api/leaderboard?board=accuracy&limit=100`));
  }
  return (await Promise.all(reads)).sort((a, b) => a - b);
}

const line = (what: string, times: readonly number[]) =>
  console.log(
    `${what.padEnd(44)} p50 ${quantile(times, 0.5).toFixed(1)} ms   p99 ${quantile(times, 0.99).toFixed(1)} ms`,
  );

/** Submits a run that says it was trained here for long, so that the server trains for long. */
async function keepBusy(origin: string): Promise<string> {
  const experiment = parseExperiment(smallAndSharp.experiment);
  const perEpoch = stepsPerEpoch(experiment);
  const epoch = {
    loss: 1,
    accuracy: 0.5,
    valLoss: 1,
    valAccuracy: 0.5,
    steps: perEpoch,
    elapsedMs: 1,
    msPerStep: 1,
  };
  const history = Array.from({ length: 20 }, (_, i) => ({ epoch: i + 1, ...epoch }));
  const steps = 20 * perEpoch;
  const stride = 2 ** Math.ceil(Math.log2(steps / 300));
  const series = { steps, stride, means: Array.from({ length: Math.ceil(steps / stride) }, () => 1) };
  const weights = initialWeights(buildProgram(experiment), 1);
  const run = await runWith(experiment, weights, {
    history,
    steps,
    curves: { loss: series, accuracy: series },
  });
  const { token, bits } = (await (await fetch(`${origin}/api/challenge?board=accuracy`)).json()) as {
    token: string;
    bits: number;
  };
  const { published, bytes } = run;
  const player = await createPlayer();
  const form = await submissionForm({ player, board: "accuracy", published, weights: bytes, token, bits });
  const answer = await fetch(`${origin}/api/submissions`, { method: "POST", body: form });
  const { id } = (await answer.json()) as { id: string };
  const stateOf = async () => {
    const status = await fetch(`${origin}/api/submissions/${id}`);
    return ((await status.json()) as { state: string }).state;
  };
  for (let tries = 0; (await stateOf()) !== "replaying"; tries++) {
    if (tries > 60) throw new Error("The server does not train again.");
    await later(500);
  }
  return id;
}

await main(async () => {
  await ensureInstalled();
  await ensureEngine();
  const medians: number[] = [];
  const tails: number[] = [];
  const folder = mkdtempSync(join(tmpdir(), "descent-board-"));
  atExit(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  let filled = 0;
  for (const size of SIZES) {
    fill(folder, filled, size);
    filled = size;
    // What waits to be written would be written while it is measured.
    spawnSync("sync");
    rmSync(join(folder, "blob", "objects", "leaderboard", "1", "lists"), { recursive: true, force: true });
    const port = await findFreePort();
    const env = await ensureData({ port, dataDir: folder, token: undefined });
    await ensureBuilt({ token: undefined });
    const server = await startServer({ port, command: "start", env });
    const origin = `http://localhost:${port}`;
    const since = performance.now();
    await (await fetch(`${origin}/api/leaderboard?board=accuracy&limit=100`)).arrayBuffer();
    const built = performance.now() - since;
    await read(origin, 3);
    const times = await read(origin);
    line(`${size.toLocaleString("en")} entries (made anew in ${built.toFixed(0)} ms)`, times);
    medians.push(quantile(times, 0.5));
    tails.push(quantile(times, 0.99));
    if (size === SIZES.at(-1)) {
      await keepBusy(origin);
      line("the same, while a network is trained again", await read(origin, 2 * SECONDS));
    }
    await server.stop();
  }
  const ratio = (values: readonly number[]) => (values.at(-1)! / values[0]!).toFixed(2);
  console.log(`Last to first: p50 ${ratio(medians)}, p99 ${ratio(tails)}`);
  return 0;
});
