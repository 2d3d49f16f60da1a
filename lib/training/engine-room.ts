// The engine that runs train on, with the data set's files: started when it is first needed, kept from run to run,
// exchanged where another is faster or where it goes away.
import { QuickFirst } from "../datasets/quick-first";
import type { DatasetSource, OnProgress } from "../datasets/source";
import type { CompileOptions, Engine, EngineChoice, EngineSelection } from "../engines/engine";
import type { DatasetDefinition } from "../spec/define";
import type { ExperimentSpec } from "../spec/experiment";
import { mapLabels } from "../spec/samples";
import type { TrainEvent } from "./contract";
import { Feed } from "./feed";
import type { Run } from "./run";

export interface RoomParts {
  openDataset(dataset: DatasetDefinition, onProgress: OnProgress, quick: QuickFirst): DatasetSource;
  selectEngine(choice: EngineChoice): Promise<EngineSelection>;
  tell(event: TrainEvent): void;
}

export interface Ready extends EngineSelection {
  feed: Feed;
}

interface Kept {
  choice: EngineChoice;
  dataset: DatasetDefinition;
  source: DatasetSource;
  /** There or on its way. */
  promise: Promise<Ready>;
}

export class EngineRoom {
  /** What all data sets ask before they download. */
  readonly quick = new QuickFirst((asks) => this.parts.tell({ type: "asking", asks }));
  #kept: Kept | null = null;
  #trial: Promise<unknown> = Promise.resolve();

  constructor(readonly parts: RoomParts) {}

  /** The engine of now; null where none was started. */
  get current(): Promise<Ready> | null {
    return this.#kept?.promise ?? null;
  }

  /** The engine of this choice with the data set's files. @throws Error where none works here */
  get(choice: EngineChoice, dataset: DatasetDefinition): Promise<Ready> {
    const kept = this.#kept;
    const same = kept !== null && kept.dataset.id === dataset.id;
    if (same && kept.choice === choice) return kept.promise;
    const source = same ? kept.source : this.#open(dataset);
    const start = async (): Promise<Ready> => {
      await this.#trial;
      await kept?.promise.then(({ engine }) => engine.dispose()).catch(() => {});
      const selection = await this.parts.selectEngine(choice);
      return { ...selection, feed: new Feed(source, selection.engine, dataset) };
    };
    const next = { choice, dataset, source, promise: start() };
    this.#kept = next;
    next.promise.catch(() => {
      if (this.#kept === next) this.forget();
    });
    return next.promise;
  }

  /** Puts another engine in the place of the present one, which is disposed. */
  async exchange(choice: EngineChoice, ready: Ready): Promise<void> {
    const former = await this.current;
    this.#kept = { ...this.#kept!, choice, promise: Promise.resolve(ready) };
    disposeQuietly(former!.engine);
  }

  /** Starts no engine before this is over: TensorFlow.js has one backend at a time. */
  wait(trial: Promise<unknown>): void {
    this.#trial = trial.catch(() => {});
  }

  #open(dataset: DatasetDefinition): DatasetSource {
    const what = dataset.label;
    const onProgress: OnProgress = (progress) => this.parts.tell({ type: "waiting", what, ...progress });
    return this.parts.openDataset(dataset, onProgress, this.quick);
  }

  /** The engine is gone: the next `get` starts another. */
  forget(): void {
    this.#kept = null;
  }
}

/** Gives an engine the experiment's labels and its program. @throws DataError */
export async function compileOn({ engine, feed }: Ready, spec: ExperimentSpec, options: CompileOptions) {
  const labels = await feed.labels();
  for (const split of ["train", "test"] as const) engine.setLabels(split, mapLabels(spec, labels[split]));
  engine.compile(options);
}

/** Puts an epoch's weights in the place of those that the training is at, which are set aside; null puts these back. */
export async function putWeights(ready: Ready, run: Run, epoch: number | null): Promise<void> {
  if (epoch === run.restoredEpoch) return;
  const state = await ready.engine.readState();
  const trained = run.setAside ?? state.weights;
  const weights = epoch === null ? trained : run.weightsOf(epoch);
  // The optimizer's state and the step count stay.
  await compileOn(ready, run.spec, run.options({ ...state, weights }));
  run.setAside = epoch === null ? null : trained;
  run.restoredEpoch = epoch;
}

/** Ends an engine that may have gone away: its device cannot free what it held, and need not. */
export function disposeQuietly(engine: Engine): void {
  try {
    engine.dispose();
  } catch {
    // Nothing is left to free.
  }
}

/** What a report says of an engine that began well. */
export const whyFailed = ({ info }: Engine, error: unknown) =>
  `${info.device}: it failed in a trial (${error instanceof Error ? error.message : String(error)})`;
