// Keeps a run while it is on: every few seconds, when it is paused, and when the page may be about to go away. The loop
// waits only while the engine's state is copied; hashing and writing go on beside it.
import type { EngineChoice, EngineState } from "../engines/engine";
import { append, cut, emptySeries } from "../metrics/series";
import type { ExperimentSpec } from "../spec/experiment";
import { type Checkpoint, encodeCheckpoint, type Sealed, seal } from "./checkpoint";
import type { Entry } from "./checkpoint-database";
import type { KeepOptions, LoadOptions, RunFailure, StoryEvent, StoryKind, TrainEvent } from "./contract";
import { elsewhere, lostCheckpoint } from "./failure";
import type { Run } from "./run";

/** With a write that takes its time on a busy machine, a killed tab still loses less than five seconds. */
const INTERVAL_MS = 2000;
/** The first time comes later: many runs are over by then, and what keeps them is never downloaded. */
const FIRST_MS = 3000;
/** A large network is kept less often: the loop waits for at most a twentieth of the time. */
const SPARING = 20;
/** After a write that failed: the disk may have room again. */
const RETRY_MS = 30_000;

/** What is told again when the run goes on after a reload. */
const story: Readonly<Record<StoryKind, true>> = {
  samples: true,
  engine: true,
  before: true,
  begin: true,
  progress: true,
  epoch: true,
  frozen: true,
  completed: true,
  restored: true,
  hashed: true,
  tested: true,
  resumed: true,
};
const isStory = (event: TrainEvent): event is StoryEvent => event.type in story;

/** A run that is this worker's to write. */
export interface Claim {
  /** What lies in its two slots. */
  slots(): Promise<unknown[]>;
  /** @returns false where another tab has the run by now @throws e.g. QuotaExceededError */
  write(entry: Entry, sealed: Sealed): Promise<boolean>;
  remove(): Promise<void>;
  release(): void;
}

export interface CheckpointStore {
  /**
   * Takes a run for as long as this worker lives, or until it is released.
   * @param onAsked another tab wants it
   * @throws e.g. SecurityError where the browser refuses storage
   */
  claim(id: string, onAsked: () => void): Promise<Claim>;
}

/** What a trainer has to do with all that it keeps. */
export interface Keeping {
  store: CheckpointStore;
  /** Milliseconds, monotonic. */
  now(): number;
  tell(event: TrainEvent): void;
  /** Of the engine of the moment. @throws where it has gone away */
  readState(): Promise<EngineState>;
  /** Another tab goes on with the run: it ends here. */
  leave(reason: Error): void;
}

interface Kept extends LoadOptions {
  spec: ExperimentSpec;
  choice: EngineChoice;
}

/** @returns null where the run is not to be kept, or cannot be here */
export const createKeeper = (keeping: Keeping | null, { keep, ...kept }: Kept): Keeper | null =>
  keeping === null || keep === undefined ? null : new Keeper(keeping, keep, kept);

export class Keeper {
  #story: StoryEvent[] = [];
  #progress: StoryEvent | null = null;
  #loss = emptySeries;
  #accuracy = emptySeries;
  #number = 0;
  #claim: Promise<Claim> | null = null;
  #writing: Promise<void> | null = null;
  #isWanted = false;
  #hasFailed = false;
  #dueAt = Number.POSITIVE_INFINITY;
  /** Steps of the run when it was kept last. */
  #keptStep = -1;

  constructor(
    readonly host: Keeping,
    readonly keep: KeepOptions,
    readonly kept: Kept,
  ) {}

  /** Hears everything that is told of the run. */
  note(event: TrainEvent): void {
    if (event.type === "batches") {
      this.#loss = append(cut(this.#loss, event.step), event.losses);
      this.#accuracy = append(cut(this.#accuracy, event.step), event.accuracies);
    } else if (event.type === "progress") this.#progress = event;
    else if (isStory(event)) {
      if (event.type === "begin") this.#progress = null;
      this.#story.push(event);
    }
  }

  /** The epochs begin or go on: from now on time counts. */
  begin(): void {
    this.#dueAt = this.host.now() + FIRST_MS;
  }

  /** Keeps the run at the next chance. */
  want(): void {
    this.#isWanted = true;
  }

  /** Between two chunks of steps: keeps the run where that is due. @param paused it will rest here */
  async between(run: Run, paused: boolean): Promise<void> {
    if (paused) await this.#writing;
    const isDue = this.host.now() >= this.#dueAt || this.#isWanted || paused;
    if (isDue && this.#writing === null && run.step !== this.#keptStep) await this.#write(run);
  }

  /**
   * The run that was kept: what is told of it is told again, and goes on from there.
   * @throws RunError where nothing of it can be read
   */
  async reopen(): Promise<Checkpoint> {
    const { newestOf } = await import("./checkpoint-reader");
    const checkpoint = await newestOf(await (await this.#claimed()).slots());
    if (checkpoint === null) throw lostCheckpoint();
    const { number, story, loss, accuracy, at } = checkpoint;
    this.#number = number;
    this.#keptStep = at.step;
    this.#loss = loss;
    this.#accuracy = accuracy;
    this.#story = story.filter(({ type }) => type !== "progress");
    this.#progress = story.findLast(({ type }) => type === "progress") ?? null;
    this.host.tell({ type: "reopened", story, loss, accuracy });
    return checkpoint;
  }

  /** It ended by itself or was stopped: nothing is left to go on with after a reload. */
  async end(): Promise<void> {
    await this.#rest();
    await this.#letGo((claim) => claim.remove());
  }

  /** It was not begun again: what is kept of it stays. */
  async leave(): Promise<void> {
    await this.#rest();
    await this.#letGo(async () => {});
  }

  /** It failed. What can go on, in this life of the page or another, is kept as it is now. */
  async fail({ code, resumable }: RunFailure, run: Run | null): Promise<void> {
    if (code === "diverged" || code === "invalid") return this.end();
    await this.#rest();
    // An engine that has gone away has no state any more: what was kept before stays.
    if (run?.started && code !== "deviceLost" && code !== "engine") await this.#write(run).catch(() => {});
    if (resumable) await this.#rest();
    else await this.leave();
  }

  async #rest(): Promise<void> {
    this.#dueAt = Number.POSITIVE_INFINITY;
    await this.#writing;
    this.#keptStep = -1;
  }

  async #letGo(last: (claim: Claim) => Promise<void>): Promise<void> {
    const claim = await this.#claim?.catch(() => null);
    this.#claim = null;
    // What cannot be removed now is offered once more, and can be discarded then.
    if (claim) await last(claim).catch(() => {});
    claim?.release();
  }

  #claimed(): Promise<Claim> {
    this.#claim ??= this.host.store.claim(this.keep.id, () => this.host.leave(elsewhere()));
    return this.#claim;
  }

  /** Copies all that the run is made of; sealing and storing that goes on beside it. */
  async #write(run: Run): Promise<void> {
    const { now, readState } = this.host;
    const since = now();
    this.#isWanted = false;
    const state = await readState();
    const { spec, choice, holdOut = false } = this.kept;
    const at = run.place();
    const savedAt = Date.now();
    this.#number += 1;
    this.#keptStep = at.step;
    const bytes = encodeCheckpoint({
      ...this.keep,
      ...{ number: this.#number, savedAt, spec, choice, holdOut, at, state },
      story: this.#progress === null ? this.#story : [...this.#story, this.#progress],
      loss: this.#loss,
      accuracy: this.#accuracy,
    });
    const { id, place, title } = this.keep;
    const progress = { epoch: run.epoch + 1, epochs: at.target, step: at.batch, steps: run.steps };
    const entry = { id, place, title, savedAt, ...progress };
    const elapsedMs = now() - since;
    run.addTime(elapsedMs);
    this.#dueAt = since + Math.max(INTERVAL_MS, SPARING * elapsedMs);
    this.#writing = this.#store(bytes, entry).finally(() => {
      this.#writing = null;
    });
  }

  async #store(bytes: Uint8Array<ArrayBuffer>, entry: Entry): Promise<void> {
    try {
      const sealed = await seal(bytes);
      const isOurs = await (await this.#claimed()).write(entry, sealed);
      if (!isOurs) this.host.leave(elsewhere());
      this.#hasFailed = false;
    } catch (error) {
      this.#dueAt = this.host.now() + RETRY_MS;
      this.#claim?.catch(() => {
        this.#claim = null;
      });
      if (!this.#hasFailed) this.host.tell({ type: "unkept", reason: whyUnkept(error) });
      this.#hasFailed = true;
    }
  }
}

const SO = "It trains on, but a reload would lose it.";

function whyUnkept(error: unknown): string {
  const { name = "", message = String(error) } = error instanceof Error ? error : {};
  if (name === "QuotaExceededError") return `This run is not kept: the browser has no room for it. ${SO}`;
  if (name === "SecurityError" || name === "InvalidStateError" || name === "UnknownError")
    return `This run is not kept: the browser refuses storage to this page, as private windows do. ${SO}`;
  return `This run is not kept: the browser could not write it (${message}). ${SO}`;
}
