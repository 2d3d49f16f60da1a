// The store fails at any moment between the entrance and the proof: nothing is lost and nothing is there twice.
import { beforeAll, expect, test, vi } from "vitest";
import { createMemoryStore } from "../runs/testing";
import type { Judge } from "./judge";
import { createWholeBoard } from "./testing/board";
import { SECRET } from "./testing/entrance";
import { createFaultyStore } from "./testing/faulty-store";
import { testJudge } from "./testing/judge";
import { createPlayer } from "./testing/players";
import { quickExperiment, type Trained, trained } from "./testing/trained";

let judge: Judge;
let run: Trained;
beforeAll(async () => {
  const real = await testJudge(SECRET);
  const layers = [{ kind: "flatten" }, { kind: "dense", units: 10, activation: "softmax" }];
  run = await trained(
    quickExperiment({ layers, training: { epochs: 3 }, dataset: { id: "mnist", trainLimit: 500 } }),
  );
  // Measured and trained again once: here it is about the store.
  const measured = await real.evaluate(run.published.run.experiment, run.weights);
  const replayed = await real.replay(run.published.run, {
    from: null,
    onProgress() {},
    onCheckpoint: async () => {},
  });
  judge = { ...real, evaluate: async () => measured, replay: async () => replayed };
}, 60_000);

/** Sends the run until it is taken, waits until it is proved, and looks at everything that is there then. */
async function expectOneEntry(lost: (call: number) => boolean): Promise<number> {
  const { store, faults, called } = createFaultyStore(createMemoryStore());
  const board = createWholeBoard(judge, { store });
  const player = await createPlayer();
  faults.lost = lost;
  let response = await board.send(player, run);
  for (let tries = 0; response.status === 503 && tries < 40; tries++)
    response = await board.send(player, run);
  expect([200, 201]).toContain(response.status);
  const { id } = await response.json();
  const isProved = async () => {
    await board.settle();
    return (await board.status.readSubmission(id).catch(() => null))?.state === "replayed";
  };
  for (let tries = 0; !(await isProved()); tries++) expect(tries).toBeLessThan(20);
  faults.lost = () => false;
  await board.settle();
  const { replayed, evaluated } = await board.lists.update("accuracy");
  expect([replayed.map((entry) => entry.id), evaluated]).toEqual([[id], []]);
  expect(await board.kept("leaderboard/1/boards/")).toHaveLength(1);
  expect(await board.kept("leaderboard/1/submissions/")).toHaveLength(1);
  expect(await board.kept("leaderboard/1/queue/")).toEqual([]);
  return called();
}

test("whichever call's answer is lost, there is one entry in the end, and it is proved", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const calls = await expectOneEntry(() => false);
  for (let n = 1; n <= calls; n++) await expectOneEntry((call) => call === n);
  // One in twenty, for as long as it takes.
  for (let seed = 1; seed <= 10; seed++)
    await expectOneEntry((call) => (Math.imul(call + 7 * seed, 2654435761) >>> 8) % 20 === 0);
  log.mockRestore();
}, 60_000);

test("a store that is down answers writes with 503 and when to come back, and goes on where it was", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const { store, faults } = createFaultyStore(createMemoryStore());
  const board = createWholeBoard(judge, { store });
  const player = await createPlayer();
  faults.down = true;
  const refused = await board.send(player, run);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
  faults.down = false;
  const { id } = await (await board.send(player, run)).json();
  faults.down = true;
  board.replays.wake();
  await new Promise((resolve) => setTimeout(resolve, 50));
  faults.down = false;
  await board.settle();
  expect(await board.status.readSubmission(id)).toMatchObject({ state: "replayed" });
  log.mockRestore();
});

test("what a submission costs a store is what docs/scale.md says", async () => {
  const { store, counts, reset } = createFaultyStore(createMemoryStore());
  let fingerprints = 0;
  const board = createWholeBoard(
    {
      ...judge,
      // Networks that are told apart: each has a digit of its own in every part of its fingerprint.
      evaluate: async (...network) => ({
        ...(await judge.evaluate(...network)),
        fingerprint: String(++fingerprints).repeat(128),
      }),
      replay: async ({ environment, history }) => ({ hash: environment.weightsHash, history, elapsedMs: 1 }),
    },
    { store },
  );
  // The first one finds no list yet.
  await board.send(await createPlayer(), run);
  await board.settle();
  const other = await trained(quickExperiment({ seed: 3, dataset: { id: "mnist", trainLimit: 200 } }));
  reset();
  const { id } = await (await board.send(await createPlayer(), other)).json();
  const scored = { ...counts };
  expect(scored).toEqual({ put: 17, head: 0, read: 7, list: 6, delete: 0 });
  await board.settle();
  const proved = { ...counts };
  expect([proved.put - scored.put, proved.read - scored.read, proved.list - scored.list]).toEqual([4, 4, 8]);
  reset();
  await board.status.readSubmission(id);
  expect(counts).toEqual({ put: 0, head: 0, read: 3, list: 2, delete: 0 });
});
