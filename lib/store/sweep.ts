// Sweeps and what can be done with them, each under a key: a lesson's step has its own, the dialog's is "mine". One of them
// trains at a time, in workers of its own, and lets the playground's run go first. Trainers and weights stay outside of
// the store.
import { createStore } from "zustand/vanilla";
import { cellsOf } from "../sweeps/cells";
import { lanesOn } from "../sweeps/lanes";
import { parseSweep } from "../sweeps/parse";
import { costOfSweep, leftMs, trainingsOf } from "../sweeps/plan";
import { type CellProgress, type SweepListener, SweepRunner } from "../sweeps/runner";
import type { CellResult, SweepSpec } from "../sweeps/sweep";
import type { TrainerClient } from "../training/client";
import type { EngineChoice } from "../training/engine-choice";
import { awakeWhile } from "./awake";
import { runStore } from "./run";
import { settingsStore } from "./settings";
import { openExperiment } from "./spec";
import { noteSpeed, speedOf } from "./speed";
import { forgetSweep, readSweep, sameSweep, writeSweep } from "./sweep-storage";
import { ourTurn } from "./turns";

export interface SweepRun {
  sweep: SweepSpec;
  results: readonly CellResult[];
  /** `stopped` by somebody, by a reload or by a problem: it goes on when it is told to. */
  state: "running" | "stopped" | "done";
  /** True while it runs, but lets the playground's own run or another playground go first. */
  waiting: boolean;
  /** What is being trained now, or was when it was stopped. */
  underway: readonly CellProgress[];
  /** How long the rest will take; null before that is known. */
  leftMs: number | null;
  /** Why it stopped by itself. */
  problem: string | null;
}

export interface Sweeps {
  /** By key; one that was never started has none. */
  runs: Readonly<Record<string, SweepRun>>;
  /** False where this browser refuses to remember them. */
  kept: boolean;
}

export const sweepStore = createStore<Sweeps>()(() => ({ runs: {}, kept: true }));

/** The sweep that has workers: it trains, or was stopped on this page and can go on in the middle of a cell. */
interface Session {
  key: string;
  clients: TrainerClient[];
  /** Null while its parts are downloaded. */
  runner: SweepRunner | null;
  /** Gives up the wait for its turn. */
  wait: AbortController;
}
let session: Session | null = null;

/**
 * One engine for all cells. "Automatic" might move a run to another in its middle: then times could not be compared, and
 * a cell that is trained again would not come to the same.
 */
export const sweepEngine = (choice: EngineChoice): EngineChoice => (choice === "auto" ? "wasm" : choice);

/** How many trainings of a sweep go on side by side here. */
export const sweepLanes = (trainings: number): number =>
  lanesOn(globalThis.navigator?.hardwareConcurrency, trainings);

/** How long a sweep should take here, in milliseconds; null before such a network was trained on this device. */
export function estimateSweepMs(sweep: SweepSpec, choice: EngineChoice): number | null {
  const speed = speedOf(sweep.base, sweepEngine(choice));
  return speed === null ? null : (1000 * costOfSweep(sweep)) / speed / sweepLanes(trainingsOf(sweep));
}

export const sweepOf = ({ runs }: Sweeps, key: string): SweepRun | null => runs[key] ?? null;

function change(key: string, changes: Partial<SweepRun>): void {
  const { runs } = sweepStore.getState();
  const run = runs[key];
  if (run !== undefined) sweepStore.setState({ runs: { ...runs, [key]: { ...run, ...changes } } });
}

const show = (key: string, run: SweepRun): void =>
  sweepStore.setState(({ runs }) => ({ runs: { ...runs, [key]: run } }));

const atRest = { waiting: false, underway: [], leftMs: null, problem: null } as const;

const hasAll = (sweep: SweepSpec, results: readonly CellResult[]): boolean => {
  const done = new Set(results.map(({ id }) => id));
  return cellsOf(sweep, results).every(({ id }) => done.has(id));
};

/**
 * Takes up what an earlier visit left under a key. A sweep that was under way comes back stopped: a page that is only
 * looked at must not heat a phone.
 * @param sweep the one that is meant; another one that was left there is none of it
 */
export function restoreSweep(key: string, sweep: SweepSpec | null = null): void {
  const present = sweepOf(sweepStore.getState(), key);
  if (present !== null && (sweep === null || sameSweep(present.sweep, sweep))) return;
  if (present !== null) drop(key);
  const stored = readSweep(key);
  if (stored === null || (sweep !== null && !sameSweep(stored.sweep, sweep))) return;
  show(key, { ...atRest, ...stored, state: hasAll(stored.sweep, stored.results) ? "done" : "stopped" });
}

/** Runs a sweep from the beginning; another one that is on stops. @throws ParseError where it is none */
export async function startSweep(key: string, sweep: SweepSpec): Promise<void> {
  const parsed = parseSweep(sweep);
  end();
  show(key, { ...atRest, sweep: parsed, results: [], state: "running" });
  keep(key);
  await begin(key);
}

/** Rests after the batches under way. */
export function stopSweep(key: string): void {
  if (sweepOf(sweepStore.getState(), key)?.state !== "running") return;
  change(key, { state: "stopped", waiting: false });
  hold();
}

/** Goes on where it was stopped: in the middle of a cell on the same page, else with the first that has no result. */
export async function goOn(key: string): Promise<void> {
  if (sweepOf(sweepStore.getState(), key)?.state !== "stopped") return;
  change(key, { state: "running", problem: null });
  if (session?.key === key) hold();
  else {
    end();
    await begin(key);
  }
}

/** Forgets a sweep and what was found. */
export function clearSweep(key: string): void {
  drop(key);
  forgetSweep(key);
}

/** Shows a cell's experiment in the playground, named after it; one that is not allowed is none. */
export function openCell(key: string, id: string): void {
  const run = sweepOf(sweepStore.getState(), key);
  const cell = run === null ? undefined : cellsOf(run.sweep, run.results).find((found) => found.id === id);
  if (run === null || !cell?.spec) return;
  const title = [run.sweep.base.title, cell.label].filter((part) => part !== "").join(": ");
  openExperiment({ ...cell.spec, title: title.slice(0, 120) });
}

/**
 * Gives back the engines of a sweep that rests, as another playground is to train; it can be taken up again.
 * @returns false while one trains
 */
export function giveBackSweep(): boolean {
  if (session !== null && sweepOf(sweepStore.getState(), session.key)?.state === "running") return false;
  end();
  return true;
}

function drop(key: string): void {
  if (session?.key === key) end();
  const { [key]: _, ...runs } = sweepStore.getState().runs;
  sweepStore.setState({ runs });
}

function keep(key: string): void {
  const run = sweepOf(sweepStore.getState(), key);
  if (run !== null) sweepStore.setState({ kept: writeSweep(key, run) });
}

/** Ends the workers of whichever sweep has some; it can be taken up again. */
function end(): void {
  if (session === null) return;
  const { key, clients, wait } = session;
  session = null;
  wait.abort();
  for (const client of clients) client.dispose();
  if (sweepOf(sweepStore.getState(), key)?.state === "running") change(key, { ...atRest, state: "stopped" });
  else change(key, { underway: [] });
}

/** Trains what has no result yet. Resolves when it is over, has failed, or belongs to nobody any more. */
async function begin(key: string): Promise<void> {
  const { sweep, results } = sweepOf(sweepStore.getState(), key)!;
  const own: Session = { key, clients: [], runner: null, wait: new AbortController() };
  session = own;
  awakeWhile(sweepStore, ({ runs }) => Object.values(runs).some(({ state }) => state === "running"));
  try {
    const tell = () => change(key, { waiting: true });
    if (!(await ourTurn(tell, own.wait.signal)) || session !== own) return;
    change(key, { waiting: false });
    const { createTrainerClient } = await import("../training/client");
    if (session !== own) return;
    const lanes = sweepLanes(trainingsOf(sweep) - results.length);
    own.clients = Array.from({ length: lanes }, createTrainerClient);
    const engine = sweepEngine(settingsStore.getState().engine);
    own.runner = new SweepRunner(sweep, results, own.clients, engine, listen(own, engine));
    hold();
    await own.runner.run();
    if (session === own) change(key, { ...atRest, state: "done" });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    if (session === own) change(key, { ...atRest, state: "stopped", problem });
  } finally {
    if (session === own) end();
  }
}

function listen(own: Session, engine: EngineChoice): SweepListener {
  const { key } = own;
  const isOver = () => session !== own;
  return {
    onProgress(underway) {
      const run = sweepOf(sweepStore.getState(), key);
      if (isOver() || run === null) return;
      change(key, { underway, leftMs: leftMs(run.sweep, run.results, underway, own.clients.length) });
    },
    onResult(result) {
      if (isOver()) return;
      change(key, { results: [...sweepOf(sweepStore.getState(), key)!.results, result] });
      keep(key);
    },
    onEpoch({ spec }, record, ran) {
      // The first epoch of all waits for the images.
      const first = record.epoch === 1 && sweepOf(sweepStore.getState(), key)?.results.length === 0;
      if (!isOver() && !first && spec !== null && ran !== null)
        noteSpeed([engine, ran.id], spec, record.elapsedMs);
    },
  };
}

/** Lets the sweep train or rest, as it was told to and as the playground's own run allows. */
function hold(): void {
  if (session === null) return;
  const run = sweepOf(sweepStore.getState(), session.key);
  const { state } = runStore.getState();
  const waiting = run?.state === "running" && (state === "loading" || state === "training");
  if (run !== null && run.waiting !== waiting) change(session.key, { waiting });
  if (run?.state === "running" && !waiting) session.runner?.resume();
  else session.runner?.pause();
}

runStore.subscribe((run, before) => {
  if (run.state !== before.state) hold();
});
