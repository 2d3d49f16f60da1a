// The training loop: no Comlink, no tensors. It owns order and time; the engine owns arithmetic, the source the
// bytes. Everything that happens is told as events; expected failures are events too.
import type { QuickFirst } from "../datasets/quick-first";
import type { DatasetSource, OnProgress } from "../datasets/source";
import type { EngineChoice, EngineSelection } from "../engines/engine";
import type { DatasetDefinition } from "../spec/define";
import { parseExperiment } from "../spec/experiment";
import { Answers, type Trained } from "./answers";
import { Automatic } from "./automatic";
import type { LoadOptions, RunState, TrainEvent } from "./contract";
import { EngineRoom, putWeights } from "./engine-room";
import { type EpochHost, trainEpoch } from "./epoch";
import { EventBuffer } from "./events";
import { describeFailure } from "./failure";
import { type CheckpointStore, createKeeper, type Keeping } from "./keeper";
import { type Loaded, prepareRun } from "./prepare";
import type { Run } from "./run";
import { Gate, stopped } from "./stop";
import { hashWeights } from "./weights-hash";

export interface TrainerParts {
  openDataset(dataset: DatasetDefinition, onProgress: OnProgress, quick: QuickFirst): DatasetSource;
  selectEngine(choice: EngineChoice): Promise<EngineSelection>;
  /** Milliseconds, monotonic. */
  now(): number;
  /** Where runs are kept while they are on; left out where none are. */
  checkpoints?: CheckpointStore;
}

export class Trainer {
  #parts: TrainerParts;
  #loaded: Loaded | null = null;
  #room: EngineRoom;
  #automatic: Automatic;
  #answers: Answers;
  #keeping: Keeping | null = null;
  #run: Run | null = null;
  #state: RunState = "idle";
  /** The loop under way; resolves when it is over. */
  #active: Promise<void> = Promise.resolve();
  #gate = new Gate();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(parts: TrainerParts) {
    this.#parts = parts;
    const tell = (event: TrainEvent) => this.#loaded?.events.push(event, event.type !== "waiting");
    this.#room = new EngineRoom({ ...parts, tell });
    this.#automatic = new Automatic(this.#room, {
      now: () => parts.now(),
      exclusive: (work) => this.#exclusive(work),
      tell,
    });
    this.#answers = new Answers({
      trained: () => this.#trained(),
      exclusive: (work) => this.#exclusive(work),
    });
    if (parts.checkpoints === undefined) return;
    this.#keeping = {
      store: parts.checkpoints,
      now: () => parts.now(),
      tell: (event) => this.#loaded?.events.push(event, true),
      readState: () => this.#exclusive(async () => (await this.#room.current!).engine.readState()),
      leave: (reason) => this.#gate.stop(reason),
    };
  }

  /** Takes an experiment; ends the former run. @throws ParseError where the spec is none */
  async load(
    spec: unknown,
    choice: EngineChoice,
    send: (events: TrainEvent[]) => void,
    options: LoadOptions = {},
  ): Promise<void> {
    const parsed = parseExperiment(spec);
    await this.stop();
    await this.#loaded?.keeper?.leave();
    this.#run = null;
    const events: EventBuffer = new EventBuffer(send, this.#parts.now, (event) => keeper?.note(event));
    const keeper = createKeeper(this.#keeping, { spec: parsed, choice, ...options });
    this.#loaded = { spec: parsed, choice, events, options, keeper };
    this.#setState("idle");
  }

  /** Trains from new weights. Resolves when the run is over, failed runs included. */
  async train(): Promise<void> {
    const { spec, options } = this.#experiment();
    await this.stop();
    this.#run = null;
    await this.#work(() => this.#perform(() => options.replayOf?.epochs ?? spec.training.epochs));
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
    await this.#work(() => this.#perform((done) => done + epochs));
  }

  /** Goes on with the run that `load` named, from where it was kept last. */
  async resumeKept(): Promise<void> {
    const loaded = this.#experiment();
    await this.stop();
    this.#run = null;
    await this.#work(async () => {
      const { reopenRun } = await import("./reopen");
      const checkpoint = await loaded.keeper!.reopen();
      const run = await reopenRun(loaded, checkpoint, this.#room, this.#automatic, this.#gate);
      this.#run = run;
      await this.#finish(run);
    });
  }

  /** Keeps where the run is at the next chance. */
  async keepNow(): Promise<void> {
    this.#loaded?.keeper?.want();
  }

  /** Puts the weights of the best epoch that was kept in the place of the last ones. @throws Error where none was kept */
  async loadBest(): Promise<void> {
    await this.stop();
    const { run } = await this.#trained();
    const { kept } = run;
    if (kept === null)
      throw new Error("No epoch was kept: add a checkpoint, or early stopping that restores.");
    await this.#work(async () => {
      await this.#restore(run, kept.epoch);
      this.#experiment().events.push({ type: "restored", epoch: kept.epoch });
      await this.#recovering(run, () => this.#conclude(run));
    });
  }

  /** Tests the weights that are there, once; from then on the test images are open to the run. */
  async openTest(): Promise<void> {
    await this.stop();
    const { run } = await this.#trained();
    await this.#work(async () => {
      run.locked = false;
      if (!run.tested) await this.#recovering(run, () => this.#test(run));
    });
  }

  allowData = async (): Promise<void> => this.#room.quick.allow();

  async pause(): Promise<void> {
    if (this.#state !== "training") return;
    this.#gate.close();
    this.#setState("paused");
  }

  async resume(): Promise<void> {
    if (this.#state !== "paused") return;
    this.#setState("training");
    this.#gate.open();
  }

  /** Ends after the batches under way; resolves when the loop is over. */
  async stop(): Promise<void> {
    this.#gate.stop();
    await this.#active;
  }

  evaluate = () => this.#answers.evaluate();
  predictTest = (rows: readonly number[]) => this.#answers.predictTest(rows);
  predict = (images: Uint8Array) => this.#answers.predict(images);
  snapshot = () => this.#answers.snapshot();
  state = () => this.#answers.state();
  moments = () => this.#answers.moments();
  momentAt = (epoch: number) => this.#answers.momentAt(epoch);

  async memory(): Promise<{ tensors: number; bytes: number }> {
    return (await this.#room.current)?.engine.memory() ?? { tensors: 0, bytes: 0 };
  }

  async #perform(target: (done: number) => number): Promise<void> {
    const { events } = this.#experiment();
    const run = this.#run ?? (await prepareRun(this.#experiment(), this.#room, this.#automatic, this.#gate));
    this.#run = run;
    run.target = target(run.epoch);
    if (run.restoredEpoch !== null) await this.#restore(run, null);
    events.push({ type: "begin", from: run.epoch, to: run.target }, true);
    await this.#finish(run);
  }

  /** Trains what is left of the run's epochs, and concludes it. */
  async #finish(run: Run): Promise<void> {
    const { events, choice, keeper } = this.#experiment();
    this.#automatic.begin(run, choice);
    keeper?.begin();
    const finished = await this.#loop(run)
      .then(
        () => true,
        (error: unknown) => {
          if (error !== stopped) throw error;
          return false;
        },
      )
      .finally(() => this.#automatic.end(run));
    if (finished) await this.#restore(run, run.endsWith);
    const { elapsedMs, epoch, restoredEpoch } = run;
    events.push({ type: "completed", elapsedMs, stopped: !finished || epoch < run.target, restoredEpoch });
    if (run.started) await this.#recovering(run, () => this.#conclude(run));
  }

  /** Works on the run from "loading" to "done", one at a time; what goes wrong is told as the run's failure. */
  async #work(work: () => Promise<void>): Promise<void> {
    this.#gate.reset();
    this.#active = this.#told(work);
    await this.#active;
  }

  async #told(work: () => Promise<void>): Promise<void> {
    const { events, keeper } = this.#experiment();
    try {
      this.#setState("loading");
      await work();
      await keeper?.end();
      this.#setState("done");
    } catch (error) {
      if (error === stopped) {
        await keeper?.leave();
        this.#setState("idle");
        return;
      }
      const failure = describeFailure(error, (this.#run?.epoch ?? -1) + 1, this.#run?.started === true);
      await keeper?.fail(failure, this.#run);
      if (failure.code === "deviceLost") this.#room.forget();
      if (!failure.resumable) this.#run = null;
      events.push({ type: "failed", failure });
      this.#setState("failed");
    }
  }

  async #loop(run: Run): Promise<void> {
    this.#setState("training");
    const host: EpochHost = {
      now: () => this.#parts.now(),
      room: this.#room,
      automatic: this.#automatic,
      gate: this.#gate,
      exclusive: (work) => this.#exclusive(work),
    };
    let over = false;
    while (run.epoch < run.target && !over)
      over = await this.#recovering(run, () => trainEpoch(run, this.#experiment(), host));
  }

  /** Puts an epoch's weights in the place of the last ones, or these back again. */
  async #restore(run: Run, epoch: number | null): Promise<void> {
    await this.#recovering(run, async () => {
      const ready = await this.#room.current!;
      await this.#exclusive(() => putWeights(ready, run, epoch));
    });
  }

  /** What is told of the weights once the epochs are over. */
  async #conclude(run: Run): Promise<void> {
    const { events } = this.#experiment();
    run.tested = false;
    const { weights } = await this.snapshot();
    events.push({ type: "hashed", hash: await hashWeights(weights) });
    if (!run.locked) await this.#test(run);
  }

  async #test(run: Run): Promise<void> {
    this.#experiment().events.push({ type: "tested", result: await this.evaluate() });
    run.tested = true;
  }

  /** Does the work, and does it again where a device went away meanwhile and the run could move to another. */
  async #recovering<T>(run: Run, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(await this.#automatic.recover(run, error))) throw error;
      return work();
    }
  }

  #experiment(): Loaded {
    if (this.#loaded === null) throw new Error("load() comes before training");
    return this.#loaded;
  }

  async #trained(): Promise<Trained> {
    if (this.#run === null || this.#room.current === null)
      throw new Error("Train first: there are no weights yet.");
    return { run: this.#run, ...(await this.#room.current) };
  }

  #setState(state: RunState): void {
    this.#state = state;
    this.#loaded?.events.push({ type: "state", state }, true);
  }

  /** One at a time on the engine: a prediction never meets a half-done step. */
  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => {});
    return result;
  }
}
