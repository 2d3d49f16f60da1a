// Where everything of the boards lies in the store. Every name is immutable, and what must be unique or counted is
// decided by names: of any number of puts of one name, one wins. Season by season, in folders of their own.
import { digits } from "./board";

/** Raised by an operator: draws another hidden set and begins every board anew. */
export const SEASON = 1;

const root = `leaderboard/${SEASON}`;

/** Milliseconds with 13 digits last until the year 2286. */
const inOrder = (time: number): string => digits(time, 13);
const newestFirst = (time: number): string => digits(9_999_999_999_999 - time, 13);

/** Half of a hash: enough to tell players and networks apart, and short. */
export const short = (hash: string): string => hash.slice(0, 32);

export const names = {
  /** Who has used a token. */
  claim: (nonce: string) => `${root}/claims/${nonce}`,
  /** What was received; see records.ts. */
  submission: (id: string) => `${root}/submissions/${id}.json`,
  /** What scoring gave. */
  result: (id: string) => `${root}/results/${id}.json`,
  /** What training again gave. */
  verdict: (id: string) => `${root}/verdicts/${id}.json`,
  /** A player's submissions, the latest first. */
  ofPlayer: (player: string) => `${root}/players/${short(player)}/`,
  playerSubmission: (player: string, time: number, id: string) =>
    `${root}/players/${short(player)}/${newestFirst(time)}-${id}`,
  /** Submissions that are not scored or not replayed yet, the oldest first. */
  queue: `${root}/queue/`,
  queued: (time: number, id: string) => `${root}/queue/${inOrder(time)}-${id}`,
  checkpoints: (id: string) => `${root}/checkpoints/${id}/`,
  checkpoint: (id: string, epoch: number) => `${root}/checkpoints/${id}/${digits(epoch, 4)}`,
  /** One of the parts of a network's fingerprint: who had it first. */
  copy: (part: number, hex: string) => `${root}/copies/${part}-${hex}`,
  /** The entries of a list by rank. */
  ranked: (listing: string, proof: RankedProof) => `${root}/boards/${listing}/${proof}/`,
  entry: (listing: string, proof: RankedProof, sortKey: string, time: number, id: string) =>
    `${root}/boards/${listing}/${proof}/${sortKey}/${inOrder(time)}-${id}`,
  /** The cached top of a list, the latest version first. */
  lists: (listing: string) => `${root}/lists/${listing}/`,
  list: (listing: string, version: number) =>
    `${root}/lists/${listing}/${digits(99_999_999 - version, 8)}.json`,
  /** What operators and the server took off the boards and put back. */
  moderation: `${root}/moderation/`,
  /** Append-only: the name says it all and is signed. */
  moderated: (id: string, time: number, action: ModerationAction, mac: string) =>
    `${root}/moderation/${id}-${inOrder(time)}-${action}-${mac}`,
  reports: (id: string) => `${root}/reports/${id}/`,
  report: (id: string, player: string) => `${root}/reports/${id}/${short(player)}.json`,
  allReports: `${root}/reports/`,
};

/** Which of the two orders of a list an entry stands in. */
export type RankedProof = "replayed" | "evaluated";

export type ModerationAction = "hide" | "show";

/** The submission's id at the end of a name. */
export const idIn = (name: string): string => name.replace(/\.json$/, "").slice(-64);

/** The time in a queued, ranked or player's name, in milliseconds. */
export const queuedTime = (name: string): number =>
  Number(name.slice(names.queue.length, names.queue.length + 13));
export const playerTime = (name: string): number =>
  9_999_999_999_999 - Number(name.split("/").at(-1)!.slice(0, 13));

/** The version in a list's name. */
export const versionIn = (name: string): number => 99_999_999 - Number(name.split("/").at(-1)!.slice(0, 8));
