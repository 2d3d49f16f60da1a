// One turn among all the embeds of a page: they are frames of one site, and so share its locks. Who has trained keeps its
// engine until another one asks for the turn, so that a lone embed never loses it.
import type { Turns } from "../store/turns";

const TURN = "descent.turn";

/** How often who waits asks, and looks where it stands. */
const ASK_MS = 1000;

/** What this needs of the browser. */
export interface Parts {
  locks: Pick<LockManager, "request" | "query">;
  /** Reaches the other embeds of the page. */
  channel: Pick<BroadcastChannel, "postMessage" | "onmessage">;
  /** Gives the engine back. @returns false while a run is under way */
  giveBack(): Promise<boolean>;
  /** A name that nothing else on the page has. */
  name: string;
}

export function createTurns({ locks, channel, giveBack, name }: Parts): Turns {
  /** Ends the turn; null without it. */
  let release: (() => void) | null = null;
  let waiting: AbortController | null = null;

  // Held for as long as the page is there: it tells which of the waiting this one is.
  locks.request(name, () => new Promise<void>(() => {})).catch(() => {});

  channel.onmessage = async () => {
    const turn = release;
    if (turn === null || !(await giveBack()) || release !== turn) return;
    leave();
  };

  /** How many come before this one, the one that trains included. */
  async function countBefore(): Promise<number> {
    const { held = [], pending = [] } = await locks.query();
    const own = held.find((lock) => lock.name === name)?.clientId;
    const line = pending.filter((lock) => lock.name === TURN);
    const place = line.findIndex(({ clientId }) => clientId === own);
    return 1 + (place === -1 ? line.length : place);
  }

  async function take(onWait: (others: number) => void): Promise<boolean> {
    if (release !== null) return true;
    waiting?.abort();
    const wait = new AbortController();
    waiting = wait;
    const ours = new Promise<boolean>((resolve) => {
      locks
        .request(TURN, { signal: wait.signal }, () => {
          if (wait.signal.aborted) return;
          resolve(true);
          return new Promise<void>((end) => {
            release = end;
          });
        })
        // Where a frame may not have locks, nobody can wait for anybody.
        .catch(() => resolve(!wait.signal.aborted));
    });
    let isOver = false;
    const ask = async () => {
      channel.postMessage("wanted");
      const others = await countBefore().catch(() => 1);
      if (!isOver) onWait(others);
    };
    const first = setTimeout(ask, 0);
    const timer = setInterval(ask, ASK_MS);
    const result = await ours;
    isOver = true;
    clearTimeout(first);
    clearInterval(timer);
    if (waiting === wait) waiting = null;
    return result;
  }

  function leave(): void {
    waiting?.abort();
    waiting = null;
    release?.();
    release = null;
  }

  return { take, leave };
}

/**
 * The turns of this frame. Without locks, as in a frame without an origin or on a page without HTTPS, nobody can wait for
 * anybody: everybody trains at once.
 */
export function openTurns(giveBack: Parts["giveBack"]): { turns: Turns | null; close(): void } {
  const none = { turns: null, close: () => {} };
  if (navigator.locks === undefined) return none;
  try {
    const channel = new BroadcastChannel(TURN);
    const name = `descent.embed.${crypto.randomUUID()}`;
    return {
      turns: createTurns({ locks: navigator.locks, channel, giveBack, name }),
      close: () => channel.close(),
    };
  } catch {
    return none;
  }
}
