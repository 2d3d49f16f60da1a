// The store fails at any moment of a submission: the answer says so, and the same request again makes it whole.
import { beforeAll, describe, expect, test } from "vitest";
import { type ObjectStore, StoreError } from "../blob/store";
import { createMemoryStore, experimentOf, type Publishable, publishable } from "../runs/testing";
import { idIn, names } from "./names";
import { parseReceived } from "./records";
import { createBoardEntrance } from "./testing/entrance";
import { createPlayer, type Player, submissionForm } from "./testing/players";

const MOST_CALLS = 30;
let one: Publishable;
let ada: Player;
beforeAll(async () => {
  one = await publishable(experimentOf(1));
  ada = await createPlayer();
});

/** Whether a call that fails was done all the same: an answer can be lost on its way. */
type Lost = "the call" | "the answer";

/** A store whose n-th call from now on fails. */
function failing(store: ObjectStore) {
  let left = Number.POSITIVE_INFINITY;
  let lost: Lost = "the call";
  const failingStore = { ...store };
  for (const call of ["put", "head", "read", "list"] as const)
    failingStore[call] = (async (...args: never[]) => {
      const fails = --left === 0;
      const done =
        fails && lost === "the call" ? null : await (store[call] as (...a: never[]) => unknown)(...args);
      if (fails) throw new StoreError("The store was gone for a moment.");
      return done;
    }) as never;
  return {
    store: failingStore,
    fail(n: number, what: Lost) {
      left = n;
      lost = what;
    },
    /** Whether it has failed. */
    hasFailed: () => left <= 0,
  };
}

async function expectWhole(memory: ObjectStore): Promise<void> {
  const namesIn = async (prefix: string) => (await memory.list(prefix)).objects.map(({ name }) => name);
  const [submission, ...others] = await namesIn("leaderboard/1/submissions/");
  expect(others).toEqual([]);
  const { id, run, weightsHash, receivedAt } = parseReceived((await memory.read(submission!))!);
  expect(await namesIn("runs/")).toEqual([expect.stringContaining(run)]);
  expect(await namesIn("weights/")).toEqual([expect.stringContaining(weightsHash)]);
  expect(await namesIn(names.queue)).toContain(names.queued(receivedAt, id));
  expect(await namesIn(names.ofPlayer(ada.mark))).toContain(names.playerSubmission(ada.mark, receivedAt, id));
  for (const folder of [names.queue, names.ofPlayer(ada.mark)])
    expect(new Set((await namesIn(folder)).map(idIn))).toEqual(new Set([id]));
}

describe.each<Lost>(["the call", "the answer"])("where %s is lost", (lost) => {
  test.each(["with its token", "with another token"])("sending again %s ends in one entry", async (how) => {
    for (let n = 1; n < MOST_CALLS; n++) {
      const memory = createMemoryStore();
      const { store, fail, hasFailed } = failing(memory);
      let time = 1_790_000_000_000;
      const entrance = createBoardEntrance({ store, now: () => ++time });
      const parts = { player: ada, board: "accuracy" as const, ...one };
      const token = await entrance.token();
      fail(n, lost);
      const first = await entrance.submit({ ...parts, token });
      if (!hasFailed()) {
        // Every call has had its turn.
        expect(first.status).toBe(201);
        expect(n).toBe(11);
        return;
      }
      expect(first.status, `call ${n}`).toBe(503);
      expect(first.headers.get("retry-after")).toBe("5");
      expect((await first.json()).error.message).toMatch(/\.$/);
      const again = how === "with its token" ? token : await entrance.token();
      const second = await entrance.submit({ ...parts, token: again });
      expect([200, 201], `after call ${n}`).toContain(second.status);
      await expectWhole(memory);
      // A token keeps the time of its first use: there is nothing twice.
      if (again === token)
        expect((await memory.list(names.queue)).objects, `after call ${n}`).toHaveLength(1);
      const third = await entrance.submit({ ...parts, token: again });
      expect([third.status, await third.text()]).toEqual([200, await second.text()]);
      await expectWhole(memory);
    }
    expect.unreachable("It asks the store more often than that.");
  });
});

test("a submission that died on its way does not count twice towards the player's limit", async () => {
  const { store, fail } = failing(createMemoryStore());
  let time = 1_790_000_000_000;
  const limits = { perHour: 1, perMinute: 100, waiting: 100 };
  const entrance = createBoardEntrance({ store, limits, now: () => ++time });
  const parts = { player: ada, board: "accuracy" as const, ...one };
  const sending = async () => (await entrance.submit(parts)).status;
  // The last put, of the submission itself.
  fail(9, "the call");
  expect(await sending()).toBe(503);
  fail(9, "the call");
  expect(await sending()).toBe(503);
  expect(await sending()).toBe(201);
});

test("a store that is down altogether is a 503 for whatever needs it", async () => {
  const gone = () => Promise.reject(new StoreError("The store is gone."));
  const store = { ...createMemoryStore(), put: gone, read: gone, list: gone };
  const entrance = createBoardEntrance({ store });
  const form = await submissionForm({
    ...{ player: ada, board: "accuracy", ...one },
    ...{ token: await entrance.token(), bits: 2 },
  });
  const response = await entrance.post(form);
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, "5"]);
});
