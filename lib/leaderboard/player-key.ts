// Who plays: a pair of keys that this browser makes once and keeps. The private one can sign and cannot be read, not
// even by this page, so the same browser is the same player, without an account. In IndexedDB, which keeps keys as they
// are, in a database of its own.
import type { DBSchema, IDBPDatabase } from "idb";
import { encodeBase64url } from "../share/base64url";
import { type KeyAlgorithm, playerOf } from "./submission";

export interface Player {
  algorithm: KeyAlgorithm;
  /** The public key's raw bytes, base64url. */
  key: string;
  /** The player's full mark, 64 hexadecimal digits. */
  player: string;
  /** @returns the signature of a text, base64url */
  sign(text: string): Promise<string>;
}

const DATABASE = "descent-player";
/** The one record's key. */
const OWN = "own";

interface Schema extends DBSchema {
  keys: { key: string; value: unknown };
}

interface Pair {
  /** Tells records apart: of two tabs that make one at once, the second finds the first's. */
  mark: string;
  algorithm: KeyAlgorithm;
  publicKey: CryptoKey;
  privateKey: CryptoKey;
}

const schemes = {
  Ed25519: { make: { name: "Ed25519" }, signAs: { name: "Ed25519" } },
  "P-256": { make: { name: "ECDSA", namedCurve: "P-256" }, signAs: { name: "ECDSA", hash: "SHA-256" } },
} as const satisfies Record<KeyAlgorithm, object>;

const notSecure =
  "This page came over plain http, where browsers make no keys: open it by https to submit from it.";
const notKept =
  "This browser keeps nothing for this site, so it cannot keep a player's key: allow site data or leave the private window, then try again.";

/** @throws Error in one sentence where this browser or this window cannot keep keys */
function requireKeys(): void {
  if (globalThis.crypto?.subtle === undefined) throw new Error(notSecure);
  if (globalThis.indexedDB === undefined) throw new Error(notKept);
}

async function withDatabase<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  const { openDB } = await import("idb");
  try {
    const database = await openDB<Schema>(DATABASE, 1, {
      upgrade: (fresh) => void fresh.createObjectStore("keys"),
    });
    try {
      return await work(database);
    } finally {
      database.close();
    }
  } catch (cause) {
    throw new Error(notKept, { cause });
  }
}

/** Whether a key is what its record says; a text is signed and checked with both below. */
const isKey = (key: unknown, algorithm: KeyAlgorithm, type: KeyType, usage: KeyUsage): key is CryptoKey =>
  key instanceof CryptoKey &&
  key.type === type &&
  key.usages.includes(usage) &&
  key.algorithm.name === schemes[algorithm].make.name &&
  (type === "public" || !key.extractable);

function asPair(stored: unknown): Pair | null {
  const { mark, algorithm, publicKey, privateKey } = Object(stored);
  if (typeof mark !== "string" || !Object.hasOwn(schemes, algorithm)) return null;
  return isKey(publicKey, algorithm, "public", "verify") && isKey(privateKey, algorithm, "private", "sign")
    ? { mark, algorithm, publicKey, privateKey }
    : null;
}

/** What says which record it is, of damaged ones too. */
const markOfRecord = (stored: unknown): unknown => Object(stored).mark;

async function asPlayer({ algorithm, publicKey, privateKey }: Pair): Promise<Player> {
  const { signAs } = schemes[algorithm];
  const bytes = (text: string) => new TextEncoder().encode(text);
  const key = encodeBase64url(new Uint8Array(await crypto.subtle.exportKey("raw", publicKey)));
  const sign = (text: string) => crypto.subtle.sign(signAs, privateKey, bytes(text));
  const trial = "Do these two belong together?";
  if (!(await crypto.subtle.verify(signAs, publicKey, await sign(trial), bytes(trial))))
    throw new Error("The two keys do not belong together.");
  return {
    algorithm,
    key,
    player: await playerOf(algorithm, key),
    sign: async (text) => encodeBase64url(new Uint8Array(await sign(text))),
  };
}

/** The record's player; null where there is none or it is damaged. */
async function playerIn(stored: unknown): Promise<Player | null> {
  const pair = asPair(stored);
  return pair === null ? null : asPlayer(pair).catch(() => null);
}

async function makePair(): Promise<Pair> {
  const make = async (algorithm: KeyAlgorithm): Promise<Pair> => {
    const usages = ["sign", "verify"] as const;
    const pair = await crypto.subtle.generateKey(schemes[algorithm].make, false, usages);
    const { publicKey, privateKey } = pair as CryptoKeyPair;
    return { mark: crypto.randomUUID(), algorithm, publicKey, privateKey };
  };
  // Browsers learned Ed25519 one after the other, the last in 2025; all know P-256.
  return make("Ed25519").catch(() => make("P-256"));
}

/** This browser's player, if it has one: nothing is made. Null, too, where this page can keep none. */
export async function findPlayer(): Promise<Player | null> {
  try {
    requireKeys();
    return await playerIn(await withDatabase((database) => database.get("keys", OWN)));
  } catch {
    return null;
  }
}

/**
 * This browser's player; a first time makes one, and so does a damaged record.
 * @throws Error in one sentence that says what to do, where this page cannot keep a key
 */
export async function loadPlayer(): Promise<Player> {
  requireKeys();
  const found = await withDatabase((database) => database.get("keys", OWN));
  const known = await playerIn(found);
  if (known !== null) return known;
  const made = await makePair();
  const kept = await withDatabase(async (database) => {
    // Keys are made before: a transaction waits for nothing else.
    const transaction = database.transaction("keys", "readwrite");
    const present = await transaction.store.get(OWN);
    const isNew = markOfRecord(present) === markOfRecord(found);
    if (isNew) await transaction.store.put(made, OWN);
    await transaction.done;
    return isNew ? made : asPair(present);
  });
  if (kept === null) throw new Error(notKept);
  return asPlayer(kept);
}
