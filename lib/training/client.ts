// The page's side of the bridge: owns the Worker's lifetime and the main thread's Comlink.
import { proxy, type Remote, releaseProxy, wrap } from "comlink";
import type { ExperimentSpec } from "../spec/experiment";
import type { EngineChoice, TrainEvent, TrainerApi } from "./contract";

/** The trainer as the page calls it: `TrainerApi`, with a plain function as listener, and an end. */
export interface TrainerClient extends Omit<TrainerApi, "load"> {
  load(spec: ExperimentSpec, engine: EngineChoice, onEvents: (events: TrainEvent[]) => void): Promise<void>;
  /** Ends the worker and whatever runs in it. */
  dispose(): void;
}

interface Connection {
  worker: Worker;
  remote: Remote<TrainerApi>;
  /** Rejects when the worker dies, so that no caller waits for an answer that cannot come. */
  broken: Promise<never>;
}

/** A trainer in its own worker, which starts at the first call and again after one that died. */
export function createTrainerClient(): TrainerClient {
  let connection: Connection | null = null;
  let listener: (events: TrainEvent[]) => void = () => {};

  function connect(): Connection {
    const worker = new Worker(new URL("../../workers/trainer.worker.ts", import.meta.url), {
      type: "module",
    });
    const remote = wrap<TrainerApi>(worker);
    const broken = new Promise<never>((_, reject) => {
      worker.addEventListener("error", (event) => {
        const message = `The training worker stopped: ${event.message || "it could not be loaded"}.`;
        const advice = "Press Train to start it again; reload the page if that does not help.";
        const failure = { code: "worker", message, advice, epoch: 0, resumable: false } as const;
        dispose();
        listener([
          { type: "failed", failure },
          { type: "state", state: "failed" },
        ]);
        reject(new Error(message));
      });
    });
    broken.catch(() => {});
    return { worker, remote, broken };
  }

  function call<T>(work: (remote: Remote<TrainerApi>) => Promise<T>): Promise<T> {
    connection ??= connect();
    return Promise.race([work(connection.remote), connection.broken]);
  }

  function dispose(): void {
    connection?.remote[releaseProxy]();
    connection?.worker.terminate();
    connection = null;
  }

  return {
    load(spec, engine, onEvents) {
      listener = onEvents;
      return call((remote) => remote.load(spec, engine, proxy(onEvents)));
    },
    train: () => call((remote) => remote.train()),
    pause: () => call((remote) => remote.pause()),
    resume: () => call((remote) => remote.resume()),
    stop: () => call((remote) => remote.stop()),
    continueTraining: (epochs) => call((remote) => remote.continueTraining(epochs)),
    evaluate: () => call((remote) => remote.evaluate()),
    predictTest: (rows) => call((remote) => remote.predictTest(rows)),
    predict: (images) => call((remote) => remote.predict(images)),
    snapshot: () => call((remote) => remote.snapshot()),
    memory: () => call((remote) => remote.memory()),
    dispose,
  };
}
