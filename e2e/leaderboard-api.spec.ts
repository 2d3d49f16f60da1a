// The boards against the real server, over its API alone: many at once, the same one again, forged ones, and readers
// while the server trains.
import { expect, test } from "@playwright/test";
import type { LeaderboardAnswer } from "../lib/leaderboard/records";
import { createPlayer, type SubmissionParts, submissionForm } from "../lib/leaderboard/testing/players";
import { runWith } from "../lib/leaderboard/testing/trained";
import { experimentOf, recordOf } from "../lib/runs/testing";
import { buildProgram, initialWeights } from "../lib/spec/program";

/** As many as are sent at once; more by the environment, for a trial by hand. */
const MANY = Number(process.env.SUBMISSIONS ?? 12);

let origin: string;
test.beforeEach(({ baseURL }) => {
  origin = new URL(baseURL!).origin;
});

const ask = (path: string, init?: RequestInit) => fetch(new URL(path, origin), init);
const firstSeed = Date.now() % 4_000_000_000;

/** An untrained network of a player of its own, said to come from a GPU: nobody can train that again. */
async function submissionOf(number: number): Promise<SubmissionParts> {
  const spec = experimentOf(firstSeed + number);
  const { history, steps, curves } = recordOf(spec, "0".repeat(64));
  const weights = initialWeights(buildProgram(spec), spec.seed);
  const engine = { id: "tfjs-webgl", name: "TensorFlow.js WebGL", device: "a GPU" };
  const { published, bytes } = await runWith(spec, weights, { history, steps, curves }, { engine });
  const { token, bits } = await (await ask("/api/challenge?board=accuracy")).json();
  return { player: await createPlayer(), board: "accuracy", published, weights: bytes, token, bits };
}

const send = async (form: FormData) => {
  const response = await ask("/api/submissions", { method: "POST", body: form });
  return { status: response.status, text: await response.text(), runtime: response.headers.get("x-runtime") };
};

/** Every id on the board, page by page. */
async function idsOnBoard(): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const response = await ask(`/api/leaderboard?board=accuracy&limit=100${cursor && `&cursor=${cursor}`}`);
    expect([response.status, response.headers.get("x-runtime")]).toEqual([200, "edge"]);
    const answer: LeaderboardAnswer = await response.json();
    ids.push(...answer.entries.map(({ id }) => id));
    cursor = answer.nextCursor;
  }
  return ids;
}

test("submissions of many players at once are all there, each once; the same one again is the same", async () => {
  const parts: SubmissionParts[] = [];
  for (let n = 0; n < MANY; n++) parts.push(await submissionOf(n));
  const forms = await Promise.all(parts.map((one) => submissionForm(one)));
  const since = Date.now();
  const answers = await Promise.all(forms.map(send));
  console.log(`${MANY} submissions at once: answered in ${Date.now() - since} ms`);
  expect(new Set(answers.map(({ status, runtime }) => `${status} ${runtime}`))).toEqual(
    new Set(["201 edge"]),
  );
  const ids: string[] = answers.map(({ text }) => JSON.parse(text).id);
  expect(new Set(ids).size).toBe(MANY);
  await expect(async () => {
    const seen = await idsOnBoard();
    expect(ids.map((id) => seen.filter((other) => other === id).length)).toEqual(ids.map(() => 1));
  }).toPass({ timeout: 120_000 });
  console.log(`all on the board after ${Date.now() - since} ms`);

  const again = await Promise.all(
    Array.from({ length: 20 }, async () => send(await submissionForm(parts[0]!))),
  );
  expect(new Set(again.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  expect(again[0]!.status).toBe(200);
  expect(JSON.parse(again[0]!.text)).toMatchObject({
    id: ids[0],
    state: "scored",
    entry: { proof: "evaluated" },
  });
});

test("what is forged is refused with one sentence, whatever it is", async () => {
  const parts = await submissionOf(1000);
  const form = await submissionForm(parts);
  const submission = JSON.parse(await (form.get("submission") as Blob).text());
  const forged: [string, (form: FormData) => void][] = [
    ["another board", (all) => all.set("submission", JSON.stringify({ ...submission, board: "golf" }))],
    ["a claimed score", (all) => all.set("submission", JSON.stringify({ ...submission, score: 1 }))],
    ["__proto__", (all) => all.set("submission", `{"__proto__":{"board":"accuracy"},"version":1}`)],
    [
      "another's token",
      (all) => all.set("submission", JSON.stringify({ ...submission, token: `${parts.token}0` })),
    ],
    ["no weights", (all) => all.delete("weights")],
    ["short weights", (all) => all.set("weights", new Blob([parts.weights.slice(4)]))],
    ["not a number", (all) => all.set("weights", new Blob([new Uint8Array(parts.weights.length).fill(255)]))],
    ["not JSON", (all) => all.set("run", "run")],
  ];
  for (const [what, change] of forged) {
    const copy = new FormData();
    for (const name of ["submission", "run", "weights"]) copy.append(name, form.get(name)!);
    change(copy);
    const { status, text } = await send(copy);
    expect(status, what).toBeGreaterThanOrEqual(400);
    expect(status, what).toBeLessThan(500);
    expect(JSON.parse(text).error.message, what).toMatch(/^[^\n]{10,300}\.$/);
  }
  // Nothing of all that has used the token up: what was meant is still taken.
  expect((await send(form)).status).toBe(201);
});

test("what is not there is said in one sentence", async () => {
  const none = "0".repeat(64);
  for (const [path, status] of [
    [`/api/submissions/${none}`, 404],
    ["/api/submissions/x", 422],
    ["/api/players/x", 422],
    ["/api/challenge", 422],
    ["/api/challenge?board=chess", 422],
    ["/api/leaderboard?board=accuracy&limit=1000", 422],
  ] as const) {
    const response = await ask(path);
    expect([path, response.status, typeof (await response.json()).error.message]).toEqual([
      path,
      status,
      "string",
    ]);
  }
  expect(await (await ask(`/api/players/${none}`)).json()).toEqual({ entries: [] });
});
