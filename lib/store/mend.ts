// The mended experiment that trains beside the run that was examined: in a worker of its own, and on the same engine. The
// run on the page is left alone, and goes first where it trains.
import { createStore } from "zustand/vanilla";
import type { ExperimentSpec } from "../spec/experiment";
import type { TrainerClient } from "../training/client";
import type { TrainEvent } from "../training/contract";
import { awakeWhile } from "./awake";
import { brokenWorker } from "./broken-worker";
import { deviceClass } from "./device";
import { recordOf } from "./record";
import { emptyRun, isActive, type Run, reduceRun } from "./reduce";
import { runStore } from "./run";
import { settingsStore } from "./settings";
import { openExperiment } from "./spec";
import { sweepEngine } from "./sweep";
import { ourTurn } from "./turns";

export interface Mending {
  /** What is mended, and how, in words. */
  finding: string;
  label: string;
  /** The run that was examined, as it was when this one began. */
  before: Run;
  /** The mended experiment's. */
  run: Run;
}

export const mendStore = createStore<{ mending: Mending | null }>()(() => ({ mending: null }));

interface Session {
  client: TrainerClient | null;
  wait: AbortController;
}
let session: Session | null = null;

const MAX_TITLE = 120;

/** The examined experiment's title, and what was done to it. */
const titled = (spec: ExperimentSpec, title: string, label: string): ExperimentSpec => ({
  ...spec,
  title: [title, label]
    .filter((part) => part !== "")
    .join(": ")
    .slice(0, MAX_TITLE),
});

/**
 * Trains the mended experiment. Does nothing while the run on the page is on; a mended one that is on ends. Resolves when
 * it is over, failed ones included.
 */
export async function startMend(finding: string, label: string, mended: ExperimentSpec): Promise<void> {
  const before = runStore.getState();
  if (isActive(before.state) || before.spec === null) return;
  end();
  const spec = titled(mended, before.spec.title, label);
  const own: Session = { client: null, wait: new AbortController() };
  session = own;
  const { holdOut } = before;
  const run: Run = { ...emptyRun, spec, holdOut, state: "loading" };
  mendStore.setState({ mending: { finding, label, before, run } });
  awakeWhile(mendStore, ({ mending }) => mending !== null && isActive(mending.run.state));
  let loaded = false;
  const hear = (events: readonly TrainEvent[]) => {
    if (loaded && session === own) change((run) => events.reduce(reduceRun, run));
  };
  try {
    const tell = (queue: number) => change((run) => ({ ...run, queue }));
    if (!(await ourTurn(tell, own.wait.signal)) || session !== own) return;
    change((run) => ({ ...run, queue: null }));
    const { createTrainerClient } = await import("../training/client");
    if (session !== own) return;
    own.client = createTrainerClient();
    const choice = before.engine?.id ?? sweepEngine(settingsStore.getState().engine);
    await own.client.load(spec, choice, hear, { holdOut });
    loaded = true;
    await own.client.train();
    await settled();
    // A run that cannot be kept is there to be seen all the same.
    if (session === own) await keep(own).catch(() => {});
  } catch (error) {
    loaded = true;
    hear(brokenWorker(error, mendStore.getState().mending?.run.epoch ?? 0));
  } finally {
    if (session === own) end();
  }
}

/** Ends it where it is; what it has come to stays to be seen. */
export function stopMend(): void {
  end();
  change((run) => (isActive(run.state) ? { ...run, state: run.loss.steps > 0 ? "done" : "idle" } : run));
}

/** Puts the mended experiment in the place of the one being edited. */
export function openMended(): void {
  const spec = mendStore.getState().mending?.run.spec;
  if (spec != null) openExperiment(spec);
}

/** Forgets the mended run. */
export function clearMend(): void {
  end();
  mendStore.setState({ mending: null });
}

/** Gives the turn back, as another playground is to train. @returns false while one trains */
export const giveBackMend = (): boolean => session === null;

function end(): void {
  session?.wait.abort();
  session?.client?.dispose();
  session = null;
}

function change(next: (run: Run) => Run): void {
  const { mending } = mendStore.getState();
  if (mending !== null) mendStore.setState({ mending: { ...mending, run: next(mending.run) } });
}

/** The last events come through another port than the answer, perhaps after it. */
const settled = () =>
  new Promise<void>((resolve) => {
    const look = ({ mending }: { mending: Mending | null }) => {
      if (mending !== null && isActive(mending.run.state)) return;
      forget();
      resolve();
    };
    const forget = mendStore.subscribe(look);
    look(mendStore.getState());
  });

/** Puts a tested run on the shelf, as every run is. */
async function keep({ client }: Session): Promise<void> {
  const run = mendStore.getState().mending?.run;
  if (run === undefined || run.state !== "done" || run.test === null) return;
  const finished = { ...run, finishedAt: new Date().toISOString() };
  const record = recordOf(finished, deviceClass());
  if (record === null) return;
  const { weights } = await client!.snapshot();
  const { keepRun } = await import("./shelf");
  await keepRun(record, weights);
  change((run) => ({ ...run, finishedAt: finished.finishedAt }));
}

/** Lets the run on the page go first. */
function hold(): void {
  const { state } = runStore.getState();
  if (state === "loading" || state === "training") void session?.client?.pause();
  else void session?.client?.resume();
}

runStore.subscribe((run, before) => {
  // Nobody could see it any more.
  if (run.spec === null) clearMend();
  else if (run.state !== before.state) hold();
});
