// The line in which the embeds of a page stand to train. Web Locks are such a line, and a browser keeps it in order whatever
// happens to a frame. Where it refuses them to other sites' frames, as it refuses them storage, the frames keep one
// themselves, by messages among them.
import * as z from "zod/mini";

export const TURN = "descent.turn";

export interface Line {
  /**
   * Resolves when it is one's turn, with what lets the next one in.
   * @param since when one began to wait, in milliseconds of the epoch
   * @throws where one may not stand in this line, and where the signal says so
   */
  stand(since: number, signal: AbortSignal): Promise<() => void>;
  /** How many come before this one, the one that has the turn included. */
  countBefore(): Promise<number>;
}

/** @param name that nothing else on the page has */
export function createLockLine(locks: Pick<LockManager, "request" | "query">, name: string): Line {
  // Held for as long as the page is there: it tells which of the waiting this one is.
  locks.request(name, () => new Promise<void>(() => {})).catch(() => {});
  return {
    stand: (_, signal) =>
      new Promise((resolve, reject) => {
        locks.request(TURN, { signal }, () => new Promise<void>((end) => resolve(end))).catch(reject);
      }),
    async countBefore() {
      const { held = [], pending = [] } = await locks.query();
      const own = held.find((lock) => lock.name === name)?.clientId;
      const waiting = pending.filter((lock) => lock.name === TURN);
      const place = waiting.findIndex(({ clientId }) => clientId === own);
      const first = held.some((lock) => lock.name === TURN) ? 1 : 0;
      return first + (place === -1 ? waiting.length : place);
    },
  };
}

/** What embeds tell each other: one wants the turn since a time, has it, or has let it go. */
export interface LineMessage {
  type: "want" | "have" | "free";
  /** Who says it. */
  name: string;
  /** When it began to wait, in milliseconds of the epoch. */
  since: number;
}

const schema = z.object({
  type: z.enum(["want", "have", "free"]),
  name: z.string(),
  since: z.number(),
});

/** Null for whatever else goes through the channel. */
export function readLineMessage(data: unknown): LineMessage | null {
  const { success, data: message } = schema.safeParse(data);
  return success ? message : null;
}

/**
 * How often who waits looks where it stands. Time is counted in looks, and a message goes there and back for each: a frame or
 * a browser that was busy for a while must not take those for silent who could not be heard meanwhile.
 */
const LOOK_MS = 100;
/** Long enough for the others to answer who comes later. */
const SETTLED = 5;
/** Who was not heard for so many looks is gone. Who waits says so every second, and who has the turn answers. */
const SILENT = 40;

interface Heard {
  since: number;
  /** The look in which it was heard last. */
  at: number;
}

export interface ChannelLine extends Line {
  hear(message: LineMessage): void;
}

/**
 * @param name that no other embed has
 * @param tell reaches the others
 * @param echo resolves when a message has gone the way to the others and back
 */
export function createChannelLine(
  name: string,
  tell: (message: LineMessage) => void,
  echo: () => Promise<void>,
): ChannelLine {
  const waiting = new Map<string, Heard>();
  let holder: { name: string; at: number } | null = null;
  /** When this one began to wait; null where it does not. */
  let since: number | null = null;
  let has = false;
  let looks = 0;

  const isHere = ({ at }: { at: number }): boolean => looks - at < SILENT;
  const isEarlier = (other: string, at: number): boolean =>
    since === null || at < since || (at === since && other < name);

  function before(): number {
    const earlier = [...waiting].filter(([other, heard]) => isHere(heard) && isEarlier(other, heard.since));
    return earlier.length + (holder !== null && isHere(holder) ? 1 : 0);
  }

  function release(): void {
    has = false;
    tell({ type: "free", name, since: Date.now() });
  }

  return {
    stand: (begun, signal) =>
      new Promise((resolve, reject) => {
        const settled = looks + SETTLED;
        since = begun;
        tell({ type: "want", name, since });
        const end = () => {
          clearInterval(timer);
          since = null;
        };
        let isLooking = false;
        const look = async () => {
          if (isLooking) return;
          isLooking = true;
          await echo();
          isLooking = false;
          looks += 1;
          if (signal.aborted || looks < settled || before() > 0) return;
          end();
          has = true;
          tell({ type: "have", name, since: begun });
          resolve(release);
        };
        const timer = setInterval(look, LOOK_MS);
        signal.addEventListener("abort", () => {
          if (since !== begun) return;
          end();
          tell({ type: "free", name, since: begun });
          reject(signal.reason);
        });
      }),
    countBefore: async () => before(),
    hear(message) {
      const at = looks;
      if (message.type === "want") {
        const isNew = !waiting.has(message.name);
        waiting.set(message.name, { since: message.since, at });
        if (has) tell({ type: "have", name, since: Date.now() });
        // Who came later was not there when this one said that it waits, and may not take the turn as if it came first.
        else if (isNew && since !== null) tell({ type: "want", name, since });
        return;
      }
      waiting.delete(message.name);
      if (message.type === "have") holder = { name: message.name, at };
      else if (holder?.name === message.name) holder = null;
    },
  };
}
