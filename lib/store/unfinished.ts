// A run that this page was training when it went away, or that another tab trains: found in this browser, and offered.
import { createStore } from "zustand/vanilla";
import { forgetKept, isForgotten, keepRunsAt, mayHaveKept } from "./keeping";
import { isActive, type Run } from "./reduce";
import { keepNow, resumeKept, runStore } from "./run";
import { openExperiment, sameExperiment, specStore } from "./spec";

export interface Unfinished {
  id: string;
  title: string;
  /** Of the epoch under way, from 1, and of all. */
  epoch: number;
  epochs: number;
  /** Steps done of the epoch under way. */
  step: number;
  /** Milliseconds since 1970. */
  savedAt: number;
  /** True while another tab has it. */
  isElsewhere: boolean;
}

export interface UnfinishedState {
  /** Null where there is nothing to go on with. */
  run: Unfinished | null;
}

/** How often a run that another tab has is looked at. */
const WATCH_MS = 2000;
/** A page that was just reloaded has its former self end in this time. */
const SETTLE_MS = 250;

export const unfinishedStore = createStore<UnfinishedState>()(() => ({ run: null }));

/** Counts looks, so that what an earlier one finds late is not shown. */
let looks = 0;
/** The page that is watched; null where none is. */
let here: string | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Nothing is on, and what failed cannot go on by itself. */
const isFree = ({ state, failure }: Run): boolean =>
  state === "idle" || (state === "failed" && failure?.resumable !== true);

async function newest(place: string): Promise<Unfinished | null> {
  if (!mayHaveKept()) return null;
  const [{ entries }, { isHeld }] = await Promise.all([
    import("../training/checkpoint-database"),
    import("../training/checkpoint-claim"),
  ]);
  const kept = await entries();
  for (const entry of kept.filter((other) => other.place === place && !isForgotten(other.id))) {
    const isElsewhere = await isHeld(entry);
    const { id, title, epoch, epochs, step, savedAt } = entry;
    if (isElsewhere) return { id, title, epoch, epochs, step, savedAt, isElsewhere };
    // What is offered can be gone on with: its hash was right a moment ago.
    const checkpoint = await read(id);
    if (checkpoint === null) {
      await forgetKept(id);
      continue;
    }
    const { at, savedAt: keptAt } = checkpoint;
    const where = { epoch: at.history.length + 1, epochs: at.target, step: at.batch };
    return { id, title, ...where, savedAt: keptAt, isElsewhere };
  }
  return null;
}

async function read(id: string) {
  const [{ slotsOf }, { newestOf }] = await Promise.all([
    import("../training/checkpoint-database"),
    import("../training/checkpoint-reader"),
  ]);
  return newestOf(await slotsOf(id));
}

/** Looks for a run to go on with on this page. */
async function look(): Promise<void> {
  const place = here;
  if (place === null) return;
  looks += 1;
  const current = looks;
  clearTimeout(timer);
  // A browser that refuses storage has nothing.
  let found = await newest(place).catch(() => null);
  if (found?.isElsewhere && unfinishedStore.getState().run === null) {
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    found = await newest(place).catch(() => null);
  }
  if (current !== looks || !isFree(runStore.getState())) return;
  unfinishedStore.setState({ run: found });
  // Another tab may begin one at any time; that is seen when this one is looked at again.
  if (found?.isElsewhere) timer = setTimeout(() => void look(), WATCH_MS);
}

function hide(): void {
  looks += 1;
  clearTimeout(timer);
  unfinishedStore.setState({ run: null });
}

/**
 * Keeps the runs of this page while they are on, and offers what was kept of one that was broken off.
 * @param place tells this page from others, on which the run would not be at home
 * @returns what ends it: the page is left
 */
export function watchUnfinished(place: string): () => void {
  here = place;
  keepRunsAt(place);
  const follow = () => (isFree(runStore.getState()) ? void look() : hide());
  const unsubscribe = runStore.subscribe((run, before) => {
    if (isFree(run) !== isFree(before) || run.failure !== before.failure) follow();
  });
  const onVisibility = () => {
    if (document.visibilityState === "hidden") void keepNow();
    else follow();
  };
  const onLeaving = () => void keepNow();
  document.addEventListener("visibilitychange", onVisibility);
  window.addEventListener("pagehide", onLeaving);
  follow();
  return () => {
    here = null;
    keepRunsAt(null);
    unsubscribe();
    hide();
    document.removeEventListener("visibilitychange", onVisibility);
    window.removeEventListener("pagehide", onLeaving);
  };
}

/** Goes on with the run that is offered, and has its experiment in the form. Another tab that has it gives it up. */
export async function continueUnfinished(): Promise<void> {
  const { run } = unfinishedStore.getState();
  if (run === null || isActive(runStore.getState().state)) return;
  const checkpoint = await read(run.id).catch(() => null);
  if (checkpoint === null) return look();
  const { id, place, title, forkedFrom, spec, choice, holdOut } = checkpoint;
  hide();
  if (!sameExperiment(specStore.getState().spec, spec)) openExperiment(spec, forkedFrom);
  await resumeKept({ keep: { id, place, title, forkedFrom }, spec, choice, holdOut });
}

/** Forgets the run that is offered; one before it may be offered then. */
export async function discardUnfinished(): Promise<void> {
  const { run } = unfinishedStore.getState();
  hide();
  if (run === null) return;
  await forgetKept(run.id);
  await look();
}
