// The page's side of the bridge: owns the Worker's lifetime and the main thread's Comlink.
import { proxy, type Remote, releaseProxy, transfer, wrap } from "comlink";
import type { LensApi } from "../lens/contract";
import type { ExperimentSpec } from "../spec/experiment";
import type {
  EngineChoice,
  LabApi,
  LoadOptions,
  NetworkApi,
  TrainEvent,
  TrainerApi,
  WorkerApi,
} from "./contract";

/** The trainer as the page calls it: `TrainerApi`, with a plain function as listener, and an end. */
export interface TrainerClient extends Omit<TrainerApi, "load"> {
  load(
    spec: ExperimentSpec,
    engine: EngineChoice,
    onEvents: (events: TrainEvent[]) => void,
    options?: LoadOptions,
  ): Promise<void>;
  /** Ends the worker and whatever runs in it. */
  dispose(): void;
}

/** A trained network as the page calls it, and an end. */
export interface NetworkClient extends NetworkApi {
  /** Ends the worker. */
  dispose(): void;
}

/** The laboratory as the page calls it, and an end. */
export interface LabClient extends LabApi {
  /** Ends the worker. */
  dispose(): void;
}

/** The lens as the page calls it, and an end. Weights that it is given are gone here: they move over. */
export interface LensClient extends LensApi {
  /** Ends the worker, with all that it holds. */
  dispose(): void;
}

interface Connection {
  worker: Worker;
  remote: Remote<WorkerApi>;
  /** Rejects when the worker dies, so that no caller waits for an answer that cannot come. */
  broken: Promise<never>;
}

/** A worker that starts at the first call and again after one that died. */
function createWorker(onBroken: (message: string) => void) {
  let connection: Connection | null = null;

  function connect(): Connection {
    const worker = new Worker(new URL("../../workers/trainer.worker.ts", import.meta.url), {
      type: "module",
    });
    const remote = wrap<WorkerApi>(worker);
    const broken = new Promise<never>((_, reject) => {
      worker.addEventListener("error", (event) => {
        const message = `The training worker stopped: ${event.message || "it could not be loaded"}.`;
        dispose();
        onBroken(message);
        reject(new Error(message));
      });
    });
    broken.catch(() => {});
    return { worker, remote, broken };
  }

  function call<T>(work: (remote: Remote<WorkerApi>) => Promise<T>): Promise<T> {
    connection ??= connect();
    return Promise.race([work(connection.remote), connection.broken]);
  }

  function dispose(): void {
    connection?.remote[releaseProxy]();
    connection?.worker.terminate();
    connection = null;
  }

  return { call, dispose };
}

/** A trainer in its own worker. */
export function createTrainerClient(): TrainerClient {
  let listener: (events: TrainEvent[]) => void = () => {};
  const { call, dispose } = createWorker((message) => {
    const advice = "Press Train to start it again; reload the page if that does not help.";
    const failure = { code: "worker", message, advice, epoch: 0, resumable: false } as const;
    listener([
      { type: "failed", failure },
      { type: "state", state: "failed" },
    ]);
  });
  return {
    load(spec, engine, onEvents, options) {
      listener = onEvents;
      return call(({ trainer }) => trainer.load(spec, engine, proxy(onEvents), options));
    },
    train: () => call(({ trainer }) => trainer.train()),
    allowData: () => call(({ trainer }) => trainer.allowData()),
    pause: () => call(({ trainer }) => trainer.pause()),
    resume: () => call(({ trainer }) => trainer.resume()),
    stop: () => call(({ trainer }) => trainer.stop()),
    continueTraining: (epochs) => call(({ trainer }) => trainer.continueTraining(epochs)),
    resumeKept: () => call(({ trainer }) => trainer.resumeKept()),
    keepNow: () => call(({ trainer }) => trainer.keepNow()),
    loadBest: () => call(({ trainer }) => trainer.loadBest()),
    openTest: () => call(({ trainer }) => trainer.openTest()),
    evaluate: () => call(({ trainer }) => trainer.evaluate()),
    predictTest: (rows) => call(({ trainer }) => trainer.predictTest(rows)),
    predict: (images) => call(({ trainer }) => trainer.predict(images)),
    snapshot: () => call(({ trainer }) => trainer.snapshot()),
    memory: () => call(({ trainer }) => trainer.memory()),
    dispose,
  };
}

/** A trained network in a worker of its own; nothing of it meets a run that is on. */
export function createNetworkClient(): NetworkClient {
  const { call, dispose } = createWorker(() => {});
  return {
    open: (spec, weights) => call(({ network }) => network.open(spec, weights)),
    predict: (images) => call(({ network }) => network.predict(images)),
    predictTest: (rows) => call(({ network }) => network.predictTest(rows)),
    evaluate: () => call(({ network }) => network.evaluate()),
    dispose,
  };
}

/** A laboratory in a worker of its own; it starts with the first question. */
export function createLabClient(): LabClient {
  const { call, dispose } = createWorker(() => {});
  return {
    gradientStep: (batch) => call(({ lab }) => lab.gradientStep(batch)),
    gradients: (batch) => call(({ lab }) => lab.gradients(batch)),
    tiny: (question) => call(({ lab }) => lab.tiny(question)),
    dispose,
  };
}

/** A lens in a worker of its own, so that looking does not stand in the training's way. */
export function createLensClient(): LensClient {
  const { call, dispose } = createWorker(() => {});
  const moved = (weights: Float32Array[]) =>
    transfer(
      weights,
      weights.map(({ buffer }) => buffer),
    );
  return {
    open: (spec, weights, locked) => call(({ lens }) => lens.open(spec, moved(weights), locked)),
    look: (weights) => call(({ lens }) => lens.look(moved(weights))),
    // Comlink's types know no function with a type of its own.
    ask: (kind, question) => call(({ lens }) => (lens.ask as LensApi["ask"])(kind, question)),
    dispose,
  };
}
