// Who looks into the network, and what it is given: a worker beside the trainer's, for as long as somebody looks. The
// weights go from worker to worker past this store.
import { createStore } from "zustand/vanilla";
import type { AnswerOf, QuestionKind, QuestionOf } from "../lens/contract";
import type { ExperimentSpec } from "../spec/experiment";
import type { LensClient } from "../training/client";
import type { Run } from "./reduce";
import { readWeights, runStore } from "./run";

export interface LensState {
  /** The epoch, from 1, that is looked at; null for the network as it is now. */
  moment: number | null;
  /** The experiment of the network that answers; null while there is none. */
  spec: ExperimentSpec | null;
  /** Raised with every weights that the lens is given; 0 while it has none. */
  version: number;
  /** True while a question is not answered. */
  busy: boolean;
  /** Why nothing can be looked at, in a sentence. */
  problem: string | null;
}

const nothing: LensState = { moment: null, spec: null, version: 0, busy: false, problem: null };

export const lensStore = createStore<LensState>()(() => nothing);

/** The network as it was after an epoch. */
export interface Moment {
  /** From 1. */
  epoch: number;
  /** A copy of its weights, to be given away; null where they are gone. */
  read(): Promise<Float32Array[] | null>;
}

/** Live weights come no more often than this. */
const LIVE_MS = 333;

let client: LensClient | null = null;
/** Counts the lives of the worker, so that what a former one still answers is not heard. */
let life = 0;
let endLife = () => {};
let lifeEnds = new Promise<null>(() => {});
let lookers = 0;
let liveLookers = 0;
let forgetRun = () => {};
/** What the worker was given last: which weights of which run. */
let given: { key: string; spec: ExperimentSpec; locked: boolean } | null = null;
/** What came to nothing is not tried again: only other weights are. */
let failed: { key: string; spec: ExperimentSpec | null } | null = null;
let bringing = false;
let chosen: Moment | null = null;
/** Somebody has chosen a moment just now, and waits for it. */
let hurried = false;
let timer: ReturnType<typeof setTimeout> | undefined;
let versions = 0;
/** Questions that are not answered, and how long the last ones took, one after the other. */
let asked = 0;
let busySince = 0;
let idleSince = 0;
let busyMs = 0;
let broughtAt = 0;

/**
 * Looks from now on; the worker starts with the first who does.
 * @param live wants new weights a few times a second while it trains, not after every epoch alone
 * @returns ends it: with the last who looks the worker goes, with all that it holds
 */
export function openLens({ live = false } = {}): () => void {
  lookers += 1;
  if (live) liveLookers += 1;
  if (lookers === 1) {
    lifeEnds = new Promise((resolve) => {
      endLife = () => resolve(null);
    });
    forgetRun = runStore.subscribe(follow);
    lensStore.setState({ problem: null });
  }
  follow();
  let open = true;
  return () => {
    if (!open) return;
    open = false;
    lookers -= 1;
    if (live) liveLookers -= 1;
    if (lookers === 0) close();
  };
}

/** Looks at the network of a moment until the run is another; null for as it is now. */
export function lookAt(moment: Moment | null): void {
  hurried = moment !== chosen;
  chosen = moment;
  lensStore.setState({ moment: moment?.epoch ?? null });
  follow();
}

/**
 * Asks about the network that the lens has now.
 * @returns null where nobody looks any more
 * @throws Error in one sentence where there is no answer
 */
export async function askLens<K extends QuestionKind>(
  kind: K,
  question: QuestionOf<K>,
): Promise<AnswerOf<K> | null> {
  const lens = client;
  const own = life;
  if (lens === null) return null;
  if (asked === 0) busySince = performance.now();
  asked += 1;
  lensStore.setState({ busy: true });
  try {
    // A worker that was ended answers nobody.
    return await Promise.race([lens.ask(kind, question), lifeEnds]);
  } catch (error) {
    if (own !== life) return null;
    throw error;
  } finally {
    if (own === life) answered();
  }
}

function answered(): void {
  asked -= 1;
  if (asked > 0) return;
  idleSince = performance.now();
  busyMs = idleSince - busySince;
  lensStore.setState({ busy: false });
  follow();
}

function close(): void {
  forgetRun();
  clearTimeout(timer);
  client?.dispose();
  client = null;
  life += 1;
  endLife();
  given = null;
  failed = null;
  asked = 0;
  bringing = false;
  busyMs = 0;
  idleSince = 0;
  lensStore.setState({ spec: null, version: 0, busy: false });
}

/** Which weights are to be looked at; null where there are none. What stays the same has the same key. */
function keyOf(run: Run): string | null {
  const { history, stepsPerEpoch, opened, restoredEpoch, completed, loss, spec } = run;
  if (spec === null) return null;
  if (chosen !== null) return `epoch ${chosen.epoch}`;
  const begun = Math.max(0, loss.steps - history.length * stepsPerEpoch);
  const partly = liveLookers > 0 || completed !== null ? begun : 0;
  if (!opened && history.length === 0 && partly === 0) return null;
  return `${history.length} epochs and ${partly} steps, ${restoredEpoch ?? "last"}${opened ? ", opened" : ""}`;
}

/** Brings the weights that are to be looked at, unless they are there; while it trains, at a pace that leaves it alone. */
function follow(): void {
  const run = runStore.getState();
  if (chosen !== null && chosen.epoch > run.history.length) lookAt(null);
  if (lookers === 0 || bringing) return;
  const key = keyOf(run);
  if (given !== null && (key === null || run.spec !== given.spec)) {
    given = null;
    lensStore.setState({ spec: null, version: 0 });
  }
  if (key === null || (failed?.key === key && failed.spec === run.spec)) return;
  if (given?.key === key && given.locked === run.holdOut) return;
  clearTimeout(timer);
  const waitMs = given === null || hurried ? 0 : paceMs(run);
  // Answers that are still on their way end this wait themselves.
  if (waitMs === Number.POSITIVE_INFINITY) return;
  if (waitMs > 0) {
    timer = setTimeout(follow, waitMs);
    return;
  }
  const own = life;
  bringing = true;
  hurried = false;
  void bring(key, run).finally(() => {
    if (own !== life) return;
    bringing = false;
    follow();
  });
}

/** How long to wait so that the lens rests as long as it works, and live weights come a few times a second. */
function paceMs({ state }: Run): number {
  if (state !== "training") return 0;
  if (asked > 0) return Number.POSITIVE_INFINITY;
  const now = performance.now();
  return Math.max(0, idleSince + busyMs - now, liveLookers > 0 ? broughtAt + LIVE_MS - now : 0);
}

/** The weights as they are now, to be given away. */
async function copyWeights(): Promise<Float32Array[] | null> {
  const before = runStore.getState().opened;
  const weights = await readWeights();
  // Those of a network that was opened are also what its worker is started with again.
  const kept = before || runStore.getState().opened;
  return kept && weights !== null
    ? weights.map((array) => array.slice())
    : (weights as Float32Array[] | null);
}

async function bring(key: string, { spec, holdOut: locked }: Run): Promise<void> {
  const own = life;
  const isOurs = () => own === life && runStore.getState().spec === spec;
  failed = { key, spec };
  try {
    const weights = await (chosen?.read ?? copyWeights)();
    if (weights === null || spec === null || !isOurs()) return;
    if (client === null) {
      const { createLensClient } = await import("../training/client");
      if (!isOurs()) return;
      client = createLensClient();
    }
    if (given?.spec === spec && given.locked === locked) await client.look(weights);
    else await client.open(spec, weights, locked);
    if (!isOurs()) return;
    failed = null;
    given = { key, spec, locked };
    broughtAt = performance.now();
    versions += 1;
    lensStore.setState({ spec, version: versions, problem: null });
  } catch (error) {
    if (own !== life) return;
    // The worker may be gone: the next one is given everything anew.
    given = null;
    lensStore.setState({ spec: null, version: 0, problem: sentenceOf(error) });
  }
}

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
