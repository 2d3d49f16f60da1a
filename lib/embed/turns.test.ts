import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createTurns } from "./turns";

interface Asked {
  name: string;
  clientId: string;
  grant(): Promise<unknown> | undefined;
}

/** The locks of a page's frames, as browsers have them: one holder for each name, the others in a line. */
function createPage(hasLocks: boolean) {
  const held: Asked[] = [];
  const pending: Asked[] = [];
  const grantNext = () => {
    for (const asked of [...pending]) {
      if (held.some(({ name }) => name === asked.name)) continue;
      pending.splice(pending.indexOf(asked), 1);
      held.push(asked);
      void Promise.resolve(asked.grant()).then(() => {
        held.splice(held.indexOf(asked), 1);
        grantNext();
      });
    }
  };
  const channels: { onmessage: BroadcastChannel["onmessage"] }[] = [];

  function openFrame(clientId: string, giveBack: () => Promise<boolean>) {
    const denied = () => Promise.reject(new DOMException("no", "SecurityError"));
    const locks = {
      request(name: string, ...rest: unknown[]) {
        const callback = rest.at(-1) as () => Promise<unknown> | undefined;
        const { signal } = (rest.length > 1 ? rest[0] : {}) as { signal?: AbortSignal };
        return new Promise<void>((resolve, reject) => {
          const asked = { name, clientId, grant: callback };
          pending.push(asked);
          signal?.addEventListener("abort", () => {
            if (!pending.includes(asked)) return;
            pending.splice(pending.indexOf(asked), 1);
            reject(signal.reason);
          });
          queueMicrotask(grantNext);
          void resolve;
        });
      },
      query: async () => ({ held: [...held], pending: [...pending] }),
    };
    const channel = {
      onmessage: null as BroadcastChannel["onmessage"],
      postMessage(data: unknown) {
        for (const other of channels)
          if (other !== channel)
            queueMicrotask(() =>
              other.onmessage?.call(channel as unknown as BroadcastChannel, { data } as MessageEvent),
            );
      },
    };
    channels.push(channel);
    return createTurns({
      locks: (hasLocks ? locks : { request: denied, query: denied }) as unknown as LockManager,
      channel,
      echo: async () => {},
      giveBack,
      name: `frame ${clientId}`,
    });
  }
  /** A frame that says and hears nothing any more. */
  const close = (index: number) => {
    channels[index]!.onmessage = null;
  };
  return { openFrame, close };
}

const never = async () => false;
const always = async () => true;
const ignore = () => {};
const forEver = () => new AbortController().signal;
const soon = () => vi.advanceTimersByTimeAsync(2500);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe.each([
  ["by Web Locks", true],
  ["by messages, where the browser refuses locks", false],
])("the turns of a page's embeds %s", (_, hasLocks) => {
  /** Once there was time to ask. */
  const ours = async (turn: Promise<boolean>): Promise<boolean> => {
    await soon();
    return turn;
  };

  test("a lone embed trains at once, again and again", async () => {
    const lone = createPage(hasLocks).openFrame("a", never);
    const waits: number[] = [];
    expect(await ours(lone.take((others) => waits.push(others), forEver()))).toBe(true);
    expect(await lone.take((others) => waits.push(others), forEver())).toBe(true);
    await soon();
    expect(waits).toEqual([]);
  });

  test("the others wait while a run is under way, and hear how many are before them", async () => {
    const page = createPage(hasLocks);
    const busy = new Set(["a", "b"]);
    const [a, b, c] = ["a", "b", "c"].map((name) => page.openFrame(name, async () => !busy.has(name)));
    await ours(a!.take(ignore, forEver()));
    const order: string[] = [];
    const waits = { b: [] as number[], c: [] as number[] };
    const second = b!.take((others) => waits.b.push(others), forEver()).then(() => order.push("b"));
    const third = c!.take((others) => waits.c.push(others), forEver()).then(() => order.push("c"));
    await soon();
    expect(order).toEqual([]);
    expect(new Set(waits.b)).toEqual(new Set([1]));
    expect(new Set(waits.c)).toEqual(new Set([2]));
    busy.delete("a");
    await soon();
    await second;
    expect(order).toEqual(["b"]);
    await soon();
    expect(waits.c.at(-1)).toBe(1);
    busy.delete("b");
    await soon();
    await third;
    expect(order).toEqual(["b", "c"]);
  });

  test("who has trained keeps the turn until another one wants it", async () => {
    const page = createPage(hasLocks);
    const giveBack = vi.fn(always);
    const a = page.openFrame("a", giveBack);
    const b = page.openFrame("b", always);
    await ours(a.take(ignore, forEver()));
    await soon();
    expect(giveBack).not.toHaveBeenCalled();
    const second = b.take(ignore, forEver());
    await soon();
    expect(await second).toBe(true);
    expect(giveBack).toHaveBeenCalledTimes(1);
    // It has to ask again now.
    let again = false;
    const third = a.take(ignore, forEver()).then((ours) => {
      again = ours;
    });
    await soon();
    await third;
    expect(again).toBe(true);
  });

  test("who gives up the wait is out of the line, and may ask again", async () => {
    const page = createPage(hasLocks);
    let busy = true;
    const a = page.openFrame("a", async () => !busy);
    const [b, c] = [page.openFrame("b", always), page.openFrame("c", always)];
    await ours(a.take(ignore, forEver()));
    const waits: number[] = [];
    const patience = new AbortController();
    const second = b.take(ignore, patience.signal);
    const third = c.take((others) => waits.push(others), forEver());
    await soon();
    expect(waits.at(-1)).toBe(2);
    patience.abort();
    expect(await second).toBe(false);
    await soon();
    expect(waits.at(-1)).toBe(1);
    busy = false;
    await soon();
    expect(await third).toBe(true);
    const fourth = b.take(ignore, forEver());
    await soon();
    expect(await fourth).toBe(true);
  });

  test("what trains on one page shares its turn: a wait goes on while one of them still wants it", async () => {
    const page = createPage(hasLocks);
    let busy = true;
    const a = page.openFrame("a", async () => !busy);
    const b = page.openFrame("b", always);
    await ours(a.take(ignore, forEver()));
    const patience = new AbortController();
    const run = b.take(ignore, patience.signal);
    const sweep = b.take(ignore, forEver());
    await soon();
    patience.abort();
    expect(await run).toBe(false);
    busy = false;
    await soon();
    expect(await sweep).toBe(true);
  });

  test("whoever is gone without a word does not hold the others up for long", async () => {
    if (hasLocks) return; // The browser lets the next one in.
    const page = createPage(hasLocks);
    const gone = page.openFrame("a", never);
    await ours(gone.take(ignore, forEver()));
    const next = page.openFrame("b", always).take(ignore, forEver());
    page.close(0);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await next).toBe(true);
  });
});

test("ten that ask at once train one after another, in the order in which they asked", async () => {
  for (const hasLocks of [true, false]) {
    const page = createPage(hasLocks);
    const busy = new Set<number>();
    const order: number[] = [];
    const all = Array.from({ length: 10 }, (_, index) =>
      page.openFrame(`${index}`, async () => !busy.has(index)),
    );
    for (const [index, turns] of all.entries()) {
      void turns.take(ignore, forEver()).then(async () => {
        expect(busy.size).toBe(0);
        busy.add(index);
        order.push(index);
        await new Promise((resolve) => setTimeout(resolve, 700));
        busy.delete(index);
      });
      await vi.advanceTimersByTimeAsync(5);
    }
    await vi.advanceTimersByTimeAsync(40_000);
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  }
});
