// The training loop: no Comlink, no tensors. It owns order and time; the engine owns arithmetic, the source the
// bytes. Everything that happens is told as events; expected failures are events too.
import type { DataProgress, DatasetSource } from "../datasets/source";
import type { EngineChoice, EngineSelection, EvaluateResult } from "../engines/engine";
import type { DatasetDefinition } from "../spec/define";
import type { ExperimentSpec } from "../spec/experiment";
import { parseExperiment } from "../spec/experiment";
import { buildProgram } from "../spec/program";
import { countSamples, datasetOf, mapLabels, selectSamples, stepsPerEpoch } from "../spec/samples";
import { Automatic } from "./automatic";
import type { Predictions, RunState, Snapshot, TrainEvent } from "./contract";
import { compileOn, EngineRoom, type Ready } from "./engine-room";
import { EventBuffer } from "./events";
import { describeFailure, diverged, invalid, RunError } from "./failure";
import type { Feed } from "./feed";
import { asProbabilities } from "./network";
import { Run } from "./run";
import { createStop, type Stop, stopped, yieldToMessages } from "./stop";
import { hashWeights } from "./weights-hash";

export interface TrainerParts {
  openDataset(dataset: DatasetDefinition, onProgress: (progress: DataProgress) => void): DatasetSource;
  selectEngine(choice: EngineChoice): Promise<EngineSelection>;
  /** Milliseconds, monotonic. */
  now(): number;
}

interface Loaded {
  spec: ExperimentSpec;
  choice: EngineChoice;
  events: EventBuffer;
}

export class Trainer {
  #parts: TrainerParts;
  #loaded: Loaded | null = null;
  #room: EngineRoom;
  #automatic: Automatic;
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
    this.#room = new EngineRoom({
      openDataset: (dataset) =>
        parts.openDataset(dataset, (progress) => {
          this.#loaded?.events.push({ type: "waiting", what: dataset.label, ...progress });
        }),
      selectEngine: (choice) => parts.selectEngine(choice),
    });
    this.#automatic = new Automatic(this.#room, {
      now: () => parts.now(),
      exclusive: (work) => this.#exclusive(work),
      tell: (event) => this.#loaded?.events.push(event, true),
    });
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
    const { test } = (await this.#trained()).run.selection;
    return this.#onEngine(
      (feed) => feed.ensure("test", test),
      ({ engine }) => engine.evaluate("test", test),
    );
  }

  async predictTest(rows: readonly number[]): Promise<Predictions> {
    const { feed, run } = await this.#trained();
    const { test } = run.selection;
    const kept = Uint32Array.from(rows, (row) => test[row % test.length]!);
    await feed.ensure("test", kept);
    const images = feed.testImages(kept);
    const labels = mapLabels(run.spec, (await feed.labels()).test);
    const probabilities = asProbabilities(await this.predict(images), run.program);
    return { images, labels: Uint8Array.from(kept, (row) => labels[row]!), probabilities };
  }

  /** The network's outputs for images given as bytes, row-major [images, outputs]. */
  async predict(images: Uint8Array): Promise<Float32Array> {
    return this.#onEngine(nothing, ({ engine }) => engine.predict(images));
  }

  async snapshot(): Promise<Snapshot> {
    return this.#onEngine(nothing, async ({ engine, run }) => ({
      weights: await engine.readWeights(),
      epoch: run.epoch,
    }));
  }

  async memory(): Promise<{ tensors: number; bytes: number }> {
    return (await this.#room.current)?.engine.memory() ?? { tensors: 0, bytes: 0 };
  }

  async #start(target: (done: number) => number): Promise<void> {
    this.#stop = createStop();
    this.#active = this.#perform(target);
    await this.#active;
  }

  async #perform(target: (done: number) => number): Promise<void> {
    const { events, choice } = this.#experiment();
    try {
      this.#setState("loading");
      const run = this.#run ?? (await this.#prepare());
      this.#run = run;
      run.target = target(run.epoch);
      events.push({ type: "begin", from: run.epoch, to: run.target }, true);
      this.#automatic.begin(run, choice);
      const finished = await this.#loop(run)
        .then(
          () => true,
          (error: unknown) => {
            if (error !== stopped) throw error;
            return false;
          },
        )
        .finally(() => this.#automatic.end(run));
      events.push({ type: "completed", elapsedMs: run.elapsedMs, stopped: !finished });
      if (run.started) await this.#recovering(run, () => this.#conclude());
      this.#setState("done");
    } catch (error) {
      if (error === stopped) {
        this.#setState("idle");
        return;
      }
      const failure = describeFailure(error, (this.#run?.epoch ?? -1) + 1, this.#run?.started === true);
      if (failure.code === "deviceLost") this.#room.forget();
      if (!failure.resumable) this.#run = null;
      events.push({ type: "failed", failure });
      this.#setState("failed");
    }
  }

  /** Engine, labels and the first weights; training images come as they are needed. */
  async #prepare(): Promise<Run> {
    const { spec, choice, events } = this.#experiment();
    const problem = buildProgram(spec).problems.find(({ severity }) => severity === "error");
    if (problem !== undefined) throw invalid(problem);
    events.push({ type: "samples", counts: countSamples(spec), stepsPerEpoch: stepsPerEpoch(spec) });
    const started = this.#room.get(this.#automatic.resolve(choice, spec), datasetOf(spec));
    const ready = await this.#unlessStopped(started);
    const { engine, feed } = ready;
    const selection = selectSamples(spec, await this.#unlessStopped(feed.labels()));
    if (selection.train.length === 0)
      throw new RunError(
        "invalid",
        "No training images are left.",
        "Raise the limit or lower the validation share.",
      );
    const run = new Run(spec, selection);
    const reports = this.#automatic.prepare(run, ready, choice);
    events.push({ type: "engine", engine: engine.info, reports }, true);
    await this.#unlessStopped(feed.ensure("train", run.firstBatch()));
    await compileOn(ready, spec, run.options());
    const before = await this.#exclusive(() => engine.evaluate("train", run.firstBatch()));
    events.push({ type: "before", ...before }, true);
    return run;
  }

  async #loop(run: Run): Promise<void> {
    this.#setState("training");
    while (run.epoch < run.target) await this.#recovering(run, () => this.#epoch(run));
  }

  /** What is left of the epoch under way. */
  async #epoch(run: Run): Promise<void> {
    const { spec, events } = this.#experiment();
    const { now } = this.#parts;
    for (let rows = run.nextRows(); rows.length > 0; rows = run.nextRows()) {
      await this.#gate();
      const begun = now();
      await this.#automatic.step(run);
      const { engine, feed } = await this.#room.current!;
      // Another engine begins with fewer steps at a time.
      rows = run.nextRows();
      await this.#unlessStopped(feed.ensure("train", rows));
      const { losses, correct, elapsedMs } = await this.#exclusive(async () => {
        const there = now();
        const result = await engine.train(rows, spec.training.batchSize, run.learningRates(rows));
        return { ...result, elapsedMs: now() - there };
      });
      // Only now: until the first step, the first shard has the line to itself.
      if (run.step === 0) feed.prefetch(run.selection);
      run.addTime(now() - begun);
      const broken = losses.findIndex((loss) => !Number.isFinite(loss));
      const epoch = run.epoch + 1;
      const step = run.batch + broken + 1;
      const kept = broken < 0 ? losses.length : broken;
      if (kept > 0)
        for (const event of run.record(losses.subarray(0, kept), correct.subarray(0, kept), elapsedMs))
          events.push(event);
      if (broken >= 0) throw diverged(spec, losses[broken]!, epoch, step);
      await yieldToMessages();
    }
    await this.#gate();
    const begun = now();
    const validation = await this.#validate(run);
    const validationMs = now() - begun;
    run.addTime(validationMs);
    await this.#automatic.endEpoch(run);
    events.push({ type: "epoch", record: run.finishEpoch(validation, validationMs) }, true);
  }

  async #validate(run: Run): Promise<EvaluateResult | null> {
    const { engine, feed } = await this.#room.current!;
    const { validation } = run.selection;
    if (validation.length === 0) return null;
    await this.#unlessStopped(feed.ensure("train", validation));
    return this.#exclusive(() => engine.evaluate("train", validation));
  }

  /** What is told of the weights once the epochs are over. */
  async #conclude(): Promise<void> {
    const { events } = this.#experiment();
    const { weights } = await this.snapshot();
    events.push({ type: "hashed", hash: await hashWeights(weights) });
    events.push({ type: "tested", result: await this.evaluate() });
  }

  /** Does the work, and does it again where a device went away meanwhile and the run could move to another. */
  async #recovering(run: Run, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(await this.#automatic.recover(run, error))) throw error;
      await work();
    }
  }

  #experiment(): Loaded {
    if (this.#loaded === null) throw new Error("load() comes before training");
    return this.#loaded;
  }

  async #trained(): Promise<Ready & { run: Run }> {
    if (this.#run === null || this.#room.current === null)
      throw new Error("Train first: there are no weights yet.");
    return { run: this.#run, ...(await this.#room.current) };
  }

  /** Works on the engine of the moment, which may have changed since it was asked for. */
  async #onEngine<T>(
    bring: (feed: Feed) => Promise<void>,
    work: (trained: Ready & { run: Run }) => Promise<T>,
  ): Promise<T> {
    await bring((await this.#trained()).feed);
    return this.#exclusive(async () => {
      const trained = await this.#trained();
      await bring(trained.feed);
      return work(trained);
    });
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

const nothing = async () => {};
