import { expect, test } from "vitest";
import { firstRun } from "../spec/presets/first-run";
import { askBoard, parseBoardAnswer } from "./ask-board";
import { placedEntry } from "./testing/placed";

const answer = (entries: unknown[]) => ({
  board: "accuracy",
  device: null,
  entries,
  nextCursor: null,
  updatedAt: "2026-11-24T12:00:00.000Z",
});

test("an answer is read with its experiments", () => {
  const entry = placedEntry();
  const sent = { ...entry, experiment: firstRun };
  const { entries } = parseBoardAnswer(JSON.parse(JSON.stringify(answer([sent]))));
  expect(entries).toEqual([entry]);
});

test.each([
  ["an experiment of another version", { experiment: { version: 99 } }],
  ["a proof that this page does not know", { proof: "sworn" }],
  ["a score that is no number", { score: "1" }],
  ["a run that is no name", { run: "javascript:alert(1)" }],
  ["a longer curve", { curve: Array(25).fill(0.5) }],
])("an entry with %s is left out, and the others stay", (_, change) => {
  const entries = [
    placedEntry({ player: "First" }),
    { ...placedEntry(), ...change },
    placedEntry({ player: "Last" }),
  ];
  expect(parseBoardAnswer(answer(entries)).entries.map(({ player }) => player)).toEqual(["First", "Last"]);
});

test("asks for the board, the class of devices and the part that it was told", async () => {
  const asked: string[] = [];
  const fetch = async (path: string, init?: RequestInit) => {
    asked.push(`${init?.method} ${path}`);
    return Response.json(answer([]));
  };
  await askBoard({ board: "speedrun", device: "phone" }, { limit: 20, cursor: "40", fetch });
  await askBoard({ board: "accuracy", device: null }, { fetch });
  expect(asked).toEqual([
    "GET /api/leaderboard?board=speedrun&limit=20&device=phone&cursor=40",
    "GET /api/leaderboard?board=accuracy&limit=50",
  ]);
});

test("every failure is one sentence", async () => {
  const failing = (fetch: () => Promise<Response>) => askBoard({ board: "golf", device: null }, { fetch });
  const error = { code: "store_unavailable", message: "The store does not answer." };
  await expect(failing(async () => Response.json({ error }, { status: 503 }))).rejects.toThrow(error.message);
  await expect(failing(async () => new Response("<html>", { status: 502 }))).rejects.toThrow("answered 502");
  await expect(failing(async () => new Response("<html>"))).rejects.toThrow("is no board");
  await expect(failing(async () => Response.json({ ...answer([]), entries: 1 }))).rejects.toThrow(
    "is no board",
  );
  await expect(failing(() => Promise.reject(new TypeError("failed")))).rejects.toThrow(
    "could not be reached",
  );
});
