// "Auto" while runs are under way: they start at once on what is there, move to a faster engine in mid-run, and
// come back where that one goes away.
import { type EngineChoice, EngineLostError, type EngineReport, type EngineState } from "../engines/engine";
import type { ExperimentSpec } from "../spec/experiment";
import type { Outcome } from "./comparison";
import type { TrainEvent } from "./contract";
import { compileOn, disposeQuietly, type EngineRoom, putWeights, type Ready, whyFailed } from "./engine-room";
import { Feed } from "./feed";
import type { Mark, Run } from "./run";

/** A run that is over sooner than this has nothing to gain. */
const WORTHWHILE_MS = 3000;
/** Before that its speed says little. */
const SETTLED_MS = 500;

export interface Host {
  /** Milliseconds, monotonic. */
  now(): number;
  /** One at a time on the engine. */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
  tell(event: TrainEvent): void;
}

/** Where a run can go on from if its device goes away. */
interface Checkpoint {
  /** Undefined at the very beginning. */
  state: EngineState | undefined;
  mark: Mark;
}

interface Trial {
  wanted: boolean;
  outcome: Outcome | null;
}

/** What decides how fast engines are on it. */
const shapeOf = ({ dataset, layers, loss, optimizer, augmentation, training }: ExperimentSpec) =>
  JSON.stringify([dataset.id, layers, loss, optimizer.kind, augmentation, training.batchSize]);

export class Automatic {
  /** Of this worker's runs so far. */
  #measured = new Map<string, Omit<Outcome, "successor">>();
  #undecided = false;
  #trial: Trial | null = null;
  #checkpoint: Checkpoint | null = null;

  constructor(
    readonly room: EngineRoom,
    readonly host: Host,
  ) {}

  /** What a run starts on: the choice, or what "auto" has turned out to be for such a run. */
  resolve(choice: EngineChoice, spec: ExperimentSpec): EngineChoice {
    return choice === "auto" ? (this.#measured.get(shapeOf(spec))?.choice ?? "auto") : choice;
  }

  /**
   * A run has its engine.
   * @param state where it goes on from; from the beginning where left out
   * @returns the engines' reports, with what was measured before on such a run
   */
  prepare(run: Run, ready: Ready, choice: EngineChoice, state?: EngineState): readonly EngineReport[] {
    this.#checkpoint = null;
    const known = choice === "auto" ? this.#measured.get(shapeOf(run.spec)) : undefined;
    if (known === undefined) return ready.reports;
    if (known.choice === ready.engine.info.id) this.#checkpoint = { state, mark: run.mark() };
    const now = new Map(ready.reports.map((report) => [report.id, report]));
    return known.reports.map((report) => {
      const present = now.get(report.id);
      return present === undefined || present.available ? report : present;
    });
  }

  /** Its epochs begin or go on. */
  begin(run: Run, choice: EngineChoice): void {
    this.#undecided = choice === "auto" && !this.#measured.has(shapeOf(run.spec));
  }

  /** Its epochs are over, for now. */
  end(run: Run): void {
    this.#undecided = false;
    const trial = this.#trial;
    this.#trial = null;
    if (trial === null) return;
    trial.wanted = false;
    if (trial.outcome === null) return;
    this.#measured.set(shapeOf(run.spec), trial.outcome);
    trial.outcome.successor?.engine.dispose();
  }

  /** Between two chunks of steps: begins to try other engines, or moves the run to the one that was faster. */
  async step(run: Run): Promise<void> {
    if (this.#undecided && run.elapsedMs >= SETTLED_MS && run.leftMs >= WORTHWHILE_MS) {
      this.#undecided = false;
      const ready = await this.room.current!;
      if (ready.alternatives.length > 0) this.#try(run, ready);
    }
    const outcome = this.#trial?.outcome;
    if (!outcome) return;
    this.#trial = null;
    this.#measured.set(shapeOf(run.spec), outcome);
    const ready = await this.room.current!;
    if (outcome.successor === null) this.#stay(ready, outcome.reports);
    else await this.#handOver(run, ready, outcome.successor, outcome);
  }

  /** Keeps where the epoch ends, before it is counted. @throws EngineLostError */
  async endEpoch(run: Run): Promise<void> {
    if (this.#checkpoint === null) return;
    const { engine } = await this.room.current!;
    const state = await this.host.exclusive(() => engine.readState());
    this.#checkpoint = { state, mark: run.markNextEpoch() };
  }

  /**
   * Where the error says that a device is gone which "auto" had moved to: takes the run back to its last
   * checkpoint, on an engine that still works.
   * @returns whether the run can go on
   */
  async recover(run: Run, error: unknown): Promise<boolean> {
    const checkpoint = this.#checkpoint;
    if (checkpoint === null || !(error instanceof EngineLostError)) return false;
    this.#checkpoint = null;
    const { engine, feed } = await this.room.current!;
    const { reports } = this.#measured.get(shapeOf(run.spec))!;
    const lost = { available: false, reason: `${engine.info.device}: went away (${error.message})` };
    const selection = await this.room.parts.selectEngine("auto");
    const next: Ready = {
      engine: selection.engine,
      alternatives: [],
      reports: reports.map((report) => (report.id === engine.info.id ? { ...report, ...lost } : report)),
      feed: new Feed(feed.source, selection.engine, feed.dataset),
    };
    const { restoredEpoch } = run;
    await this.host.exclusive(() => this.#move(run, "auto", next, checkpoint.state));
    run.rewind(checkpoint.mark);
    // The new engine is where the training was: weights that were in its place are put there again.
    run.restoredEpoch = null;
    run.setAside = null;
    await this.host.exclusive(() => putWeights(next, run, restoredEpoch));
    this.#measured.set(shapeOf(run.spec), { choice: "auto", reports: next.reports });
    return true;
  }

  #try(run: Run, ready: Ready): void {
    const trial: Trial = { wanted: true, outcome: null };
    this.#trial = trial;
    const { now, exclusive } = this.host;
    const wanted = () => trial.wanted && run.leftMs >= WORTHWHILE_MS;
    const judge = async () => {
      // Downloaded where there is something to compare.
      const { compare } = await import("./comparison");
      const outcome = await compare({ run, ready, now, exclusive, wanted });
      if (trial.wanted) trial.outcome = outcome;
      else outcome?.successor?.engine.dispose();
    };
    this.room.wait(judge());
  }

  #stay({ engine }: Ready, reports: readonly EngineReport[]): void {
    this.host.tell({ type: "engine", engine: engine.info, reports });
  }

  async #handOver(run: Run, ready: Ready, successor: Ready, { choice, reports }: Outcome): Promise<void> {
    try {
      const state = await this.host.exclusive(async () => {
        const present = await ready.engine.readState();
        await this.#move(run, choice, successor, present);
        return present;
      });
      this.#checkpoint = { state, mark: run.mark() };
    } catch (error) {
      // Nothing is lost: the engine that it is on still has everything.
      disposeQuietly(successor.engine);
      const failed = { available: false, reason: whyFailed(successor.engine, error) };
      const known = reports.map((report) => (report.id === choice ? { ...report, ...failed } : report));
      this.#measured.set(shapeOf(run.spec), { choice: "auto", reports: known });
      this.#stay(ready, known);
    }
  }

  /** Puts the run on another engine. */
  async #move(run: Run, choice: EngineChoice, next: Ready, state: EngineState | undefined): Promise<void> {
    await compileOn(next, run.spec, run.options(state));
    await this.room.exchange(choice, next);
    run.resetPace();
    this.host.tell({ type: "engine", engine: next.engine.info, reports: next.reports });
  }
}
