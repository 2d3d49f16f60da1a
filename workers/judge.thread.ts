// A thread of a server that judges networks: the data from the store, our own engine, and nothing else. A server has two,
// so that who waits for a score never waits for a training.
import { readFile } from "node:fs/promises";
import { setPriority } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { expose } from "comlink";
import nodeEndpoint from "comlink/dist/esm/node-adapter";
import { openStore } from "@/lib/blob/environment";
import { sourceInStore } from "@/lib/datasets/stored";
import { createWasmEngine } from "@/lib/engines/wasm/engine";
import type { Evaluate } from "@/lib/leaderboard/judge";
import { createMeasure } from "@/lib/leaderboard/measure";
import { readSecret } from "@/lib/leaderboard/secret";
import type { JudgeThread } from "@/lib/leaderboard/threads";
import * as datasets from "@/lib/spec/datasets/registry";
import type { DatasetId } from "@/lib/spec/experiment";
import { ReplayError, replayRecord } from "@/lib/training/replay";

/** On Linux a priority is a thread's own: a training gives way to whatever answers somebody. */
const LOW_PRIORITY = 19;

const module = readFile(new URL("../lib/engines/wasm/engine.wasm", import.meta.url)).then((bytes) =>
  WebAssembly.compile(bytes),
);
const createEngine = () => createWasmEngine(() => module);

/** Between two reads of a training's data: the store may be this very server, and whoever reads a page comes first. */
const READ_PAUSE_MS = 25;

async function read(name: string) {
  if (workerData === "replays") await pause(READ_PAUSE_MS);
  return openStore().store.read(name);
}

const sources = new Map(
  Object.values(datasets).map((definition) => [definition.id, sourceInStore(definition, read)]),
);

const measures = new Map<DatasetId, Promise<Evaluate>>();

function measureFor(id: DatasetId): Promise<Evaluate> {
  const known = measures.get(id);
  if (known !== undefined) return known;
  const made = createEngine().then((engine) =>
    createMeasure({ engine, source: sources.get(id)!, dataset: datasets[id], secret: readSecret() }),
  );
  measures.set(id, made);
  made.catch(() => measures.delete(id));
  return made;
}

let abort: AbortController | null = null;

if (workerData === "replays")
  try {
    setPriority(LOW_PRIORITY);
  } catch {
    // Where a system does not let it, replays compete with answers on equal terms.
  }

expose(
  {
    async warmUp(id) {
      await measureFor(id);
    },
    evaluate: async (spec, weights) => (await measureFor(spec.dataset.id))(spec, weights),
    async replay(record, from, hear) {
      const { id } = record.experiment.dataset;
      abort = new AbortController();
      const engine = await createEngine();
      try {
        return await replayRecord(record, {
          ...{ engine, from, signal: abort.signal },
          openDataset: () => sources.get(id)!,
          onProgress: (share) => void hear({ type: "progress", share }),
          onCheckpoint: async (checkpoint) => hear({ type: "checkpoint", checkpoint }),
        });
      } catch (error) {
        // Comlink would keep the message and lose what kind of error it is.
        if (error instanceof ReplayError) return error.failure;
        throw error;
      } finally {
        engine.dispose();
      }
    },
    async abort() {
      abort?.abort();
    },
  } satisfies JudgeThread,
  nodeEndpoint(parentPort!),
);
