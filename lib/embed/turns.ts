// One turn among all the embeds of a page: they are frames of one site, and so share its locks. Who has trained keeps its
// engine until another one asks for the turn, so that a lone embed never loses it.
import type { Turns } from "../store/turns";
import { createChannelLine, createLockLine, type Line, readLineMessage, TURN } from "./lines";

/** How often who waits says so, and looks where it stands. */
const ASK_MS = 1000;

/** What this needs of the browser. */
export interface Parts {
  /** Null where there are none. */
  locks: Pick<LockManager, "request" | "query"> | null;
  /** Reaches the other embeds of the page. */
  channel: Pick<BroadcastChannel, "postMessage" | "onmessage">;
  /** Resolves when a message has gone the way to the other embeds and back. */
  echo(): Promise<void>;
  /** Gives the engine back. @returns false while a run is under way */
  giveBack(): Promise<boolean>;
  /** A name that nothing else on the page has. */
  name: string;
}

interface Taker {
  onWait(others: number): void;
  resolve(ours: boolean): void;
}

export function createTurns({ locks, channel, echo, giveBack, name }: Parts): Turns {
  /** Ends the turn; null without it. */
  let release: (() => void) | null = null;
  /** Who of this page waits, and what gives the page's wait up. */
  const takers = new Set<Taker>();
  let wait: AbortController | null = null;

  const ownLine = createChannelLine(name, (message) => channel.postMessage(message), echo);
  let line: Line = locks === null ? ownLine : createLockLine(locks, name);

  channel.onmessage = async ({ data }: MessageEvent) => {
    const message = readLineMessage(data);
    if (message === null) return;
    ownLine.hear(message);
    const turn = release;
    if (message.type !== "want" || turn === null || !(await giveBack()) || release !== turn) return;
    release = null;
    turn();
  };

  async function ask(since: number): Promise<void> {
    channel.postMessage({ type: "want", name, since });
    const others = await line.countBefore().catch(() => 1);
    if (others > 0) for (const { onWait } of takers) onWait(others);
  }

  /** The turn is ours: with it, what ends it. */
  function begin(end: () => void): void {
    wait = null;
    release = end;
    for (const { resolve } of takers) resolve(true);
    takers.clear();
  }

  function standInLine(): AbortController {
    const own = new AbortController();
    const { signal } = own;
    const since = Date.now();
    const first = setTimeout(() => ask(since), 0);
    const timer = setInterval(() => ask(since), ASK_MS);
    const over = () => {
      clearTimeout(first);
      clearInterval(timer);
    };
    signal.addEventListener("abort", over);
    const stand = (): Promise<void> =>
      line.stand(since, signal).then(
        (end) => {
          over();
          if (signal.aborted) end();
          else begin(end);
        },
        (error: unknown) => {
          if (signal.aborted) return;
          if (line === ownLine) throw error;
          line = ownLine;
          return stand();
        },
      );
    void stand();
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

/** The turns of this frame. Where frames cannot reach each other, nobody can wait for anybody: everybody trains at once. */
export function openTurns(giveBack: Parts["giveBack"]): { turns: Turns | null; close(): void } {
  try {
    const channel = new BroadcastChannel(TURN);
    // Pages without HTTPS have neither locks nor identifiers.
    const name = `descent.embed.${crypto.getRandomValues(new Uint32Array(4)).join("-")}`;
    const locks = navigator.locks ?? null;
    const echo = openEcho(name);
    const close = () => {
      channel.close();
      echo.close();
    };
    return { turns: createTurns({ locks, channel, echo: echo.call, giveBack, name }), close };
  } catch {
    return { turns: null, close: () => {} };
  }
}

/** @param name of a channel that nothing else listens to */
function openEcho(name: string): { call(): Promise<void>; close(): void } {
  const [mouth, ear] = [new BroadcastChannel(name), new BroadcastChannel(name)];
  const call = () =>
    new Promise<void>((resolve) => {
      ear.onmessage = () => resolve();
      mouth.postMessage(null);
    });
  const close = () => {
    mouth.close();
    ear.close();
  };
  return { call, close };
}
