// Copied networks are refused: the same weights, their hidden units in another order or scale, or nearly the same. A
// network claims the eight parts of its fingerprint by name, so that of any number that come at once one is the first.
import * as z from "zod/mini";
import { forever, type ObjectStore } from "../blob/store";
import { hashSchema } from "../metrics/run-record";
import { readJson } from "../runs/body";
import { object, parse } from "../spec/parse";
import { type BoardId, boardIdSchema } from "./find-board";
import { distance, partsOf, SAME_WITHIN } from "./fingerprint";
import { names } from "./names";
import { readStored } from "./read-stored";
import { parseResult, type RankedEntry, type Received, type Result } from "./records";

/** What stands in a part's object. */
interface Claim {
  id: string;
  board: BoardId;
  player: string;
  receivedAt: number;
  fingerprint: string;
}

const claimSchema = object({
  id: hashSchema,
  board: boardIdSchema,
  player: hashSchema,
  receivedAt: z.int(),
  fingerprint: z.string().check(z.regex(/^[0-9a-f]{128}$/)),
});
const options = { contentType: "application/json", overwrite: false, maxAgeSeconds: forever };

interface Standing {
  store: ObjectStore;
  /** Whether an entry was taken off the boards: it keeps nobody out. */
  isHidden(id: string): Promise<boolean>;
  /** The top of the board's list, of which near copies are found that share no part. */
  top: readonly RankedEntry[];
}

export interface Copy {
  copyOf: string;
  /** Whether it is the same player's own, on the same board. */
  own: boolean;
}

const isFirst = (a: Claim, b: Claim): boolean =>
  a.receivedAt < b.receivedAt || (a.receivedAt === b.receivedAt && a.id < b.id);

/**
 * Claims a network for a submission. Costs eight `put`s, and some `read`s where any part is taken. Doing it again is safe.
 * @returns the submission that it is a copy of; null where it is a network of its own
 */
export async function claimNetwork(
  { id, board, player, receivedAt }: Received,
  fingerprint: string,
  { store, isHidden, top }: Standing,
): Promise<Copy | null> {
  const claim: Claim = { id, board, player, receivedAt, fingerprint };
  const parts = partsOf(fingerprint);
  const others = new Map<string, Claim>();
  const won = new Set<number>();
  await Promise.all(
    parts.map(async (hex, part) => {
      const name = names.copy(part, hex);
      if (await store.put(name, JSON.stringify(claim), options)) return void won.add(part);
      const other = await readStored(store, name, (bytes) =>
        parse<Claim>(claimSchema, readJson(bytes, "claim"), "claim"),
      );
      if (other?.id === id) won.add(part);
      else if (other !== null) others.set(other.id, other);
    }),
  );

  async function stands(other: Claim): Promise<Copy | null> {
    if (distance(fingerprint, other.fingerprint) > SAME_WITHIN || (await isHidden(other.id))) return null;
    const result: Result | null = await readStored(store, names.result(other.id), parseResult);
    if (result?.outcome === "refused") {
      const first = result.copyOf;
      return first === null || first === id || (await isHidden(first)) ? null : relation(first, other);
    }
    if (result !== null) return relation(other.id, other);
    // Both are being scored. Where each has a part that both wanted, they see each other, and the one that came first
    // stands; else the other had claimed all of them before.
    const common = partsOf(other.fingerprint).flatMap((hex, part) => (hex === parts[part] ? [part] : []));
    return common.some((part) => won.has(part)) && isFirst(claim, other) ? null : relation(other.id, other);
  }

  /** A player may send one network to several boards, to each once. */
  function relation(copyOf: string, other: Claim): Copy | null {
    if (other.player !== player) return { copyOf, own: false };
    return other.board === board ? { copyOf, own: true } : null;
  }

  for (const other of others.values()) {
    const copy = await stands(other);
    if (copy !== null) return copy;
  }
  const near = top.find(
    (entry) => entry.id !== id && distance(fingerprint, entry.fingerprint) <= SAME_WITHIN,
  );
  return near === undefined ? null : { copyOf: near.id, own: player.startsWith(near.mark) };
}

/** What the player is told. */
export const copySentence = ({ copyOf, own }: Copy): string =>
  own
    ? `You have this network on the board already, as entry ${copyOf.slice(0, 8)}.`
    : `This network is on the boards already, as entry ${copyOf.slice(0, 8)}, and the first one stands: another seed, or any other change of the experiment, makes one of your own.`;
