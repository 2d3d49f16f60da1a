// Trains the cells of a sweep, one after the other in each of its trainers. A cell that cannot be trained scores 0 with its
// reason and the sweep goes on; what nobody's experiment is to blame for, such as a lost connection, ends it, and it can
// be taken up again from the results so far.
import type { ExperimentSpec } from "../spec/experiment";
import type { EngineChoice, EngineInfo, EpochRecord, RunFailure, TrainEvent } from "../training/contract";
import { cellsOf } from "./cells";
import type { Underway } from "./plan";
import { goesOnAsPlanned } from "./search";
import type { Cell, CellResult, SweepSpec } from "./sweep";

/** A trainer as a sweep uses it; the page's client is one. */
export interface SweepTrainer {
  /** `holdOut` leaves the test images alone: cells are compared by their validation. */
  load(
    spec: ExperimentSpec,
    engine: EngineChoice,
    onEvents: (events: TrainEvent[]) => void,
    options: { holdOut: boolean },
  ): Promise<void>;
  train(): Promise<void>;
  continueTraining(epochs: number): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
}

/** A training that is under way. */
export interface CellProgress extends Underway {
  /** From 1; 0 before the first step. */
  epoch: number;
  epochs: number;
  step: number;
  steps: number;
  /** The score of the last epoch that is over; null before that. */
  score: number | null;
  /** Bytes of the data set that are there, while they are waited for. */
  waiting: { loadedBytes: number; totalBytes: number } | null;
}

export interface SweepListener {
  /** What is under way in each trainer, a few times a second. */
  onProgress(underway: readonly CellProgress[]): void;
  onResult(result: CellResult): void;
  onEpoch(cell: Cell, record: EpochRecord, engine: EngineInfo | null): void;
}

/** The sweep cannot go on for now; the message says why and what to do. */
export class SweepHalt extends Error {
  override name = "SweepHalt";
}

/** Failures that are the experiment's own: trained again, it would fail again. */
const ownFaults: ReadonlySet<RunFailure["code"]> = new Set(["diverged", "invalid", "engine"]);

interface Lane {
  trainer: SweepTrainer;
  /** The trial whose run the trainer still has, and how many epochs that is long. */
  held: { trial: number; epochs: number } | null;
  /** Of the run that the trainer has. */
  history: EpochRecord[];
  engine: EngineInfo | null;
  receive(events: readonly TrainEvent[]): void;
}

const scoreOf = ({ valAccuracy, accuracy }: EpochRecord): number => valAccuracy ?? accuracy;

export class SweepRunner {
  #sweep: SweepSpec;
  #engine: EngineChoice;
  #listener: SweepListener;
  #lanes: Lane[];
  #results: CellResult[];
  #taken = new Set<string>();
  /** Cells in hand. */
  #busy = 0;
  #underway = new Map<Lane, CellProgress>();
  #paused = false;
  /** Called when the pause ends, or a result is there. */
  #waiting = new Set<() => void>();

  /**
   * @param trainers one, or several that train side by side; they stay the caller's to end
   * @param results what was found before, here or on another visit: those cells are not trained again
   */
  constructor(
    sweep: SweepSpec,
    results: readonly CellResult[],
    trainers: readonly SweepTrainer[],
    engine: EngineChoice,
    listener: SweepListener,
  ) {
    this.#sweep = sweep;
    this.#engine = engine;
    this.#listener = listener;
    this.#results = [...results];
    this.#lanes = trainers.map((trainer) => ({
      trainer,
      held: null,
      history: [],
      engine: null,
      receive: () => {},
    }));
  }

  /**
   * Trains what has no result yet. Resolves when every cell has one.
   * @throws SweepHalt where it cannot go on for now
   */
  async run(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => this.#work(lane)));
  }

  /** Rests after the batches under way, and keeps where they were. */
  pause(): void {
    this.#paused = true;
    for (const { trainer } of this.#lanes) trainer.pause().catch(() => {});
  }

  resume(): void {
    this.#paused = false;
    this.#wake();
    for (const { trainer } of this.#lanes) trainer.resume().catch(() => {});
  }

  async #work(lane: Lane): Promise<void> {
    for (;;) {
      while (this.#paused) await this.#something();
      const cell = this.#next(lane);
      if (cell !== undefined) {
        this.#taken.add(cell.id);
        this.#busy += 1;
        const result =
          cell.spec === null ? failed(cell, cell.refusal) : await this.#train(lane, cell, cell.spec);
        this.#busy -= 1;
        this.#underway.delete(lane);
        this.#results.push(result);
        this.#listener.onResult(result);
        this.#tell();
        this.#wake();
      } else if (this.#busy === 0) return;
      // Another trainer's result may decide the next round.
      else await this.#something();
    }
  }

  /** The cell that this trainer does next: one that it can go on with, or else one that no other trainer could. */
  #next(lane: Lane): Cell | undefined {
    const done = new Set(this.#results.map(({ id }) => id));
    const open = cellsOf(this.#sweep, this.#results).filter(
      ({ id }) => !done.has(id) && !this.#taken.has(id),
    );
    const others = this.#lanes.filter((other) => other !== lane);
    return (
      open.find((cell) => this.#canGoOn(lane, cell)) ??
      open.find((cell) => !others.some((other) => this.#canGoOn(other, cell))) ??
      open[0]
    );
  }

  #canGoOn({ held }: Lane, { place, spec }: Cell): boolean {
    if (this.#sweep.kind !== "search" || held === null || spec === null) return false;
    return held.trial === place[0] && held.epochs < spec.training.epochs && goesOnAsPlanned(spec);
  }

  async #train(lane: Lane, cell: Cell, spec: ExperimentSpec): Promise<CellResult> {
    const more = this.#canGoOn(lane, cell) ? spec.training.epochs - lane.held!.epochs : null;
    lane.held = null;
    if (more === null) lane.history = [];
    try {
      const { failure, elapsedMs, restoredEpoch } = await this.#follow(lane, cell, spec, async () => {
        if (more !== null) return lane.trainer.continueTraining(more);
        await lane.trainer.load(spec, this.#engine, (events) => lane.receive(events), { holdOut: true });
        await lane.trainer.train();
      });
      if (failure === null) {
        lane.held = { trial: cell.place[0]!, epochs: lane.history.length };
        return succeeded(cell, lane.history, elapsedMs, restoredEpoch);
      }
      if (!ownFaults.has(failure.code)) throw new SweepHalt(failure.message);
      return failed(cell, failure.message, lane.history);
    } catch (error) {
      if (error instanceof SweepHalt) throw error;
      throw new SweepHalt(error instanceof Error ? error.message : String(error));
    }
  }

  /** Starts a training and hears it out: the last events may come after its promise is kept. */
  #follow(lane: Lane, cell: Cell, spec: ExperimentSpec, start: () => Promise<void>): Promise<Ended> {
    const ended: Ended = { failure: null, elapsedMs: 0 };
    const { epochs } = spec.training;
    let progress: CellProgress = {
      cell,
      share: 0,
      etaMs: null,
      epoch: 0,
      epochs,
      step: 0,
      steps: 0,
      score: null,
      waiting: null,
    };
    const show = (change: Partial<CellProgress>) => {
      progress = { ...progress, ...change };
      this.#underway.set(lane, progress);
    };
    show({});
    this.#tell();
    return new Promise((resolve, reject) => {
      lane.receive = (events) => {
        for (const event of events) {
          if (event.type === "waiting") show({ waiting: event });
          else if (event.type === "engine") lane.engine = event.engine;
          else if (event.type === "progress") {
            const { epoch, step, steps, etaMs } = event;
            show({ epoch, step, steps, etaMs, share: (epoch - 1 + step / steps) / epochs, waiting: null });
          } else if (event.type === "epoch") {
            lane.history.push(event.record);
            show({ score: scoreOf(event.record), share: event.record.epoch / epochs });
            this.#listener.onEpoch(cell, event.record, lane.engine);
          } else if (event.type === "completed") {
            ended.elapsedMs = event.elapsedMs;
            ended.restoredEpoch = event.restoredEpoch ?? undefined;
          } else if (event.type === "failed") ended.failure = event.failure;
          else if (event.type === "state") {
            // What is being loaded cannot be paused yet.
            if (event.state === "training" && this.#paused) lane.trainer.pause().catch(() => {});
            if (event.state === "done" || event.state === "failed") resolve(ended);
          }
        }
        this.#tell();
      };
      start().catch(reject);
    });
  }

  #tell(): void {
    this.#listener.onProgress([...this.#underway.values()]);
  }

  #something(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}

interface Ended {
  failure: RunFailure | null;
  elapsedMs: number;
  restoredEpoch?: number;
}

function succeeded(
  { id }: Cell,
  history: readonly EpochRecord[],
  elapsedMs: number,
  restoredEpoch?: number,
): CellResult {
  const record = restoredEpoch === undefined ? history.at(-1)! : history[restoredEpoch - 1]!;
  const valLoss = record.valLoss !== null && Number.isFinite(record.valLoss) ? record.valLoss : null;
  return { id, score: scoreOf(record), valLoss, epochs: history.length, elapsedMs, failure: null };
}

function failed({ id }: Cell, failure: string, history: readonly EpochRecord[] = []): CellResult {
  const elapsedMs = history.reduce((sum, record) => sum + record.elapsedMs, 0);
  return { id, score: 0, valLoss: null, epochs: history.length, elapsedMs, failure: failure.slice(0, 1000) };
}
