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

interface Taker {
  onWait(others: number): void;
  resolve(ours: boolean): void;
}

export function createTurns({ locks, channel, giveBack, name }: Parts): Turns {
  /** Ends the turn; null without it. */
  let release: (() => void) | null = null;
  /** Who of this page waits, and what gives the page's wait up. */
  const takers = new Set<Taker>();
  let wait: AbortController | null = null;

  // Held for as long as the page is there: it tells which of the waiting this one is.
  locks.request(name, () => new Promise<void>(() => {})).catch(() => {});

  channel.onmessage = async () => {
    const turn = release;
    if (turn === null || !(await giveBack()) || release !== turn) return;
    release = null;
    turn();
  };

  /** How many come before this one, the one that trains included. */
  async function countBefore(): Promise<number> {
    const { held = [], pending = [] } = await locks.query();
    const own = held.find((lock) => lock.name === name)?.clientId;
    const line = pending.filter((lock) => lock.name === TURN);
    const place = line.findIndex(({ clientId }) => clientId === own);
    return 1 + (place === -1 ? line.length : place);
  }

  async function ask(): Promise<void> {
    channel.postMessage("wanted");
    const others = await countBefore().catch(() => 1);
    for (const { onWait } of takers) onWait(others);
  }

  function standInLine(): AbortController {
    const own = new AbortController();
    const { signal } = own;
    const first = setTimeout(ask, 0);
    const timer = setInterval(ask, ASK_MS);
    signal.addEventListener("abort", () => {
      clearTimeout(first);
      clearInterval(timer);
    });
    const begin = () => {
      wait = null;
      for (const { resolve } of takers) resolve(true);
      takers.clear();
    };
    locks
      .request(TURN, { signal }, () => {
        if (signal.aborted) return;
        begin();
        return new Promise<void>((end) => {
          release = end;
          own.abort();
        });
      })
      .catch(() => {
        // Where a frame may not have locks, nobody can wait for anybody.
        if (signal.aborted) return;
        begin();
        own.abort();
      });
    return own;
  }

  return {
    take(onWait, signal) {
      if (release !== null) return Promise.resolve(true);
      return new Promise<boolean>((resolve) => {
        const taker = { onWait, resolve };
        takers.add(taker);
        wait ??= standInLine();
        signal.addEventListener("abort", () => {
          if (!takers.delete(taker)) return;
          resolve(false);
          if (takers.size > 0) return;
          wait?.abort();
          wait = null;
        });
      });
    },
  };
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
