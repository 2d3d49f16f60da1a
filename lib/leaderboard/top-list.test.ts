import { beforeEach, describe, expect, test, vi } from "vitest";
import { forever } from "../blob/store";
import { route } from "../http";
import { createMemoryStore } from "../runs/testing";
import { accuracy } from "./boards/accuracy";
import { speedrun } from "./boards/speedrun";
import { appendModeration, readHidden, whyHidden } from "./moderation";
import { names } from "./names";
import { placesOf } from "./ranking";
import { createBoardAnswer } from "./reading";
import type { RankedEntry, TopList } from "./records";
import { entryWith, stored } from "./testing/entries";
import { createFaultyStore } from "./testing/faulty-store";
import { createLists } from "./top-list";

const SECRET = "a secret for tests alone";
const options = { contentType: "application/json", overwrite: false, maxAgeSeconds: forever };

let board: ReturnType<typeof createFaultyStore>;
const lists = () =>
  createLists({ open: () => ({ kind: "embedded", store: board.store }), secret: () => SECRET });
const put = async (entry: RankedEntry) => {
  const { name, text } = stored(entry);
  await board.store.put(name, text, options);
};
const idsIn = ({ replayed, evaluated }: TopList) => [...replayed, ...evaluated].map(({ id }) => id);
const ids = (entries: readonly RankedEntry[]) => entries.map(({ id }) => id);

beforeEach(() => {
  board = createFaultyStore(createMemoryStore());
});

describe("a list's cached top", () => {
  test("is made of the names, whoever put them, in their order", async () => {
    const entries = [entryWith(1, 0.95), entryWith(2, 0.97), entryWith(3, 0.96, { proof: "replayed" })];
    for (const entry of entries) await put(entry);
    const top = await lists().read("accuracy");
    expect(ids(top!.replayed)).toEqual([entries[2]!.id]);
    expect(ids(top!.evaluated)).toEqual([entries[1]!.id, entries[0]!.id]);
    expect(top!.version).toBe(1);
  });

  test("is nothing while there is no entry", async () => {
    expect(await lists().read("accuracy")).toBeNull();
  });

  test("costs four listings, one put and a read for each entry that it has not met", async () => {
    const known = lists();
    for (let n = 0; n < 10; n++) await put(entryWith(n, 0.9 + n / 1000));
    await known.update("accuracy");
    board.reset();
    const added = entryWith(99, 0.95);
    await put(added);
    await known.update("accuracy", { added });
    // The put of the entry itself is one of the two.
    expect(board.counts).toEqual({ put: 2, head: 0, read: 0, list: 4, delete: 0 });
    board.reset();
    await lists().read("accuracy");
    expect(board.counts).toEqual({ put: 0, head: 0, read: 1, list: 1, delete: 0 });
  });

  test("loses nothing where ten processes make it anew at once", async () => {
    const entries = Array.from({ length: 10 }, (_, n) => entryWith(n, 0.9 + n / 1000));
    const processes = entries.map(() => lists());
    await Promise.all(
      entries.map(async (entry, n) => {
        await put(entry);
        // Who is beaten too often gives up: the names have it.
        await processes[n]!.update("accuracy", { added: entry }).catch(() => null);
      }),
    );
    const top = await lists().update("accuracy");
    expect(idsIn(top).toSorted()).toEqual(ids(entries).toSorted());
  });

  test("deals with 200 changes at once in a few versions", async () => {
    const one = lists();
    const entries = Array.from({ length: 200 }, (_, n) => entryWith(n, 0.9 + n / 10_000));
    await Promise.all(
      entries.map(async (entry) => {
        await put(entry);
        await one.update("accuracy", { added: entry });
      }),
    );
    const top = (await one.read("accuracy"))!;
    expect(new Set(idsIn(top)).size).toBe(200);
    expect(top.version).toBeLessThan(10);
  });

  test("keeps what it knows, and what was just added, while listings are a minute old", async () => {
    const one = lists();
    await put(entryWith(1, 0.95));
    await one.update("accuracy");
    board.faults.staleSince = board.now();
    for (const n of [2, 3]) {
      const added = entryWith(n, 0.95 + n / 100);
      await put(added);
      await one.update("accuracy", { added });
    }
    expect(ids((await one.read("accuracy"))!.evaluated)).toEqual(
      ids([entryWith(3, 0), entryWith(2, 0), entryWith(1, 0)]),
    );
    // Another process sees the old version only, and takes the newer ones by name when it makes one itself.
    const other = await lists().update("accuracy");
    expect(idsIn(other)).toHaveLength(3);
    board.faults.staleSince = null;
    expect(idsIn(await lists().update("accuracy"))).toHaveLength(3);
  });

  test("an entry that was proved moves, and one that was taken away goes", async () => {
    const one = lists();
    const entry = entryWith(1, 0.95);
    await put(entry);
    await put(entryWith(2, 0.96));
    await one.update("accuracy");
    const replayed: RankedEntry = { ...entry, proof: "replayed" };
    await put(replayed);
    await board.store.delete([stored(entry).name, stored(entryWith(2, 0.96)).name]);
    const top = await one.update("accuracy", { added: replayed, removed: entryWith(2, 0).id });
    expect([ids(top.replayed), ids(top.evaluated)]).toEqual([[entry.id], []]);
  });

  test("leaves out what is damaged, and says so in the server's log", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    await put(entryWith(1, 0.95));
    const damaged = stored(entryWith(2, 0.96));
    await board.store.put(damaged.name, damaged.text.slice(0, 50), options);
    await board.store.put(names.list("accuracy", 7), "{", options);
    const top = await lists().update("accuracy");
    expect([idsIn(top), top.version]).toEqual([[entryWith(1, 0).id], 8]);
    expect(log.mock.calls.map(([text]) => String(text)).join()).toMatch(/entry .* is damaged/);
    log.mockRestore();
  });
});

describe("an operator's notes", () => {
  const note = (action: "hide" | "show", time: number) => ({
    id: entryWith(1, 0).id,
    action,
    time,
    reason: "It is a test.",
  });

  test("hide an entry and show it again; the latest counts", async () => {
    const one = lists();
    await put(entryWith(1, 0.95));
    await appendModeration(board.store, SECRET, note("hide", 1000));
    expect(idsIn(await one.update("accuracy"))).toEqual([]);
    expect(await whyHidden(board.store, SECRET, entryWith(1, 0).id)).toBe("It is a test.");
    await appendModeration(board.store, SECRET, note("show", 2000));
    expect(idsIn(await one.update("accuracy"))).toHaveLength(1);
    expect(await whyHidden(board.store, SECRET, entryWith(1, 0).id)).toBeNull();
  });

  test("count only if they are signed with the server's secret", async () => {
    await appendModeration(board.store, "another secret than the server's", note("hide", 1000));
    await board.store.put(names.moderated(entryWith(1, 0).id, 1000, "hide", "0".repeat(32)), "{}", options);
    expect(await readHidden(board.store, SECRET)).toEqual(new Set());
  });
});

describe("places", () => {
  const many = (count: number, proof: "replayed" | "pending", from: number) =>
    Array.from({ length: count }, (_, i) => entryWith(from + i, 0.99 - (from + i) / 1000, { proof }));

  test("one to ten are for replayed entries; all others begin at eleven, in the board's order", () => {
    const top = {
      version: 1,
      updatedAt: "",
      replayed: many(12, "replayed", 20),
      evaluated: many(3, "pending", 1),
    };
    const places = placesOf(accuracy, top);
    expect(places.slice(0, 10).every(({ proof, rank }) => proof === "replayed" && rank! <= 10)).toBe(true);
    expect(places.slice(10).map(({ rank, proof }) => [rank, proof])).toEqual([
      [11, "pending"],
      [12, "pending"],
      [13, "pending"],
      [14, "replayed"],
      [15, "replayed"],
    ]);
    const few = placesOf(accuracy, { ...top, replayed: many(1, "replayed", 20) });
    expect(few.map(({ rank }) => rank)).toEqual([1, 11, 12, 13]);
  });

  test("a board without that rule takes all as they come; equal ones by who was first", () => {
    const evaluated = [entryWith(1, 0.9), entryWith(2, 0.9)];
    const replayed = [entryWith(3, 0.9, { proof: "replayed" })];
    const places = placesOf(speedrun, { version: 1, updatedAt: "", replayed, evaluated });
    expect(places.map(({ player, rank }) => [player, rank])).toEqual([
      ["Player 1", 1],
      ["Player 2", 2],
      ["Player 3", 3],
    ]);
    expect(places[0]).not.toHaveProperty("fingerprint");
  });
});

describe("GET /api/leaderboard", () => {
  let time = 0;
  const answerWith = () => route(createBoardAnswer(lists(), () => time));
  const ask = (answer: ReturnType<typeof answerWith>, query: string, headers = {}) =>
    answer(new Request(`http://localhost:3000/api/leaderboard${query}`, { headers }));

  beforeEach(async () => {
    time = 0;
    for (let n = 0; n < 25; n++) await put(entryWith(n, 0.9 + n / 1000));
  });

  test("answers page by page, each entry once", async () => {
    const answer = answerWith();
    const seen: number[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const body: { entries: { rank: number }[]; nextCursor: string | null } = await (
        await ask(answer, `?board=accuracy&limit=10${cursor && `&cursor=${cursor}`}`)
      ).json();
      seen.push(...body.entries.map(({ rank }) => rank));
      cursor = body.nextCursor;
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => i + 11));
  });

  test("gives the last good board while the store is down, and 503 where none is known", async () => {
    const answer = answerWith();
    const before = await (await ask(answer, "?board=accuracy")).text();
    board.faults.down = true;
    time = 60_000;
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    for (let i = 0; i < 3; i++) expect(await (await ask(answer, "?board=accuracy")).text()).toBe(before);
    const cold = await ask(answerWith(), "?board=accuracy");
    expect([cold.status, cold.headers.get("retry-after"), (await cold.json()).error.code]).toEqual([
      503,
      "5",
      "store_unavailable",
    ]);
    log.mockRestore();
  });

  test("asks the store at most every two seconds, and never makes a second reader wait", async () => {
    const answer = answerWith();
    await ask(answer, "?board=accuracy");
    board.reset();
    for (let i = 0; i < 50; i++) await ask(answer, "?board=accuracy");
    expect(board.counts.list).toBe(0);
    time = 2_000;
    await Promise.all(Array.from({ length: 50 }, () => ask(answer, "?board=accuracy")));
    expect(board.counts).toMatchObject({ list: 1, read: 0 });
  });

  test("has a tag, and answers 304 to whoever knows the version", async () => {
    const answer = answerWith();
    const etag = (await ask(answer, "?board=accuracy")).headers.get("etag")!;
    expect((await ask(answer, "?board=accuracy", { "if-none-match": etag })).status).toBe(304);
  });

  test.each([
    ["", /^board is missing; it must be/],
    ["?board=chess", /^board is "chess"/],
    ["?board=accuracy&limit=101", /^limit is "101"; it must be a whole number from 1 to 100\.$/],
    ["?board=accuracy&limit=0", /^limit is "0"/],
    ["?board=accuracy&cursor=x", /^cursor is "x"; it must be the nextCursor of an answer\.$/],
    ["?board=accuracy&device=phone", /^device is "phone"; it must be left out/],
    ["?board=speedrun&device=watch", /^device is "watch"/],
    ["?board=accuracy&sort=up", /^sort is "up", but there is no such field/],
  ])("refuses %s in one sentence", async (query, sentence) => {
    const response = await ask(answerWith(), query);
    expect([response.status, (await response.json()).error.message]).toEqual([
      422,
      expect.stringMatching(sentence),
    ]);
  });
});
