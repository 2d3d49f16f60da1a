// Runs to publish in tests: small networks with weights of their own, and a server's worth of store around them.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLocalBlob } from "../blob/local";
import { serve } from "../blob/serve";
import type { ObjectStore } from "../blob/store";
import { connectStore } from "../blob/vercel";
import { route } from "../http";
import type { RunRecord } from "../metrics/run-record";
import { recordWith } from "../metrics/testing";
import { sha256Of } from "../sha256";
import type { PublishedRun, WeightEncoding } from "../share/published-run";
import { atOnce } from "../share/testing";
import { encodeWeights } from "../share/weights";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { buildProgram, initialWeights } from "../spec/program";
import { stepsPerEpoch } from "../spec/samples";
import { createArchive } from "./archive";
import { createPublishAnswer } from "./publishing";

export interface Publishable {
  published: PublishedRun;
  weights: Uint8Array<ArrayBuffer>;
}

/** An experiment whose network has 3,980 + 55 parameters for 5 hidden units, and other weights with each seed. */
export const experimentOf = (seed: number, changes: object = {}): ExperimentSpec =>
  parseExperiment({
    version: 1,
    title: `Run ${seed}`,
    dataset: { id: "mnist", trainLimit: 100 },
    layers: [
      { kind: "flatten" },
      { kind: "dense", units: 5, activation: "relu" },
      { kind: "dense", units: 10, activation: "softmax" },
    ],
    optimizer: { kind: "adam" },
    training: { epochs: 2, batchSize: 32 },
    seed,
    ...changes,
  });

/** The record of a run of two epochs that was never made. */
export function recordOf(experiment: ExperimentSpec, weightsHash: string): RunRecord {
  const perEpoch = stepsPerEpoch(experiment);
  const validated = experiment.validation.split > 0;
  const steps = 2 * perEpoch;
  const stride = 2 ** Math.max(0, Math.ceil(Math.log2(steps / 300)));
  const means = Array.from({ length: Math.ceil(steps / stride) }, (_, i) => 1 / (i + 1));
  const history = [1, 2].map((epoch) => ({
    epoch,
    loss: 1 / epoch,
    accuracy: 0.7 + epoch / 10,
    valLoss: validated ? 1.1 / epoch : null,
    valAccuracy: validated ? 0.69 + epoch / 10 : null,
    steps: perEpoch,
    elapsedMs: 120.5,
    msPerStep: 40.25,
  }));
  const curves = { loss: { steps, stride, means }, accuracy: { steps, stride, means } };
  return recordWith({ experiment, curves, steps, history }, { weightsHash });
}

/** A run of this experiment, with its first weights as what it ended with. */
export async function publishable(
  experiment: ExperimentSpec,
  encoding: WeightEncoding = "float32",
): Promise<Publishable> {
  const program = buildProgram(experiment);
  const trained = initialWeights(program, experiment.seed);
  const [weights, exact] = ([encoding, "float32"] as const).map((as) =>
    atOnce(encodeWeights(trained, as, program)),
  );
  const sha256 = await sha256Of(weights!);
  const description = { encoding, sizeBytes: weights!.length, sha256, testAccuracy: 0.975 };
  const run = recordOf(experiment, await sha256Of(exact!));
  return { published: { version: 1, run, weights: description }, weights: weights! };
}

/** The form that publishes a run. */
export function formOf(
  run: unknown,
  parts: { weights?: Uint8Array<ArrayBuffer>; upload?: string },
): FormData {
  const form = new FormData();
  form.append("run", new Blob([typeof run === "string" ? run : JSON.stringify(run)]), "run.json");
  if (parts.weights) form.append("weights", new Blob([parts.weights]), "weights.bin");
  if (parts.upload !== undefined) form.append("upload", parts.upload);
  return form;
}

/** The embedded store over real HTTP and the unmodified SDK. @param stub sets a variable of the environment */
export async function serveStore(stub: (name: string, value: string) => void) {
  const folder = await mkdtemp(join(tmpdir(), "descent-runs-"));
  const token = "vercel_blob_rw_local_secret";
  const server = await serve(createLocalBlob({ folder, token, mount: "/local-blob" }));
  const base = `${server.origin}/local-blob`;
  stub("VERCEL_BLOB_API_URL", `${base}/api`);
  stub("VERCEL_BLOB_RETRIES", "0");
  const store = connectStore({ token, publicBase: `${base}/files/`, clientApi: `${base}/api` });
  return {
    store,
    token,
    async close() {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A store in memory, as simple as the port allows: what the contract tests hold the SDK's against. */
export function createMemoryStore(): ObjectStore {
  const objects = new Map<string, Uint8Array<ArrayBuffer>>();
  const infoOf = (name: string) => {
    const sizeBytes = objects.get(name)!.length;
    return { name, sizeBytes, uploadedAt: new Date(0), etag: `"${sizeBytes}"` };
  };
  return {
    async put(name, bytes, { overwrite }) {
      if (objects.has(name) && !overwrite) return false;
      objects.set(name, typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes.slice());
      return true;
    },
    head: async (name) => (objects.has(name) ? infoOf(name) : null),
    read: async (name) => objects.get(name)?.slice() ?? null,
    list: async (prefix) => ({
      objects: [...objects.keys()]
        .filter((name) => name.startsWith(prefix))
        .sort()
        .map(infoOf),
      cursor: null,
    }),
    delete: async (names) => names.forEach((name) => void objects.delete(name)),
    grantUpload: async (name) => ({ token: `memory ${name}`, apiUrl: null }),
    publicUrl: (name) => `http://store.test/${name}`,
  };
}

/** A store that notes each call as `put runs/…`. */
export function counting(store: ObjectStore): { store: ObjectStore; calls: string[] } {
  const calls: string[] = [];
  const counted = { ...store };
  for (const call of ["put", "head", "read", "list"] as const)
    counted[call] = ((name: string, ...rest: never[]) => {
      calls.push(`${call} ${name.replace(/[0-9a-f]{16,}/g, "…")}`);
      return (store[call] as (...args: unknown[]) => unknown)(name, ...rest);
    }) as never;
  return { store: counted, calls };
}

/** POST /api/runs over a store in memory. */
export function createEntrance() {
  const { store, calls } = counting(createMemoryStore());
  const open = () => ({ kind: "embedded" as const, store });
  const answer = route(createPublishAnswer(createArchive(open), open));
  const post = (body: BodyInit, headers: Record<string, string> = {}) => {
    const init = { method: "POST", body, headers, duplex: "half" };
    return answer(new Request("http://localhost:3000/api/runs", init as RequestInit));
  };
  return { store, calls, post };
}

/** A copy of a run with something at a path of keys replaced. */
export function changed(run: PublishedRun, path: readonly (string | number)[], value: unknown): PublishedRun {
  const copy = structuredClone(run);
  let inner = copy as unknown as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) inner = inner[key] as typeof inner;
  inner[path.at(-1)!] = value;
  return copy;
}
