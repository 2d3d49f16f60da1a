// Trains what was submitted again, one at a time, the oldest first, and settles its proof: the same weights and it is
// replayed, others and it leaves the board. What waits is in the store, and so is how far a training has come: a server that
// stops loses nothing, and another one goes on.
import type { OpenStore } from "../blob/environment";
import { forever } from "../blob/store";
import type { RunRecord } from "../metrics/run-record";
import type { Archive } from "../runs/archive";
import { ReplayError } from "../training/replay";
import { listingOf } from "./board";
import { deleteCheckpoints, putCheckpoint, readCheckpoint } from "./checkpoints";
import { boards } from "./find-board";
import type { Judge } from "./judge";
import { appendModeration } from "./moderation";
import { idIn, names, queuedTime } from "./names";
import { readStored } from "./read-stored";
import { parseReceived, parseVerdict, type RankedEntry, type Received, type Verdict } from "./records";
import { type Scoring, storedEntry } from "./scoring";
import type { Lists } from "./top-list";

/** A marker whose submission has not come by then belongs to a request that broke off. */
const ORPHAN_MS = 15 * 60 * 1000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

const immutable = { contentType: "application/json", overwrite: false, maxAgeSeconds: forever };

export interface ReplaysParts {
  open(): OpenStore;
  archive: Archive;
  judge: Pick<Judge, "replay">;
  lists: Lists;
  scoring: Scoring;
  secret(): string;
  now?(): number;
  /** Resolves after so many milliseconds, or when the signal aborts. */
  delay?(ms: number, signal: AbortSignal): Promise<void>;
  /** Training between two checkpoints, at least. */
  checkpointMs?: number;
}

export interface Replays {
  /** Looks whether there is something to do, and does it in the background. */
  wake(): void;
  /** Resolves when there is nothing left to do, or nothing that can be done now. */
  idle(): Promise<void>;
  /** Of the one that is trained again now, 0 to 1; null for all others. */
  progressOf(id: string): number | null;
  /** How many come before a submission that waits, as of the last look; null where it is not known to wait. */
  aheadOf(id: string): number | null;
  /** Ends the training that is on; it goes on from its last checkpoint after the next `wake`. */
  stop(): Promise<void>;
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Whether a speedrun's history says what the training gave, to the last digit. */
const sameHistory = (a: RunRecord["history"], b: RunRecord["history"]): boolean =>
  a.every(({ valAccuracy }, index) => valAccuracy === b[index]?.valAccuracy);

export function createReplays(parts: ReplaysParts): Replays {
  const { open, archive, judge, lists, scoring, secret, now = Date.now, delay = pause, checkpointMs } = parts;
  /** How often each has failed for reasons that are not its own. */
  const failures = new Map<string, number>();
  let queue: string[] = [];
  let current: { id: string; share: number } | null = null;
  let working: Promise<void> | null = null;
  let asked = false;
  let end = new AbortController();

  async function train(received: Received, record: RunRecord): Promise<Verdict> {
    const { id, weightsHash, board } = received;
    const { store } = open();
    const since = now();
    const settled = (outcome: Verdict["outcome"], hash: string | null, reason: string | null): Verdict => ({
      ...{ version: 1, outcome, hash, reason, elapsedMs: now() - since, at: now() },
    });
    const mine = { id, share: 0 };
    current = mine;
    try {
      const { hash, history } = await judge.replay(record, {
        from: await readCheckpoint(store, id, record),
        onProgress(share) {
          mine.share = share;
        },
        onCheckpoint: (checkpoint) => putCheckpoint(store, id, checkpoint),
        signal: end.signal,
        checkpointMs,
      });
      if (hash !== weightsHash)
        return settled(
          "different",
          hash,
          `Trained again here, the experiment gave other weights (${hash.slice(0, 8)}…, not ${weightsHash.slice(0, 8)}…).`,
        );
      if (boards[board].byDevice && !sameHistory(record.history, history))
        return settled("different", hash, "Trained again here, its epochs had other validation accuracies.");
      return settled("identical", hash, null);
    } catch (error) {
      if (!(error instanceof ReplayError)) throw error;
      return settled("failed", null, `It could not be trained again here: ${error.message}`);
    } finally {
      current = null;
    }
  }

  /** Moves the entry to where its proof puts it. */
  async function apply(verdict: Verdict, entry: RankedEntry): Promise<void> {
    const { store } = open();
    const listing = listingOf(boards[entry.board], entry.deviceClass);
    const nameAs = (proof: "replayed" | "evaluated") =>
      names.entry(listing, proof, entry.sortKey, Date.parse(entry.submittedAt), entry.id);
    if (verdict.outcome === "identical") {
      const replayed: RankedEntry = { ...entry, proof: "replayed" };
      await store.put(nameAs("replayed"), JSON.stringify(storedEntry(replayed)), immutable);
      await store.delete([nameAs("evaluated")]);
      await lists.update(listing, { added: replayed });
      return;
    }
    const note = { id: entry.id, action: "hide", reason: verdict.reason!, time: verdict.at } as const;
    await appendModeration(store, secret(), note);
    await store.delete([nameAs("evaluated")]);
    await lists.update(listing, { removed: entry.id });
  }

  /** @returns whether it is done with: its marker can go */
  async function settle(id: string, queuedAt: number): Promise<boolean> {
    const { store } = open();
    const result = await scoring.score(id);
    if (result === null) return now() - queuedAt > ORPHAN_MS;
    if (result.outcome === "refused" || result.entry.proof !== "pending") return true;
    let verdict = await readStored(store, names.verdict(id), parseVerdict);
    if (verdict === null) {
      const received = (await readStored(store, names.submission(id), parseReceived))!;
      const run = await archive.read(received.run);
      if (run === null) throw new Error("The submission's run is not in the store.");
      verdict = await train(received, run.run);
      const first = await store.put(names.verdict(id), JSON.stringify(verdict), immutable);
      if (!first) verdict = (await readStored(store, names.verdict(id), parseVerdict))!;
    }
    await apply(verdict, result.entry);
    await deleteCheckpoints(store, id);
    return true;
  }

  /** The next one: the oldest of those that have failed the least. Those that wait for their submission are passed over. */
  async function look(passed: ReadonlySet<string>): Promise<string | null> {
    const { objects } = await open().store.list(names.queue);
    const marked = objects.map(({ name }) => name).filter((name) => !passed.has(name));
    const failed = (name: string) => failures.get(idIn(name)) ?? 0;
    const ordered = marked.toSorted((a, b) => failed(a) - failed(b) || (a < b ? -1 : 1));
    queue = ordered.map(idIn);
    return ordered[0] ?? null;
  }

  async function work(): Promise<void> {
    const passed = new Set<string>();
    let broken = 0;
    while (!end.signal.aborted) {
      let marker: string | null = null;
      try {
        marker = await look(passed);
        if (marker === null) return;
        if (await settle(idIn(marker), queuedTime(marker))) await open().store.delete([marker]);
        // Where a deletion is not seen at once, it is not done again.
        passed.add(marker);
        broken = 0;
      } catch (error) {
        if (end.signal.aborted) return;
        console.error("A submission could not be checked just now:", error);
        if (marker !== null) failures.set(idIn(marker), (failures.get(idIn(marker)) ?? 0) + 1);
        await delay(Math.min(FIRST_PAUSE_MS * 2 ** broken++, LONGEST_PAUSE_MS), end.signal);
      }
    }
  }

  function wake(): void {
    asked = true;
    if (working !== null) return;
    working = (async () => {
      while (asked && !end.signal.aborted) {
        asked = false;
        await work();
      }
    })().finally(() => {
      working = null;
    });
  }

  return {
    wake,
    idle: async () => working ?? undefined,
    progressOf: (id) => (current?.id === id ? current.share : null),
    aheadOf(id) {
      const place = queue.indexOf(id);
      return place < 0 ? null : place;
    },
    async stop() {
      end.abort();
      await working;
      end = new AbortController();
    },
  };
}
