import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  type ChannelLine,
  createChannelLine,
  createLockLine,
  type LineMessage,
  readLineMessage,
} from "./lines";

const lines: ChannelLine[] = [];
/** Frames that hear each other at once. */
function open(name: string): ChannelLine {
  const tell = (message: LineMessage) => {
    for (const other of lines) if (other !== line) other.hear(message);
  };
  const line = createChannelLine(name, tell, async () => {});
  lines.push(line);
  return line;
}

/** Frames of a busy browser: whatever they say is heard so many milliseconds later, by those that were there. */
function openBusy(name: string, delay: number): ChannelLine {
  const tell = (message: LineMessage) => {
    for (const other of [...lines]) if (other !== line) setTimeout(() => other.hear(message), delay);
  };
  const line = createChannelLine(name, tell, () => new Promise((resolve) => setTimeout(resolve, delay)));
  lines.push(line);
  return line;
}

const patience = () => new AbortController().signal;

beforeEach(() => {
  lines.length = 0;
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

describe("a line by messages", () => {
  test("lets a lone frame in after a moment in which others could have answered", async () => {
    let isIn = false;
    void open("a")
      .stand(Date.now(), patience())
      .then(() => {
        isIn = true;
      });
    await vi.advanceTimersByTimeAsync(300);
    expect(isIn).toBe(false);
    await vi.advanceTimersByTimeAsync(300);
    expect(isIn).toBe(true);
  });

  test("lets one in of two that ask in the same moment", async () => {
    const order: string[] = [];
    const ends: Record<string, () => void> = {};
    for (const name of ["b", "a"])
      void open(name)
        .stand(Date.now(), patience())
        .then((end) => {
          order.push(name);
          ends[name] = end;
        });
    await vi.advanceTimersByTimeAsync(900);
    expect(order).toEqual(["a"]);
    ends.a!();
    await vi.advanceTimersByTimeAsync(200);
    expect(order).toEqual(["a", "b"]);
  });

  test("counts who has the turn and who asked earlier", async () => {
    const [a, b, c] = [open("a"), open("b"), open("c")];
    const first = a.stand(Date.now(), patience());
    await vi.advanceTimersByTimeAsync(600);
    const end = await first;
    void b.stand(Date.now(), patience());
    await vi.advanceTimersByTimeAsync(50);
    void c.stand(Date.now(), patience());
    expect([await b.countBefore(), await c.countBefore()]).toEqual([1, 2]);
    end();
    expect([await b.countBefore(), await c.countBefore()]).toEqual([0, 1]);
  });

  test.each([0, 100, 240, 300, 499, 520, 900, 2000])(
    "lets nobody in beside who came %i ms earlier, however long messages take",
    async (later) => {
      for (const delay of [0, 50, 150, 300, 1000]) {
        lines.length = 0;
        const isIn = new Set<string>();
        const ends: (() => void)[] = [];
        const come = (name: string) =>
          void openBusy(name, delay)
            .stand(Date.now(), patience())
            .then((end) => {
              isIn.add(name);
              ends.push(end);
            });
        come("b");
        await vi.advanceTimersByTimeAsync(later);
        come("a");
        await vi.advanceTimersByTimeAsync(20 * (100 + delay));
        expect([...isIn], `${delay} ms`).toEqual(later === 0 ? ["a"] : ["b"]);
        ends[0]!();
        await vi.advanceTimersByTimeAsync(5 * (100 + delay));
        expect(isIn.size, `${delay} ms`).toBe(2);
      }
    },
  );

  test("is left at once, and without a trace", async () => {
    const [a, b] = [open("a"), open("b")];
    const gone = new AbortController();
    const waiting = a.stand(Date.now(), gone.signal).catch(() => "left");
    await vi.advanceTimersByTimeAsync(10);
    void b.stand(Date.now(), patience());
    expect(await b.countBefore()).toBe(1);
    gone.abort();
    expect(await waiting).toBe("left");
    expect(await b.countBefore()).toBe(0);
  });
});

test("a line by locks counts nobody before a lone frame, and who has the turn", async () => {
  const own = { name: "me", clientId: "1" };
  const turn = { name: "descent.turn", clientId: "2" };
  const locks = (held: object[], pending: object[]) =>
    ({
      request: () => new Promise(() => {}),
      query: async () => ({ held, pending }),
    }) as unknown as LockManager;
  const mine = { ...turn, clientId: "1" };
  expect(await createLockLine(locks([own], [mine]), "me").countBefore()).toBe(0);
  expect(await createLockLine(locks([own, turn], [mine]), "me").countBefore()).toBe(1);
  expect(
    await createLockLine(locks([own, turn], [{ ...turn, clientId: "3" }, mine]), "me").countBefore(),
  ).toBe(2);
});

test("what else goes through the channel is no message", () => {
  const message: LineMessage = { type: "want", name: "a", since: 1 };
  expect(readLineMessage(message)).toEqual(message);
  for (const data of [null, "wanted", {}, { ...message, type: "take" }, { ...message, since: "now" }])
    expect(readLineMessage(data)).toBeNull();
});
