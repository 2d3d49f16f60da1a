// The training loop: no Comlink, no tensors. It owns order and time; the engine owns arithmetic, the source the
// bytes. Everything that happens is told as events; expected failures are events too.
import type { DataProgress, DatasetSource } from "../datasets/source";
import type { Engine, EngineChoice, EngineReport, EvaluateResult } from "../engines/engine";
import type { DatasetDefinition } from "../spec/define";
import type { ExperimentSpec } from "../spec/experiment";
import { parseExperiment } from "../spec/experiment";
import { buildProgram, initialWeights } from "../spec/program";
import { countSamples, datasetOf, mapLabels, selectSamples, stepsPerEpoch } from "../spec/samples";
import type { Predictions, RunState, Snapshot, TrainEvent } from "./contract";
import { EventBuffer } from "./events";
import { describeFailure, diverged, invalid, RunError } from "./failure";
import { Feed } from "./feed";
import { Run } from "./run";
import { createStop, type Stop, stopped, yieldToMessages } from "./stop";

export interface TrainerParts {
  openDataset(dataset: DatasetDefinition, onProgress: (progress: DataProgress) => void): DatasetSource;
  selectEngine(choice: EngineChoice): Promise<{ engine: Engine; reports: readonly EngineReport[] }>;
  /** Milliseconds, monotonic. */
  now(): number;
}

interface Loaded {
  spec: ExperimentSpec;
  choice: EngineChoice;
  events: EventBuffer;
}

interface Ready {
  engine: Engine;
  reports: readonly EngineReport[];
  feed: Feed;
}

/** An engine that is there or on its way, for one choice and data set. */
interface Pending {
  choice: EngineChoice;
  source: DatasetSource;
  dataset: DatasetDefinition;
  promise: Promise<Ready>;
}

export class Trainer {
  #parts: TrainerParts;
  #loaded: Loaded | null = null;
  #pending: Pending | null = null;
  #run: Run | null = null;
  #state: RunState = "idle";
  /** The loop under way; resolves when it is over. */
  #active: Promise<void> = Promise.resolve();
  #stop: Stop = createStop();
  /** Ends a pause. */
  #wake: () => void = () => {};
  #queue: Promise<unknown> = Promise.resolve();

  constructor(parts: TrainerParts) {
    this.#parts = parts;
  }

  /** Takes an experiment; ends the former run. @throws ParseError where the spec is none */
  async load(spec: unknown, choice: EngineChoice, send: (events: TrainEvent[]) => void): Promise<void> {
    const parsed = parseExperiment(spec);
    await this.stop();
    this.#run = null;
    this.#loaded = { spec: parsed, choice, events: new EventBuffer(send, this.#parts.now) };
    this.#setState("idle");
  }

  /** Trains from new weights. Resolves when the run is over, failed runs included. */
  async train(): Promise<void> {
    const { spec } = this.#experiment();
    await this.stop();
    this.#run = null;
    await this.#start(() => spec.training.epochs);
  }

  /**
   * Goes on for `epochs` more epochs; one that was broken off is finished as the first of them. With 0, only a
   * test evaluation that failed is made up for.
   * @throws RangeError where `epochs` is no whole number from 0 to 1000
   */
  async continueTraining(epochs: number): Promise<void> {
    if (!Number.isInteger(epochs) || epochs < 0 || epochs > 1000)
      throw new RangeError(`epochs is ${epochs}; it must be a whole number from 0 to 1000.`);
    await this.stop();
    await this.#start((done) => done + epochs);
  }

  async pause(): Promise<void> {
    if (this.#state === "training") this.#setState("paused");
  }

  async resume(): Promise<void> {
    if (this.#state !== "paused") return;
    this.#setState("training");
    this.#wake();
  }

  /** Ends after the batches under way; resolves when the loop is over. */
  async stop(): Promise<void> {
    this.#stop.ask();
    await this.#active;
  }

  /** Loss and accuracy on the test file. */
  async evaluate(): Promise<EvaluateResult> {
    const { engine, feed, run } = await this.#trained();
    await feed.ensure("test", run.selection.test);
    return this.#exclusive(() => engine.evaluate("test", run.selection.test));
  }

  async predictTest(rows: readonly number[]): Promise<Predictions> {
    const { engine, feed, run } = await this.#trained();
    const { test } = run.selection;
    const kept = rows.map((row) => test[row % test.length]!);
    await feed.ensure("test", Uint32Array.from(kept));
    const images = feed.testImages(kept);
    const labels = mapLabels(run.spec, Uint8Array.from((await feed.labels()).test));
    const outputs = await this.#exclusive(() => engine.predict(images));
    const single = run.program.outputs === 1;
    const probabilities = single ? Float32Array.from([...outputs].flatMap((p) => [1 - p, p])) : outputs;
    return { images, labels: Uint8Array.from(kept, (row) => labels[row]!), probabilities };
  }

  /** The network's outputs for images given as bytes, row-major [images, outputs]. */
  async predict(images: Uint8Array): Promise<Float32Array> {
    const { engine } = await this.#trained();
    return this.#exclusive(() => engine.predict(images));
  }

  async snapshot(): Promise<Snapshot> {
    const { engine, run } = await this.#trained();
    return { weights: await this.#exclusive(() => engine.readWeights()), epoch: run.epoch };
  }

  async memory(): Promise<{ tensors: number; bytes: number }> {
    return (await this.#pending?.promise)?.engine.memory() ?? { tensors: 0, bytes: 0 };
  }

  async #start(target: (done: number) => number): Promise<void> {
    this.#stop = createStop();
    this.#active = this.#perform(target);
    await this.#active;
  }

  async #perform(target: (done: number) => number): Promise<void> {
    const { events } = this.#experiment();
    try {
      this.#setState("loading");
      const run = this.#run ?? (await this.#prepare());
      this.#run = run;
      run.target = target(run.epoch);
      events.push({ type: "begin", from: run.epoch, to: run.target }, true);
      const finished = await this.#loop(run).then(
        () => true,
        (error: unknown) => {
          if (error !== stopped) throw error;
          return false;
        },
      );
      events.push({ type: "completed", elapsedMs: run.elapsedMs, stopped: !finished });
      if (run.started) events.push({ type: "tested", result: await this.evaluate() });
      this.#setState("done");
    } catch (error) {
      if (error === stopped) {
        this.#setState("idle");
        return;
      }
      const failure = describeFailure(error, (this.#run?.epoch ?? -1) + 1, this.#run?.started === true);
      if (failure.code === "deviceLost") this.#pending = null;
      if (!failure.resumable) this.#run = null;
      events.push({ type: "failed", failure });
      this.#setState("failed");
    }
  }

  /** Engine, labels and the first weights; training images come as they are needed. */
  async #prepare(): Promise<Run> {
    const { spec, choice, events } = this.#experiment();
    const program = buildProgram(spec);
    const problem = program.problems.find(({ severity }) => severity === "error");
    if (problem !== undefined) throw invalid(problem);
    events.push({ type: "samples", counts: countSamples(spec), stepsPerEpoch: stepsPerEpoch(spec) });
    const { engine, reports, feed } = await this.#unlessStopped(this.#engine(choice, datasetOf(spec)));
    const labels = await this.#unlessStopped(feed.labels());
    const selection = selectSamples(spec, labels);
    if (selection.train.length === 0)
      throw new RunError(
        "invalid",
        "No training images are left.",
        "Raise the limit or lower the validation share.",
      );
    events.push({ type: "engine", engine: engine.info, reports }, true);
    const run = new Run(spec, selection);
    await this.#unlessStopped(feed.ensure("train", run.firstBatch()));
    for (const split of ["train", "test"] as const) engine.setLabels(split, mapLabels(spec, labels[split]));
    engine.compile({
      program,
      optimizer: spec.optimizer,
      weights: initialWeights(program, spec.seed),
      seed: spec.seed,
      batchSize: spec.training.batchSize,
    });
    const before = await this.#exclusive(() => engine.evaluate("train", run.firstBatch()));
    events.push({ type: "before", ...before }, true);
    return run;
  }

  async #loop(run: Run): Promise<void> {
    const { spec, events } = this.#experiment();
    const { engine, feed } = await this.#pending!.promise;
    this.#setState("training");
    while (run.epoch < run.target) {
      for (let rows = run.nextRows(); rows.length > 0; rows = run.nextRows()) {
        await this.#gate();
        const begun = this.#parts.now();
        await this.#unlessStopped(feed.ensure("train", rows));
        const there = this.#parts.now();
        const { losses, correct } = await this.#exclusive(() =>
          engine.train(rows, spec.training.batchSize, spec.optimizer.learningRate),
        );
        // Only now: until the first step, the first shard has the line to itself.
        if (run.step === 0) feed.prefetch(run.selection);
        const now = this.#parts.now();
        run.addTime(now - begun);
        const broken = losses.findIndex((loss) => !Number.isFinite(loss));
        const epoch = run.epoch + 1;
        const step = run.batch + broken + 1;
        const kept = broken < 0 ? losses.length : broken;
        if (kept > 0)
          for (const event of run.record(losses.subarray(0, kept), correct.subarray(0, kept), now - there))
            events.push(event);
        if (broken >= 0) throw diverged(spec, losses[broken]!, epoch, step);
        await yieldToMessages();
      }
      await this.#gate();
      const begun = this.#parts.now();
      const validation = await this.#validate(run);
      const validationMs = this.#parts.now() - begun;
      run.addTime(validationMs);
      events.push({ type: "epoch", record: run.finishEpoch(validation, validationMs) }, true);
    }
  }

  async #validate(run: Run): Promise<EvaluateResult | null> {
    const { engine, feed } = await this.#pending!.promise;
    const { validation } = run.selection;
    if (validation.length === 0) return null;
    await this.#unlessStopped(feed.ensure("train", validation));
    return this.#exclusive(() => engine.evaluate("train", validation));
  }

  /** The engine of this choice with the data set's files; kept from run to run. */
  #engine(choice: EngineChoice, dataset: DatasetDefinition): Promise<Ready> {
    const kept = this.#pending;
    const same = kept !== null && kept.dataset.id === dataset.id;
    if (same && kept.choice === choice) return kept.promise;
    const source = same
      ? kept.source
      : this.#parts.openDataset(dataset, (progress) => {
          this.#loaded?.events.push({ type: "waiting", what: dataset.label, ...progress });
        });
    const start = async (): Promise<Ready> => {
      await kept?.promise.then(({ engine }) => engine.dispose()).catch(() => {});
      const { engine, reports } = await this.#parts.selectEngine(choice);
      return { engine, reports, feed: new Feed(source, engine, dataset) };
    };
    const promise = start();
    const pending = { choice, source, dataset, promise };
    this.#pending = pending;
    promise.catch(() => {
      if (this.#pending === pending) this.#pending = null;
    });
    return promise;
  }

  #experiment(): Loaded {
    if (this.#loaded === null) throw new Error("load() comes before training");
    return this.#loaded;
  }

  async #trained() {
    if (this.#run === null || this.#pending === null)
      throw new Error("Train first: there are no weights yet.");
    return { run: this.#run, ...(await this.#pending.promise) };
  }

  #setState(state: RunState): void {
    this.#state = state;
    this.#loaded?.events.push({ type: "state", state }, true);
  }

  /** Waits while paused. @throws stopped */
  async #gate(): Promise<void> {
    while (this.#state === "paused")
      await this.#unlessStopped(
        new Promise<void>((wake) => {
          this.#wake = wake;
        }),
      );
    if (this.#stop.asked) throw stopped;
  }

  /** The promise's value, unless a stop is asked for first. @throws stopped */
  #unlessStopped<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.#stop.signal]);
  }

  /** One at a time on the engine: a prediction never meets a half-done step. */
  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => {});
    return result;
  }
}
