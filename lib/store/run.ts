// The run and what can be done with it. The trainer itself, its weights and its images stay outside of the store.
import { createStore } from "zustand/vanilla";
import type { RunRecord } from "../metrics/run-record";
import type { ExperimentSpec } from "../spec/experiment";
import type { TrainerClient } from "../training/client";
import type { LoadOptions, Predictions, TrainEvent, TrainingState } from "../training/contract";
import type { EngineChoice } from "../training/engine-choice";
import { awakeWhile } from "./awake";
import { brokenWorker } from "./broken-worker";
import { momentsBudgetBytes, savesData } from "./device";
import { forgetKept, type KeptRun, keepOptions } from "./keeping";
import { runOf } from "./record";
import { emptyRun, isActive, loadableEpoch, type Run, reduceRun } from "./reduce";
import { restOf } from "./rest-of";
import { type Answerer, createResting, openClient } from "./resting";
import { settingsStore } from "./settings";
import { firstError, specStore } from "./spec";
import { noteSpeed } from "./speed";
import { createTelling } from "./telling";
import { ourTurn } from "./turns";

export const runStore = createStore<Run>()(() => emptyRun);

let client: TrainerClient | null = null;
/** The trained network of a run that was opened, with its weights; there or on its way. */
let network: Promise<Opened> | null = null;

type Weights = readonly Float32Array[];

interface Opened {
  client: Answerer;
  weights: Weights;
}

/** What answers in the network's place while somebody looks back; null where nobody does. */
let past: Past | null = null;
type Past = Pick<Answerer, "predict" | "predictTest">;

/** The wait of the run for its turn. */
let wait = new AbortController();
/** Questions that the network of the moment has not answered yet. */
let asked = 0;
/** Counts runs, so that what a former one still says is not heard. */
let generation = 0;
/** Whether the next run's test images stay locked until somebody opens them. */
let holdOut = false;
/** Whether somebody who saves data has allowed all of it on this page. */
let dataAllowed = false;
/** The engine that the run asked for; the setting may have changed since. */
let choice: EngineChoice = "auto";

async function getClient(): Promise<TrainerClient> {
  if (client !== null) return client;
  const { createTrainerClient } = await import("../training/client");
  client ??= createTrainerClient();
  return client;
}

const { receive, forget } = createTelling((events) =>
  runStore.setState(events.reduce(reduceRun, runStore.getState()), true),
);

/** Trains the experiment as it is now, from new weights. Does nothing while a run is on or where it cannot be trained. */
export async function train(): Promise<void> {
  const { spec, forkedFrom } = specStore.getState();
  if (isActive(runStore.getState().state) || firstError(spec) !== null) return;
  choice = settingsStore.getState().engine;
  await begin(spec, { holdOut, keep: keepOptions(spec, forkedFrom) }, forkedFrom, (trainer) =>
    trainer.train(),
  );
}

/** Goes on with a run that another life of this page, or another tab, has begun. Does nothing while a run is on. */
export async function resumeKept({ keep, spec, ...kept }: KeptRun): Promise<void> {
  if (isActive(runStore.getState().state)) return;
  choice = kept.choice;
  await begin(spec, { holdOut: kept.holdOut, keep }, keep.forkedFrom, (trainer) => trainer.resumeKept());
}

async function begin(
  spec: ExperimentSpec,
  options: LoadOptions,
  forkedFrom: string | null,
  work: (trainer: TrainerClient) => Promise<void>,
): Promise<void> {
  generation += 1;
  const run = generation;
  forget();
  closeNetwork();
  const { holdOut: locked = false, keep } = options;
  const begun = { ...emptyRun, spec, forkedFrom, holdOut: locked, keptAs: keep?.id ?? null };
  runStore.setState({ ...begun, state: "loading" }, true);
  await guard(run, async () => {
    if (!(await isOurTurn(run))) return;
    const trainer = await getClient();
    let loaded = false;
    const hear = (events: TrainEvent[]) => {
      if (loaded && run === generation) receive(events);
    };
    const device = { saveData: savesData() && !dataAllowed, momentsBytes: momentsBudgetBytes() };
    await trainer.load(spec, choice, hear, { ...options, ...device });
    loaded = true;
    if (run === generation) await finish(run, work(trainer));
  });
}

/** The page may be about to go away: keeps where the run is. */
export async function keepNow(): Promise<void> {
  if (isActive(runStore.getState().state)) await client?.keepNow().catch(() => {});
}

/** Waits for the turn of this page. @returns false where nobody waits for the run any more */
async function isOurTurn(run: number): Promise<boolean> {
  wait = new AbortController();
  const tell = (queue: number | null) => {
    if (run === generation) runStore.setState({ queue });
  };
  const ours = await ourTurn(tell, wait.signal);
  tell(null);
  return ours && run === generation;
}

/** Trains `epochs` more epochs from where the run is. */
export async function continueTraining(epochs: number): Promise<void> {
  const trainer = client;
  const { state, opened } = runStore.getState();
  if (trainer === null || opened || isActive(state)) return;
  const run = generation;
  runStore.setState({ state: "loading", completed: null });
  await guard(run, () => finish(run, trainer.continueTraining(epochs)));
}

/** Keeps the test images of the runs from the next one on locked, or not. */
export const setHoldOut = (locked: boolean): void => {
  holdOut = locked;
};

/** Puts the weights of the best epoch that was kept in the place of the last one's. Does nothing where there is none. */
export async function loadBest(): Promise<void> {
  const trainer = client;
  if (trainer === null || loadableEpoch(runStore.getState()) === null) return;
  const run = generation;
  runStore.setState({ state: "loading" });
  await guard(run, () => finish(run, trainer.loadBest()));
}

/** Opens the test images of a run that was held out, and tests it. */
export async function openTest(): Promise<void> {
  const { state, holdOut: locked } = runStore.getState();
  if (state === "done" && locked) await test();
}

/** Tests the weights that are there. */
async function test(): Promise<void> {
  const trainer = client;
  if (trainer === null) return;
  const run = generation;
  runStore.setState({ holdOut: false, failure: null, state: "loading" });
  await guard(run, () => finish(run, trainer.openTest()));
}

/** After a failure: goes on where nothing was lost, else starts again. */
export async function tryAgain(): Promise<void> {
  const { failure, to, history, completed } = runStore.getState();
  if (!failure?.resumable) await train();
  // Early stopping may have left fewer epochs than were to come: where they are over, only the test is missing.
  else if (completed !== null) await test();
  else await continueTraining(Math.max(0, to - history.length));
}

export async function pause(): Promise<void> {
  await guard(generation, async () => client?.pause());
}

export async function resume(): Promise<void> {
  await guard(generation, async () => client?.resume());
}

/** Lets the rest of the data come, where somebody saves data. */
export async function allowData(): Promise<void> {
  dataAllowed = true;
  await guard(generation, async () => client?.allowData());
}

/** Ends the run where it is; before its first step there is nothing to keep, and it is as if it had not begun. */
export async function stop(): Promise<void> {
  if (runStore.getState().loss.steps === 0) reset();
  else await guard(generation, async () => client?.stop());
}

/** Forgets the run and everything that was trained; the experiment stays. */
export function reset(): void {
  generation += 1;
  forget();
  client?.dispose();
  client = null;
  closeNetwork();
  const { keptAs, state } = runStore.getState();
  if (keptAs !== null && state !== "done") void forgetKept(keptAs);
  wait.abort();
  runStore.setState(emptyRun, true);
}

/**
 * Gives back what a run that is over holds, its engine and its images, as somebody else is to train. The run stays to be
 * looked at and its network answers, with an engine of its own for as long as it is asked; it does not train on.
 * @returns false while a run is under way, or a question about it
 */
export async function giveBack(): Promise<boolean> {
  const { state, spec, loss, memory } = runStore.getState();
  const trainer = client;
  const run = generation;
  if (isActive(state)) return false;
  if (trainer === null) return true;
  if (asked > 0 || (state === "done" && memory === null)) return false;
  const weights = state === "done" && loss.steps > 0 ? (await trainer.snapshot()).weights : null;
  // Somebody may have pressed something meanwhile.
  if (run !== generation || client !== trainer || isActive(runStore.getState().state)) return false;
  trainer.dispose();
  client = null;
  const { failure } = runStore.getState();
  if (spec === null || weights === null)
    runStore.setState({ failure: failure && { ...failure, resumable: false } });
  else {
    network = Promise.resolve({ client: createResting(() => openClient(spec, weights)), weights });
    runStore.setState({ opened: true });
  }
  return true;
}

/**
 * Shows a run that was made before or elsewhere, in the place of the present one, at once; when this resolves, its
 * network answers. The experiment being edited is left alone.
 * @param weights may be still on their way
 * @throws Error in one sentence where the weights did not come or are not this network's, or no engine works here
 */
export async function openRun(record: RunRecord, weights: Weights | Promise<Weights>): Promise<void> {
  reset();
  runStore.setState(runOf(record), true);
  await openNetwork(record.experiment, weights);
}

/** Takes a trained network without the history of its training, as a capsule brings it. @throws as `openRun` */
export async function openTrained(spec: ExperimentSpec, weights: Weights | Promise<Weights>): Promise<void> {
  reset();
  runStore.setState({ ...emptyRun, spec, opened: true, state: "done" }, true);
  await openNetwork(spec, weights);
}

async function openNetwork(spec: ExperimentSpec, weights: Weights | Promise<Weights>): Promise<void> {
  const open = async (): Promise<Opened> => {
    const arrays = await weights;
    return { client: await openClient(spec, arrays), weights: arrays };
  };
  network = open();
  await network;
}

function closeNetwork(): void {
  network?.then((opened) => opened.client.dispose()).catch(() => {});
  network = null;
  past = null;
}

/** The weights of the run as they are now; null where there are none. */
export async function readWeights(): Promise<Weights | null> {
  if (network !== null) return (await network).weights;
  return client === null || runStore.getState().loss.steps === 0 ? null : (await client.snapshot()).weights;
}

/** Asks the network of the moment; null where there is none any more, or another. */
async function ask<T>(question: (answerer: Omit<Answerer, "dispose">) => Promise<T>): Promise<T | null> {
  const run = generation;
  asked += 1;
  try {
    const answerer = network === null ? client : (await network).client;
    if (answerer === null) return null;
    const answer = await question(answerer);
    return run === generation ? answer : null;
  } catch {
    return null;
  } finally {
    asked -= 1;
  }
}

/** Asks the worker that has the run; null where there is none, or none any more. */
export async function askTrainer<T>(question: (trainer: TrainerClient) => Promise<T>): Promise<T | null> {
  const run = generation;
  const answer = client === null ? null : await question(client).catch(() => null);
  return run === generation ? answer : null;
}

/** Where the training is, the optimizer's state with it; null where this page's trainer has no run. */
export const readState = async (): Promise<TrainingState | null> =>
  runStore.getState().loss.steps === 0 ? null : askTrainer((trainer) => trainer.state());

/** What the network says on these rows of the test file; null where there is no network any more. */
export const predictTest = (rows: readonly number[]): Promise<Predictions | null> =>
  ask((answerer) => (past ?? answerer).predictTest(rows));

/** What the network says to images given as bytes: as `TrainerApi.predict`; null where there is no network any more. */
export const predict = (images: Uint8Array): Promise<Float32Array | null> =>
  ask((answerer) => (past ?? answerer).predict(images));

/** Has the network of a past epoch, from 0, answer in the place of the present one; null is the present one again. */
export function answerAs(epoch: number | null, answerer: Past | null): void {
  past = answerer;
  if (runStore.getState().lookedAt !== epoch) runStore.setState({ lookedAt: epoch });
}

/** Loss and accuracy on the test file, measured now; null where there is no network any more. */
export const evaluateTest = () => ask((answerer) => answerer.evaluate());

/** Waits for a run's end, then measures what it took and what it holds. */
async function finish(run: number, over: Promise<void>): Promise<void> {
  awakeWhile(runStore, ({ state }) => state === "loading" || state === "training");
  await over;
  await restOf(runStore);
  if (run !== generation || client === null) return;
  const { history, engine, spec, state } = runStore.getState();
  if (state !== "done" || spec === null) return;
  // The first epoch waits for the data to arrive; a later one says more about the engine.
  const last = history.at(-1);
  if (engine !== null && last !== undefined) noteSpeed([choice, engine.id], spec, last.elapsedMs);
  const memory = await client.memory();
  if (run !== generation) return;
  // Last: whoever keeps runs takes this as the sign that the run is whole.
  const finishedAt = runStore.getState().holdOut ? null : new Date().toISOString();
  runStore.setState({ memory, finishedAt });
}

/** Turns an exception that nobody expected into the run's failure. */
async function guard(run: number, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (run !== generation) return;
    client?.dispose();
    client = null;
    // A worker that died has said so itself, unless it never got as far as listening.
    if (runStore.getState().state !== "failed") receive(brokenWorker(error, runStore.getState().epoch));
  }
}
