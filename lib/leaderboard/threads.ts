// A server's judge: two threads, each started when it is first needed and anew after it died.
import { Worker } from "node:worker_threads";
import { type ProxyMarked, proxy, type Remote, wrap } from "comlink";
import nodeEndpoint from "comlink/dist/esm/node-adapter";
import type { RunRecord } from "../metrics/run-record";
import type { DatasetId, ExperimentSpec } from "../spec/experiment";
import type { RunFailure } from "../training/contract";
import { type Checkpoint, ReplayError, type Replayed } from "../training/replay";
import type { Judge, Measured } from "./judge";

export type ReplayEvent =
  | { type: "progress"; share: number }
  /** The thread waits until it has been dealt with. */
  | { type: "checkpoint"; checkpoint: Checkpoint };

/** What a thread answers to. */
export interface JudgeThread {
  warmUp(dataset: DatasetId): Promise<void>;
  evaluate(spec: ExperimentSpec, weights: readonly Float32Array[]): Promise<Measured>;
  /** @returns the failure where the experiment itself cannot be trained */
  replay(
    record: RunRecord,
    from: Checkpoint | null,
    hear: ((event: ReplayEvent) => Promise<void>) & ProxyMarked,
  ): Promise<Replayed | RunFailure>;
  /** Ends the replay that is on. */
  abort(): Promise<void>;
}

interface Connection {
  remote: Remote<JudgeThread>;
  /** Rejects when the thread dies, so that no caller waits for an answer that cannot come. */
  broken: Promise<never>;
}

/** A thread that starts at the first call and again after it died. */
function createThread(role: "scores" | "replays") {
  let connection: Connection | null = null;

  function connect(): Connection {
    const worker = new Worker(new URL("../../workers/judge.thread.ts", import.meta.url), {
      workerData: role,
    });
    // A server that is told to stop does not wait for its threads.
    worker.unref();
    const broken = new Promise<never>((_, reject) => {
      const end = (reason: string) => {
        connection = null;
        reject(new Error(`The thread that ${role} stopped: ${reason}.`));
      };
      worker.once("error", (error: Error) => end(error.message));
      worker.once("exit", (code) => end(`it ended with code ${code}`));
    });
    broken.catch(() => {});
    return { remote: wrap<JudgeThread>(nodeEndpoint(worker)), broken };
  }

  return function call<T>(work: (remote: Remote<JudgeThread>) => Promise<T>): Promise<T> {
    connection ??= connect();
    return Promise.race([work(connection.remote), connection.broken]);
  };
}

/** The judge of this process. Nothing is started before the first call. */
export function startJudge(): Judge {
  const scoring = createThread("scores");
  const replaying = createThread("replays");
  return {
    warmUp: (dataset) => scoring((thread) => thread.warmUp(dataset)),
    evaluate: (spec, weights) => scoring((thread) => thread.evaluate(spec, weights)),
    async replay(record, { from, onProgress, onCheckpoint, signal }) {
      signal?.throwIfAborted();
      const abort = () => void replaying((thread) => thread.abort()).catch(() => {});
      signal?.addEventListener("abort", abort);
      try {
        const hear = proxy(async (event: ReplayEvent) => {
          if (event.type === "progress") onProgress(event.share);
          else await onCheckpoint(event.checkpoint);
        });
        const replayed = await replaying<Replayed | RunFailure>(async (thread) =>
          thread.replay(record, from, hear),
        );
        signal?.throwIfAborted();
        if ("code" in replayed) throw new ReplayError(replayed);
        return replayed;
      } finally {
        signal?.removeEventListener("abort", abort);
      }
    },
  };
}
