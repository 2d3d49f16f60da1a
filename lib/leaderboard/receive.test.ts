// The entrance, over a store in memory: what it keeps, what it answers, and in what order.
import { beforeAll, describe, expect, test, vi } from "vitest";
import { experimentOf, type Publishable, publishable } from "../runs/testing";
import { generatedName } from "./generated-name";
import { idIn, names } from "./names";
import { parseReceived, type RankedEntry, type Result } from "./records";
import { submissionId } from "./submission";
import { createBoardEntrance } from "./testing/entrance";
import { createPlayer, type Player, submissionForm } from "./testing/players";

const now = 1_790_000_000_000;
let one: Publishable;
let ada: Player;
let bob: Player;
beforeAll(async () => {
  one = await publishable(experimentOf(1));
  [ada, bob] = [await createPlayer(), await createPlayer("P-256")];
});

const entranceAt = (options: Parameters<typeof createBoardEntrance>[0] = {}) =>
  createBoardEntrance({ now: () => now, ...options });
const adas = () => ({ player: ada, board: "accuracy" as const, ...one });

/** What scoring would put beside a submission. */
function resultOf(id: string, changes: Partial<RankedEntry> = {}): Result {
  const entry: RankedEntry = {
    id,
    board: "accuracy",
    player: "Ada",
    mark: id.slice(0, 6),
    score: 0.97,
    hiddenAccuracy: 0.97,
    cleanAccuracy: 0.98,
    parameters: 3985,
    engine: "WebAssembly SIMD",
    deviceClass: "computer",
    proof: "pending",
    reason: null,
    flagged: null,
    experiment: one.published.run.experiment,
    run: id,
    curve: [0.9, 0.95],
    submittedAt: "2026-11-24T12:00:00.000Z",
    sortKey: "00300",
    fingerprint: "0".repeat(128),
    ...changes,
  };
  return { version: 1, outcome: "scored", entry, scoredAt: now };
}
const json = { contentType: "application/json", overwrite: false, maxAgeSeconds: 60 };

describe("a submission", () => {
  test.each(["Ed25519", "P-256"] as const)(
    "signed with %s is kept with all that belongs to it",
    async (kind) => {
      const player = await createPlayer(kind);
      const entrance = entranceAt();
      const response = await entrance.submit({ ...adas(), player, name: "  Ada   Lovelace " });
      expect(response.status).toBe(201);
      const body = await response.json();
      const run = await entrance.archive.idOf(one.published);
      const id = await submissionId("accuracy", player.mark, run);
      expect(body).toEqual({
        ...{ id, board: "accuracy", state: "received" },
        ...{ entry: null, reason: null, progress: null, ahead: null },
      });
      expect(response.headers.get("location")).toBe(`/api/submissions/${id}`);
      expect(parseReceived((await entrance.store.read(names.submission(id)))!)).toEqual({
        version: 1,
        id,
        board: "accuracy",
        name: "Ada Lovelace",
        player: player.mark,
        run,
        weightsHash: one.published.weights.sha256,
        receivedAt: now,
      });
      expect((await entrance.archive.read(run))?.weights.sha256).toBe(one.published.weights.sha256);
      expect((await entrance.kept(names.queue)).map(idIn)).toEqual([id]);
      expect((await entrance.kept(names.ofPlayer(player.mark))).map(idIn)).toEqual([id]);
    },
  );

  test("costs the store six puts, two lists and two reads, and is itself put last", async () => {
    const { calls, submit } = entranceAt();
    await submit(adas());
    const folders = calls.map((call) => call.replace("leaderboard/1/", "").split("/")[0]);
    expect(folders.filter((folder) => folder?.startsWith("put"))).toEqual(
      ["claims", "weights", "runs", "queue", "players", "submissions"].map((folder) => `put ${folder}`),
    );
    expect(folders.filter((folder) => !folder?.startsWith("put")).sort()).toEqual([
      "list players",
      "list queue",
      "read results",
      "read submissions",
    ]);
  });

  test("without a name has the player's generated one", async () => {
    const entrance = entranceAt();
    const { id } = await (await entrance.submit(adas())).json();
    expect(parseReceived((await entrance.store.read(names.submission(id)))!).name).toBe(
      generatedName(ada.mark),
    );
  });

  test("is scored before it is answered, and says no place, which others can change", async () => {
    const entrance = entranceAt({
      score: (id) => entrance.store.put(names.result(id), JSON.stringify(resultOf(id)), json),
    });
    const response = await entrance.submit(adas());
    const body = await response.json();
    expect([response.status, body.state, body.entry.rank, body.entry.score]).toEqual([
      201,
      "scored",
      null,
      0.97,
    ]);
    expect(Object.keys(body.entry)).not.toContain("fingerprint");
    expect(Object.keys(body.entry)).not.toContain("sortKey");
  });

  test.each([
    ["copied", 409],
    ["disqualified", 422],
  ] as const)("that is %s is told so, each time it is sent", async (code, status) => {
    const refused: Result = {
      ...{ version: 1, outcome: "refused", code, reason: "It is what it is." },
      ...{ copyOf: null, scoredAt: now },
    };
    const entrance = entranceAt({
      score: (id) => entrance.store.put(names.result(id), JSON.stringify(refused), json),
    });
    for (let time = 0; time < 2; time++) {
      const response = await entrance.submit(adas());
      expect([response.status, (await response.json()).error]).toEqual([
        status,
        { code, message: "It is what it is.", field: "weights" },
      ]);
    }
  });

  test("is answered as received where scoring takes too long or cannot be had", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    for (const score of [() => new Promise(() => {}), () => Promise.reject(new Error("No route."))]) {
      const response = await entranceAt({ score, patienceMs: 50 }).submit(adas());
      expect([response.status, (await response.json()).state]).toEqual([201, "received"]);
    }
    expect(log).toHaveBeenCalledTimes(1);
    log.mockRestore();
  });

  test("of one run by two players, and of one player on two boards, are each their own", async () => {
    const entrance = entranceAt();
    const ids = new Set<string>();
    for (const parts of [adas(), { ...adas(), player: bob }, { ...adas(), board: "golf" as const }]) {
      const response = await entrance.submit(parts);
      expect(response.status).toBe(201);
      ids.add((await response.json()).id);
    }
    expect(ids.size).toBe(3);
  });
});

describe("the same submission", () => {
  test("sent again, with the old token or a new one, has the same answer and is one entry", async () => {
    const entrance = entranceAt();
    const token = await entrance.token();
    const first = await entrance.submit({ ...adas(), token });
    const body = await first.text();
    const puts = entrance.calls.filter((call) => call.startsWith("put")).length;
    for (const again of [token, await entrance.token()]) {
      const response = await entrance.submit({ ...adas(), token: again });
      expect([response.status, await response.text()]).toEqual([200, body]);
    }
    expect(entrance.calls.filter((call) => call.startsWith("put"))).toHaveLength(puts);
  });

  test("sent 20 times at once is one entry, with 20 answers that are the same", async () => {
    const entrance = entranceAt({
      score: (id) => entrance.store.put(names.result(id), JSON.stringify(resultOf(id)), json),
    });
    const form = { ...adas(), token: await entrance.token() };
    const responses = await Promise.all(Array.from({ length: 20 }, () => entrance.submit(form)));
    const bodies = new Set(await Promise.all(responses.map((response) => response.text())));
    expect(bodies.size).toBe(1);
    expect(responses.map(({ status }) => status).sort()).toEqual([...Array(19).fill(200), 201]);
    for (const folder of ["submissions", "queue", "claims", `players/${ada.mark.slice(0, 32)}`])
      expect(await entrance.kept(`leaderboard/1/${folder}/`), folder).toHaveLength(1);
  });

  test("sent 20 times at once with 20 tokens is one entry too", async () => {
    const entrance = entranceAt();
    const responses = await Promise.all(Array.from({ length: 20 }, () => entrance.submit(adas())));
    expect(responses.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await entrance.kept("leaderboard/1/submissions/")).toHaveLength(1);
    expect(new Set(await Promise.all(responses.map((response) => response.text()))).size).toBe(1);
  });
});

test("200 submissions of 200 players at once are all there, each once", async () => {
  const entrance = entranceAt();
  const players = await Promise.all(Array.from({ length: 200 }, () => createPlayer()));
  const responses = await Promise.all(players.map((player) => entrance.submit({ ...adas(), player })));
  expect(responses.every(({ status }) => status === 201)).toBe(true);
  const ids = await Promise.all(responses.map(async (response) => (await response.json()).id as string));
  expect((await entrance.kept("leaderboard/1/submissions/")).map(idIn)).toEqual(ids.sort());
  expect((await entrance.kept(names.queue)).map(idIn).sort()).toEqual(ids);
});

describe("a token", () => {
  test("that another submission has used is used up", async () => {
    const entrance = entranceAt();
    const token = await entrance.token();
    expect((await entrance.submit({ ...adas(), token })).status).toBe(201);
    const other = await publishable(experimentOf(2));
    for (const parts of [
      { ...adas(), ...other },
      { ...adas(), player: bob },
    ]) {
      const response = await entrance.submit({ ...parts, token });
      expect([response.status, (await response.json()).error.code]).toEqual([409, "token_used"]);
    }
    expect(await entrance.kept("leaderboard/1/submissions/")).toHaveLength(1);
  });

  test("used by 20 different submissions at once lets one in", async () => {
    const entrance = entranceAt();
    const token = await entrance.token();
    const players = await Promise.all(Array.from({ length: 20 }, () => createPlayer()));
    const responses = await Promise.all(
      players.map((player) => entrance.submit({ ...adas(), player, token })),
    );
    expect(responses.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
    expect(await entrance.kept("leaderboard/1/submissions/")).toHaveLength(1);
  });

  test("is not used up by what is refused", async () => {
    const entrance = entranceAt();
    const token = await entrance.token();
    expect((await entrance.submit({ ...adas(), token, name: "<b>" })).status).toBe(422);
    expect((await entrance.submit({ ...adas(), token })).status).toBe(201);
  });
});

test("pages of other sites cannot submit", async () => {
  const { post, token, kept } = entranceAt();
  const form = await submissionForm({ ...adas(), token: await token(), bits: 2 });
  const response = await post(form, { origin: "https://elsewhere.example", host: "localhost:3000" });
  expect([response.status, (await response.json()).error.message]).toEqual([
    403,
    "Submissions are sent from this site's own pages.",
  ]);
  expect(await kept()).toEqual([]);
});
