// Trains a run again on this device, beside whatever else the page shows, and says whether it ends in the same weights.
import { createStore } from "zustand/vanilla";
import { REPLAY_ENGINE } from "../metrics/replayable";
import type { RunRecord } from "../metrics/run-record";
import type { TrainerClient } from "../training/client";
import type { EpochRecord, TrainEvent } from "../training/contract";
import { awakeWhile } from "./awake";

export interface Replay {
  state: "idle" | "loading" | "training" | "identical" | "different" | "failed";
  /** Epochs done, and to do. */
  history: readonly EpochRecord[];
  epochs: number;
  /** Of the epoch under way, 0 to 1. */
  progress: number;
  /** SHA-256 of the weights that came out. */
  hash: string | null;
  /** Why it failed, in one sentence. */
  failure: string | null;
}

const idle: Replay = { state: "idle", history: [], epochs: 0, progress: 0, hash: null, failure: null };

export const replayStore = createStore<Replay>()(() => idle);

let trainer: TrainerClient | null = null;

function close(): void {
  trainer?.dispose();
  trainer = null;
}

/** Ends a replay that is on; what it found is forgotten. */
export function stopReplay(): void {
  close();
  replayStore.setState(idle, true);
}

/** Trains the record's experiment for as many epochs as the record has. Resolves when the verdict is there. */
export async function replayRun(record: RunRecord): Promise<void> {
  close();
  const { experiment, history, environment } = record;
  replayStore.setState({ ...idle, state: "loading", epochs: history.length }, true);
  const { createTrainerClient } = await import("../training/client");
  const own = createTrainerClient();
  trainer = own;
  awakeWhile(replayStore, ({ state }) => state === "loading" || state === "training");
  try {
    const replayOf = { epochs: history.length, restoredEpoch: record.restoredEpoch ?? null };
    const hear = (events: TrainEvent[]) => {
      if (trainer === own) for (const event of events) receive(event);
    };
    await own.load(experiment, REPLAY_ENGINE, hear, { replayOf });
    await own.train();
    if (trainer === own) await verdict(own, environment.weightsHash);
  } catch (error) {
    if (trainer === own) fail(error instanceof Error ? error.message : String(error));
  } finally {
    if (trainer === own) close();
  }
}

async function verdict(own: TrainerClient, wanted: string): Promise<void> {
  if (replayStore.getState().state === "failed") return;
  // The listener's events come through another port than the answer to `train`: the weights are asked for here.
  const { hashWeights } = await import("../training/weights-hash");
  const hash = await hashWeights((await own.snapshot()).weights);
  if (trainer === own) replayStore.setState({ state: hash === wanted ? "identical" : "different", hash });
}

const fail = (failure: string): void => replayStore.setState({ state: "failed", failure });

function receive(event: TrainEvent): void {
  if (event.type === "progress")
    replayStore.setState({ state: "training", progress: event.step / event.steps });
  else if (event.type === "epoch")
    replayStore.setState(({ history }) => ({ history: [...history, event.record], progress: 0 }));
  else if (event.type === "failed") fail(`${event.failure.message} ${event.failure.advice}`);
}
