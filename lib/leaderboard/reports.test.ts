import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { experimentOf, type Publishable, publishable } from "../runs/testing";
import { atOnce } from "../share/testing";
import { names } from "./names";
import { parseStoredReport, type Report, reportText } from "./report";
import { BITS, createBoardEntrance } from "./testing/entrance";
import { createPlayer, type Player } from "./testing/players";
import { solveWork } from "./work";

const now = 1_790_000_000_000;
let one: Publishable;
let ada: Player;
let bob: Player;
beforeAll(async () => {
  one = await publishable(experimentOf(1));
  [ada, bob] = [await createPlayer(), await createPlayer("P-256")];
});

let entrance: ReturnType<typeof createBoardEntrance>;
let id: string;
beforeEach(async () => {
  entrance = createBoardEntrance({ now: () => now });
  ({ id } = await (await entrance.submit({ player: ada, board: "golf", ...one })).json());
});

interface Parts extends Partial<Pick<Report, "reason" | "note" | "token">> {
  player?: Player;
  about?: string;
}
async function reportOf({ player = bob, about = id, ...parts }: Parts = {}): Promise<Report> {
  const token = parts.token ?? (await entrance.token("golf"));
  const said = { reason: parts.reason ?? ("name" as const), note: parts.note ?? "", token };
  return {
    version: 1,
    ...said,
    player: { algorithm: player.algorithm, key: player.key },
    work: atOnce(solveWork(token, BITS)),
    signature: await player.sign(reportText(about, said)),
  };
}
const statusOf = async (report: unknown, about = id) => (await entrance.report(about, report)).status;

describe("a report", () => {
  test("is kept once for each player and entry", async () => {
    const first = await reportOf({ reason: "cheating", note: "A line\nand one more <b>." });
    const response = await entrance.report(id, first);
    expect([response.status, await response.json()]).toEqual([201, { id }]);
    const [name, ...others] = await entrance.kept(names.reports(id));
    expect([name, others]).toEqual([names.report(id, bob.mark), []]);
    expect(parseStoredReport((await entrance.store.read(name!))!)).toEqual({
      version: 1,
      id,
      reason: "cheating",
      note: "A line\nand one more <b>.",
      player: bob.mark,
      reportedAt: now,
    });
    // The same again, then another one of the same player's, then somebody else's.
    expect(await statusOf(first)).toBe(200);
    expect(await statusOf(await reportOf({ reason: "other" }))).toBe(200);
    expect(await entrance.kept(names.reports(id))).toHaveLength(1);
    expect(await statusOf(await reportOf({ player: ada }))).toBe(201);
  });

  test("is of an entry that there is", async () => {
    const none = "0".repeat(64);
    const response = await entrance.report(none, await reportOf({ about: none }));
    expect([response.status, (await response.json()).error.code]).toEqual([404, "not_found"]);
    expect(await statusOf(await reportOf(), "x")).toBe(422);
  });

  test("needs a token of its own, of the entry's board", async () => {
    const token = await entrance.token("golf");
    await entrance.submit({ player: bob, board: "golf", ...one, token });
    expect(await statusOf(await reportOf({ token }))).toBe(409);
    expect(await statusOf(await reportOf({ token: await entrance.token("accuracy") }))).toBe(422);
    const shared = await entrance.token("golf");
    expect(await statusOf(await reportOf({ token: shared }))).toBe(201);
    expect(await statusOf(await reportOf({ token: shared, player: ada }))).toBe(409);
  });

  test("is the player's own, of this entry, for this reason", async () => {
    const { key, algorithm } = ada;
    const report = await reportOf();
    for (const forged of [
      { ...report, player: { key, algorithm } },
      { ...report, reason: "other" },
      { ...report, note: "more" },
      await reportOf({ about: "0".repeat(64) }),
    ]) {
      const response = await entrance.report(id, forged);
      expect([response.status, (await response.json()).error.code]).toEqual([403, "wrong_signature"]);
    }
    expect(await entrance.kept(names.reports(id))).toEqual([]);
  });

  test.each([
    ["a reason that there is not", { reason: "boring" }, /^reason is "boring"; it must be/],
    ["a note that is too long", { note: "x".repeat(301) }, /300 characters\.$/],
    ["no note", { note: undefined }, /^note is missing/],
    ["a field too many", { score: 1 }, /^score is 1, but there is no such field/],
    ["no work", { work: -1 }, /^work is -1/],
  ])("with %s is refused", async (_, changes, reason) => {
    const response = await entrance.report(id, { ...(await reportOf()), ...changes });
    expect(response.status).toBe(422);
    expect((await response.json()).error.message).toMatch(reason);
  });

  test("that is no JSON, or far too long, is refused", async () => {
    for (const [text, status] of [
      ["", 400],
      ["{", 400],
      ["null", 422],
      ["[]", 422],
      [`"${"x".repeat(5000)}"`, 413],
    ] as const)
      expect(await statusOf(text), text).toBe(status);
  });
});

test("a process takes no more reports than a minute allows", async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 62; n++) statuses.push(await statusOf(await reportOf()));
  expect(statuses.filter((status) => status === 429)).toHaveLength(2);
});
