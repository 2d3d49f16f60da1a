import { beforeAll, describe, expect, test } from "vitest";
import { ApiError } from "../http";
import type { RunRecord } from "../metrics/run-record";
import { experimentOf, recordOf } from "../runs/testing";
import { buildProgram, initialWeights } from "../spec/program";
import { hashWeights } from "../training/weights-hash";
import { names } from "./names";
import type { SubmissionAnswer } from "./records";
import { parseReport } from "./report";
import { sendReport } from "./send-report";
import { submissionId } from "./submission";
import { pauseFor, type SubmitStep, submitRun } from "./submit";
import { createBoardEntrance } from "./testing/entrance";
import { placedEntry } from "./testing/placed";
import { createPlayer, type Player as TestPlayer } from "./testing/players";

const spec = experimentOf(1);
const weights = initialWeights(buildProgram(spec), 3);
let record: RunRecord;
let tester: TestPlayer;
const load = async () => ({ ...tester, player: tester.mark });
beforeAll(async () => {
  record = recordOf(spec, await hashWeights(weights));
  tester = await createPlayer();
});

const to = { board: "accuracy", name: null } as const;

type Answers = (request: Request) => Response | Error | Promise<Response> | undefined;

/** The page's half over the real entrance; `before` may answer in its place. */
function desk({ before = () => undefined, states = [] }: { before?: Answers; states?: object[] } = {}) {
  const entrance = createBoardEntrance();
  const steps: SubmitStep[] = [];
  const pauses: number[] = [];
  const requests: string[] = [];
  const abort = new AbortController();
  const left = [...states];
  async function fetch(input: string, init?: RequestInit): Promise<Response> {
    init?.signal?.throwIfAborted();
    const request = new Request(`http://localhost:3000${input}`, init);
    const { pathname, searchParams } = new URL(request.url);
    requests.push(`${request.method} ${pathname.replace(/[0-9a-f]{64}/, "<id>")}`);
    const early = await before(request);
    if (early instanceof Error) throw early;
    if (early !== undefined) return early;
    if (pathname === "/api/challenge") {
      const token = await entrance.token(searchParams.get("board") as "accuracy");
      return Response.json({ token, bits: 2, expiresAt: "2026-11-22T08:10:00.000Z" });
    }
    if (request.method === "POST" && pathname === "/api/submissions")
      return entrance.post(await request.arrayBuffer(), {
        "content-type": request.headers.get("content-type")!,
      });
    if (request.method === "POST") return entrance.report(pathname.split("/")[3]!, await request.text());
    const id = pathname.split("/").at(-1)!;
    return Response.json({ ...answer, id, ...(left.length > 1 ? left.shift() : left[0]) });
  }
  const options = {
    hear: (step: SubmitStep) => void steps.push(step),
    signal: abort.signal,
    fetch,
    load,
    pause: async (ms: number, signal: AbortSignal) => {
      signal.throwIfAborted();
      pauses.push(ms);
    },
  };
  return { entrance, steps, pauses, requests, abort, options };
}

const entry = placedEntry();
const answer: SubmissionAnswer = {
  ...{ id: entry.id, board: "accuracy", state: "received", entry: null, reason: null },
  ...{ progress: null, ahead: null },
};
const refusal = (status: number, code: string, headers: HeadersInit = {}, field?: string) =>
  Response.json({ error: { code, message: `It is ${code}.`, field } }, { status, headers });

describe("submitting a run", () => {
  test("goes through the real entrance, and is followed until it is replayed", async () => {
    const { entrance, options, steps, pauses } = desk({
      states: [
        { state: "scored", entry, ahead: 1 },
        { state: "replaying", entry, progress: 0.5 },
        { state: "replayed", entry },
      ],
    });
    const settled = await submitRun(record, weights, to, options);
    expect(settled).toMatchObject({ state: "replayed", entry: { rank: 1, score: entry.score } });
    const said = steps.map((step) => (step.step === "answered" ? step.answer.state : step.step));
    expect(said).toEqual(["preparing", "sending", "received", "scored", "replaying", "replayed"]);
    expect(pauses[0]).toBe(500);
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(await entrance.kept(names.submission(settled.id).replace(/[^/]+$/, ""))).toEqual([
      names.submission(settled.id),
    ]);
  });

  test("asks ever more seldom, and never less often than every five seconds", async () => {
    const waiting = Array.from({ length: 30 }, () => ({ state: "scored", entry, ahead: 3 }));
    const { options, pauses } = desk({ states: [...waiting, { state: "evaluated", entry }] });
    await submitRun(record, weights, to, options);
    expect([pauses[0], pauses.at(-1)]).toEqual([500, 5000]);
  });

  test("sends the same again after a busy server and a network that failed, and becomes one entry", async () => {
    const bodies: string[] = [];
    const troubles = [
      () => refusal(503, "store_unavailable", { "Retry-After": "7" }),
      () => new TypeError("fetch failed"),
      () => refusal(429, "too_many", { "Retry-After": "60" }),
    ];
    const { entrance, options, steps, pauses } = desk({
      states: [{ state: "evaluated", entry }],
      async before(request) {
        if (request.method !== "POST") return undefined as never;
        bodies.push(await readSubmission(request.clone()));
        return troubles.shift()?.() as never;
      },
    });
    const settled = await submitRun(record, weights, to, options);
    expect(pauses.slice(0, 3)).toEqual([7000, 2000, 60_000]);
    expect(steps.flatMap((step) => (step.step === "waiting" ? step.why : []))).toEqual([
      "It is store_unavailable.",
      "The server could not be reached: check the connection, then try again.",
      "It is too_many.",
    ]);
    expect(bodies).toHaveLength(4);
    expect(new Set(bodies).size).toBe(1);
    expect(await entrance.kept(names.submission("").replace(".json", ""))).toEqual([
      names.submission(settled.id),
    ]);
  });

  test("an answer that was lost on its way is the same entry, sent again", async () => {
    let lost = 0;
    const shop = desk({ states: [{ state: "replayed", entry }] });
    const { fetch } = shop.options;
    const settled = await submitRun(record, weights, to, {
      ...shop.options,
      async fetch(input, init) {
        const response = await fetch(input, init);
        if (input === "/api/submissions" && lost++ === 0) throw new TypeError("connection reset");
        return response;
      },
    });
    expect(lost).toBe(2);
    expect(await shop.entrance.kept(names.submission("").replace(".json", ""))).toEqual([
      names.submission(settled.id),
    ]);
  });

  test("takes another token where waiting outlasted the first", async () => {
    let expired = false;
    const { options, requests } = desk({
      states: [{ state: "evaluated", entry }],
      before(request) {
        if (request.method !== "POST" || expired) return undefined;
        expired = true;
        return refusal(422, "token_expired");
      },
    });
    await submitRun(record, weights, to, options);
    expect(requests.filter((asked) => asked === "GET /api/challenge")).toHaveLength(2);
  });

  test.each([
    [409, "copied"],
    [422, "disqualified"],
    [403, "wrong_signature"],
    [500, "internal"],
  ])("a refusal with %i is not tried again and is in the server's words", async (status, code) => {
    const { options, requests } = desk({
      before: (request) => (request.method === "POST" ? refusal(status, code) : undefined),
    });
    const failed = submitRun(record, weights, to, options);
    await expect(failed).rejects.toThrow(`It is ${code}.`);
    await expect(failed).rejects.toBeInstanceOf(ApiError);
    expect(requests.filter((asked) => asked.startsWith("POST"))).toHaveLength(1);
  });

  test("waits for no hour, and not for ever", async () => {
    const hour = desk({ before: () => refusal(429, "too_many", { "Retry-After": "3600" }) });
    await expect(submitRun(record, weights, to, hour.options)).rejects.toThrow("It is too_many.");
    expect(hour.pauses).toEqual([]);
    const down = desk({ before: () => new TypeError("fetch failed") });
    await expect(submitRun(record, weights, to, down.options)).rejects.toThrow("could not be reached");
    expect(down.requests.length).toBeLessThan(10);
  });

  test("a state that does not come some times is asked for again", async () => {
    let asked = 0;
    const { options } = desk({
      states: [{ state: "replayed", entry }],
      before(request) {
        if (!request.url.includes("/api/submissions/")) return undefined;
        asked += 1;
        return asked < 5 ? refusal(503, "store_unavailable") : undefined;
      },
    });
    expect((await submitRun(record, weights, to, options)).state).toBe("replayed");
  });

  test("names the field of a name that is refused", async () => {
    const { options } = desk();
    const failed = submitRun(record, weights, { board: "accuracy", name: "x" }, options);
    await expect(failed).rejects.toMatchObject({ status: 422, field: "player.name" });
  });

  test("sends nothing where the weights are another run's", async () => {
    const others = initialWeights(buildProgram(spec), 4);
    const { options, requests } = desk();
    await expect(submitRun(record, others, to, options)).rejects.toThrow("train it again to submit it.");
    expect(requests).toEqual([]);
  });

  test.each(["GET /api/challenge", "POST /api/submissions", "GET /api/submissions/<id>"])(
    "aborted at %s it ends there",
    async (at) => {
      const { options, requests, abort } = desk({
        states: [{ state: "scored", entry, ahead: 1 }],
        before(request) {
          const path = new URL(request.url).pathname.replace(/[0-9a-f]{64}/, "<id>");
          if (`${request.method} ${path}` === at) abort.abort(new Error("The person left."));
          return undefined;
        },
      });
      await expect(submitRun(record, weights, to, options)).rejects.toThrow("The person left.");
      expect(requests.at(-1)).toBe(at);
    },
  );

  test("a pause ends with its signal", async () => {
    const abort = new AbortController();
    const paused = pauseFor(60_000, abort.signal);
    abort.abort(new Error("The person left."));
    await expect(paused).rejects.toThrow("The person left.");
    await expect(pauseFor(1, abort.signal)).rejects.toThrow("The person left.");
  });
});

test("a report is taken by the real entrance, signed by the player", async () => {
  const { entrance, options } = desk();
  const id = await submissionId("accuracy", tester.mark, "0".repeat(64));
  const sent: string[] = [];
  const { fetch } = options;
  const said = { reason: "cheating", note: "It reads\neverything." } as const;
  const reporting = sendReport({ id, board: "accuracy" }, said, {
    ...options,
    async fetch(input, init) {
      if (init?.method === "POST") sent.push(init.body as string);
      return fetch(input, init);
    },
  });
  await expect(reporting).rejects.toThrow(`There is no submission ${id}.`);
  expect(parseReport(JSON.parse(sent[0]!))).toMatchObject(said);

  const run = await submitRun(record, weights, to, {
    ...options,
    async fetch(input, init) {
      return input.startsWith("/api/submissions/")
        ? Response.json({ ...answer, id: input.split("/").at(-1), state: "evaluated", entry })
        : fetch(input, init);
    },
  });
  await sendReport(run, said, options);
  expect(await entrance.kept(names.reports(run.id))).toEqual([names.report(run.id, tester.mark)]);
});

/** What is the same in a request that is sent again: all but the form's boundary. */
async function readSubmission(request: Request): Promise<string> {
  const form = await request.formData();
  return JSON.stringify(
    await Promise.all([...form].map(async ([name, part]) => [name, await (part as File).text()])),
  );
}
