import { beforeAll, describe, expect, test } from "vitest";
import { createMemoryStore, experimentOf, type Publishable, publishable } from "../runs/testing";
import { createLimits, createWindow, type SubmissionLimits } from "./limits";
import { names } from "./names";
import { createBoardEntrance } from "./testing/entrance";
import { createPlayer } from "./testing/players";

const put = { contentType: "text/plain", overwrite: false, maxAgeSeconds: 60 };
const [minute, hour] = [60_000, 3_600_000];
const idOf = (number: number) => number.toString(16).padStart(64, "0");
const [ada, bob] = ["a", "b"].map((digit) => digit.repeat(64)) as [string, string];

function createLimited(changes: Partial<SubmissionLimits> = {}) {
  const clock = { now: 1_790_000_000_000 };
  const memory = createMemoryStore();
  let lists = 0;
  const store: typeof memory = {
    ...memory,
    list: (prefix, options) => {
      lists++;
      return memory.list(prefix, options);
    },
  };
  const admit = createLimits({ perHour: 3, perMinute: 100, waiting: 50, ...changes }, () => clock.now);
  const submit = (player: string, number: number) =>
    admit(store, { player, id: idOf(number) }, async () => {
      await memory.put(names.playerSubmission(player, clock.now, idOf(number)), "", put);
      return number;
    });
  return { clock, store: memory, submit, lists: () => lists };
}

describe("of one player", () => {
  test("so many submissions are let in within an hour, and one more as soon as the first is older", async () => {
    const { clock, submit } = createLimited();
    for (let number = 0; number < 3; number++) {
      expect(await submit(ada, number)).toBe(number);
      clock.now += minute;
    }
    await expect(submit(ada, 3)).rejects.toMatchObject({
      status: 429,
      message: "A player can send at most 3 submissions within an hour; try again later.",
      retryAfterSeconds: 57 * 60,
    });
    expect(await submit(bob, 4)).toBe(4);
    clock.now += hour - 3 * minute;
    expect(await submit(ada, 3)).toBe(3);
  });

  test("the same submission counts once, however often it is stored", async () => {
    const { clock, submit } = createLimited();
    for (let time = 0; time < 6; time++) {
      clock.now += 1000;
      await submit(ada, 1);
    }
    await submit(ada, 2);
  });

  test("many at once are no way around it", async () => {
    const { submit } = createLimited();
    const sent = await Promise.allSettled(Array.from({ length: 40 }, (_, number) => submit(ada, number)));
    expect(sent.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
  });
});

describe("in all", () => {
  test("a process takes so many within a minute", () => {
    let now = 0;
    const take = createWindow(2, () => now, "reports");
    take();
    now = 10_000;
    take();
    expect(take).toThrow(expect.objectContaining({ status: 429, retryAfterSeconds: 50 }));
    now = minute;
    take();
    expect(take).toThrow("Too many reports arrive at the moment; try again in a minute.");
  });

  test("no more are let in while many wait, and how many do is asked every five seconds", async () => {
    const { clock, store, submit, lists } = createLimited({ waiting: 2, perHour: 50 });
    await submit(ada, 1);
    await store.put(names.queued(clock.now, idOf(1)), "", put);
    await store.put(names.queued(clock.now, idOf(2)), "", put);
    const before = lists();
    await submit(ada, 2);
    expect(lists() - before).toBe(1);
    clock.now += 5_000;
    await expect(submit(ada, 3)).rejects.toMatchObject({
      status: 429,
      retryAfterSeconds: 60,
      message: "2 submissions wait at the moment; try again in a minute.",
    });
    await store.delete([names.queued(clock.now - 5_000, idOf(1))]);
    clock.now += 5_000;
    expect(await submit(ada, 3)).toBe(3);
  });

  test("a count that failed is not remembered", async () => {
    const { clock, store, submit } = createLimited();
    const { list } = store;
    store.list = () => Promise.reject(new Error("gone"));
    await expect(submit(ada, 1)).rejects.toThrow("gone");
    store.list = list;
    clock.now += 1;
    expect(await submit(ada, 1)).toBe(1);
  });
});

describe("at the entrance", () => {
  let one: Publishable;
  beforeAll(async () => {
    one = await publishable(experimentOf(1));
  });

  test("too many are refused with one sentence and a time; nothing is stored, and what is there stays", async () => {
    const limits = { perHour: 1, perMinute: 100, waiting: 100 };
    const entrance = createBoardEntrance({ limits });
    const player = await createPlayer();
    const first = { player, board: "accuracy" as const, ...one };
    expect((await entrance.submit(first)).status).toBe(201);
    const kept = await entrance.kept();
    const response = await entrance.submit({ ...first, board: "golf" });
    expect(response.status).toBe(429);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(3590);
    expect((await response.json()).error).toEqual({
      code: "too_many",
      message: "A player can send at most 1 submissions within an hour; try again later.",
    });
    expect(await entrance.kept()).toEqual(kept);
    expect((await entrance.submit(first)).status).toBe(200);
  });
});
