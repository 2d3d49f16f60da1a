// Scoring: what was received is measured here, on images that nobody has seen, and becomes an entry or is refused. Every
// step can be done again: whoever asks for a submission that broke off on its way has it finished.
import type { OpenStore } from "../blob/environment";
import { forever } from "../blob/store";
import { ApiError, respond } from "../http";
import { hashSchema, type RunRecord } from "../metrics/run-record";
import type { Archive } from "../runs/archive";
import { weightsName } from "../runs/names";
import { inSlices } from "../share/slices";
import { decodeWeights } from "../share/weights";
import { canonical } from "../spec/experiment";
import { parse } from "../spec/parse";
import { buildProgram, type Program } from "../spec/program";
import { whyEvaluatedOnly } from "./admission";
import { listingOf } from "./board";
import { claimNetwork, copySentence } from "./copies";
import { boards } from "./find-board";
import type { Judge, Measured } from "./judge";
import { readHidden } from "./moderation";
import { names } from "./names";
import { readStored } from "./read-stored";
import {
  parseReceived,
  parseResult,
  parseVerdict,
  type RankedEntry,
  type Received,
  type Result,
} from "./records";
import { markOf } from "./submission";
import { flagOf } from "./suspicion";
import type { Lists } from "./top-list";

const immutable = { contentType: "application/json", overwrite: false, maxAgeSeconds: forever };
/** Points of an entry's curve. */
const CURVE = 24;

export interface ScoringParts {
  open(): OpenStore;
  archive: Archive;
  judge: Pick<Judge, "evaluate">;
  lists: Lists;
  secret(): string;
  now?(): number;
}

export interface Scoring {
  /** The result of a submission, made now where there is none yet; null where there is no such submission. */
  score(id: string): Promise<Result | null>;
}

/** At most so many accuracies, spread over the epochs, the last one among them. */
function curveOf({ history }: RunRecord): number[] {
  const values = history.map(({ accuracy, valAccuracy }) => Number((valAccuracy ?? accuracy).toFixed(4)));
  const count = Math.min(values.length, CURVE);
  return Array.from({ length: count }, (_, i) => values[Math.round(((i + 1) * values.length) / count) - 1]!);
}

function entryOf(received: Received, record: RunRecord, program: Program, measured: Measured): RankedEntry {
  const board = boards[received.board];
  const { accuracies, fingerprint } = measured;
  const { parameters } = program;
  const candidate = { record, parameters, accuracies };
  const reason = whyEvaluatedOnly(received.board, record, program);
  const { engine, deviceClass } = record.environment;
  return {
    id: received.id,
    board: received.board,
    player: received.name,
    mark: markOf(received.player),
    score: board.score(candidate),
    hiddenAccuracy: accuracies.hidden,
    cleanAccuracy: accuracies.clean,
    parameters,
    engine: engine.name,
    deviceClass,
    proof: reason === null ? "pending" : "evaluated",
    reason,
    flagged: flagOf(accuracies),
    experiment: record.experiment,
    run: received.run,
    curve: curveOf(record),
    submittedAt: new Date(received.receivedAt).toISOString(),
    sortKey: board.sortKey(candidate),
    fingerprint,
  };
}

/** An entry as it is stored: its experiment in the short form. */
export const storedEntry = (entry: RankedEntry) => ({
  ...entry,
  experiment: JSON.parse(canonical(entry.experiment)),
});

export function createScoring({
  open,
  archive,
  judge,
  lists,
  secret,
  now = Date.now,
}: ScoringParts): Scoring {
  const underWay = new Map<string, Promise<Result | null>>();

  async function readWeights({ weightsHash }: Received, program: Program): Promise<Float32Array[]> {
    const bytes = await open().store.read(weightsName(weightsHash));
    if (bytes === null) throw new Error("The submission's weights are not in the store.");
    return inSlices(decodeWeights(bytes, "float32", program));
  }

  async function judgeIt(received: Received): Promise<Result> {
    const { store } = open();
    const board = boards[received.board];
    const run = await archive.read(received.run);
    if (run === null) throw new Error("The submission's run is not in the store.");
    const record = run.run;
    const program = buildProgram(record.experiment);
    const measured = await judge.evaluate(record.experiment, await readWeights(received, program));
    const candidate = { record, parameters: program.parameters, accuracies: measured.accuracies };
    const refused = (code: "copied" | "disqualified", reason: string, copyOf: string | null): Result => ({
      ...{ version: 1, outcome: "refused", code, reason, copyOf, scoredAt: now() },
    });
    const why = board.disqualifies(candidate);
    if (why !== null) return refused("disqualified", why, null);
    const entry = entryOf(received, record, program, measured);
    if (board.uniqueNetworks) {
      const top = await lists.read(listingOf(board, entry.deviceClass));
      let hidden: Promise<Set<string>> | null = null;
      const copy = await claimNetwork(received, entry.fingerprint, {
        store,
        async isHidden(id) {
          hidden ??= readHidden(store, secret());
          return (await hidden).has(id);
        },
        top: [...(top?.replayed ?? []), ...(top?.evaluated ?? [])],
      });
      if (copy !== null) return refused("copied", copySentence(copy), copy.copyOf);
    }
    return { version: 1, outcome: "scored", entry, scoredAt: now() };
  }

  /** Puts the entry among the ranked ones, unless its proof has been settled since. */
  async function rank(entry: RankedEntry): Promise<void> {
    const { store } = open();
    const listing = listingOf(boards[entry.board], entry.deviceClass);
    if ((await readStored(store, names.verdict(entry.id), parseVerdict)) !== null) return;
    const name = names.entry(listing, "evaluated", entry.sortKey, Date.parse(entry.submittedAt), entry.id);
    if (await store.put(name, JSON.stringify(storedEntry(entry)), immutable))
      await lists.update(listing, { added: entry });
  }

  async function make(id: string): Promise<Result | null> {
    const { store } = open();
    const known = await readStored(store, names.result(id), parseResult);
    if (known !== null) {
      if (known.outcome === "scored") await rank(known.entry);
      return known;
    }
    const received = await readStored(store, names.submission(id), parseReceived);
    if (received === null) return null;
    let result = await judgeIt(received);
    const stored = result.outcome === "scored" ? { ...result, entry: storedEntry(result.entry) } : result;
    const first = await store.put(names.result(id), JSON.stringify(stored), immutable);
    if (!first) result = (await readStored(store, names.result(id), parseResult))!;
    if (result.outcome === "scored") await rank(result.entry);
    return result;
  }

  return {
    score(id) {
      const known = underWay.get(id);
      if (known !== undefined) return known;
      const made = make(id).finally(() => underWay.delete(id));
      underWay.set(id, made);
      return made;
    },
  };
}

/** POST /api/submissions/<id>/score. It scores what is in the store and nothing else, so that anybody may ask. */
export function createScoreAnswer({ score }: Scoring, wake: () => void) {
  return async function answer(id: string): Promise<Response> {
    try {
      const result = await score(parse(hashSchema, id, "id"));
      if (result === null) throw new ApiError(404, "not_found", `There is no submission ${id}.`, "id");
      return respond({ outcome: result.outcome });
    } finally {
      // What waits to be trained again, and what could not be scored just now.
      wake();
    }
  };
}
