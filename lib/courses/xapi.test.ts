// The page of a Tin Can package before a record store that keeps what it is sent, and the statements of embed-xapi.js.
import { afterEach, expect, test, vi } from "vitest";
import type { Course } from "./course";
import { elementAttributes } from "./html";
import { xapi } from "./standards/registry";
import { experimentCourse, lessonCourse, openPage } from "./testing";

interface Sent {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: {
    id: string;
    actor: object;
    verb: { id: string };
    object: { id: string };
    result?: { completion: boolean; success?: boolean; score: { scaled: number; raw: number } };
    context: object;
    timestamp: string;
  };
}

const launch = new URLSearchParams({
  endpoint: "https://store.example/xapi",
  auth: "Basic bGVhcm5lcjpzZWNyZXQ=",
  actor: JSON.stringify({
    name: ["Ada"],
    account: [{ accountServiceHomePage: "https://course.example", accountName: "7" }],
  }),
  registration: "6b3f6f7c-0d0c-4f5a-9d59-d5d3a1d1f5b1",
  activity_id: "https://course.example/activities/12",
});

async function begin(course: Course, search = `?${launch}`) {
  const sent: Sent[] = [];
  /** What the store answers, in turn; then 204 for ever. */
  const answers: number[] = [];
  const fetch = async (
    url: string,
    { body, ...options }: { method: string; headers: Sent["headers"]; body: string },
  ) => {
    const status = answers.shift() ?? 204;
    if (status === 0) throw new TypeError("Failed to fetch");
    sent.push({ url, ...options, body: JSON.parse(body) });
    return { ok: status < 300, status };
  };
  const page = await openPage({
    attributes: { ...elementAttributes(course), pass: String(course.pass) },
    data: xapi.data(course),
    scripts: ["embed-xapi.js", "course-xapi.js"],
    search,
    own: { fetch },
  });
  const arrived = (count: number) => vi.waitFor(() => expect(sent).toHaveLength(count));
  const verbs = () => sent.map(({ body }) => body.verb.id.split("/").at(-1));
  return { ...page, sent, answers, arrived, verbs };
}

afterEach(() => {
  vi.useRealTimers();
});

test("a run is told to the store of the launch address, by who was launched, of the activity that was", async () => {
  const { ready, finish, sent, arrived, verbs, said } = await begin(experimentCourse);
  ready();
  finish(0.97525);
  await arrived(2);
  expect(verbs()).toEqual(["initialized", "passed"]);
  const { method, url, headers, body } = sent[1]!;
  expect(url).toBe(`https://store.example/xapi/statements?statementId=${body.id}`);
  expect(body.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect({ method, headers }).toEqual({
    method: "PUT",
    headers: {
      Authorization: "Basic bGVhcm5lcjpzZWNyZXQ=",
      "Content-Type": "application/json",
      "X-Experience-API-Version": "1.0.3",
    },
  });
  expect(body).toMatchObject({
    actor: { objectType: "Agent", name: "Ada", account: { homePage: "https://course.example", name: "7" } },
    verb: { id: "http://adlnet.gov/expapi/verbs/passed" },
    object: { objectType: "Activity", id: "https://course.example/activities/12" },
    result: { completion: true, success: true, score: { scaled: 0.9753, raw: 97.53, min: 0, max: 100 } },
    context: {
      registration: "6b3f6f7c-0d0c-4f5a-9d59-d5d3a1d1f5b1",
      contextActivities: {
        other: [{ id: "https://descent.example/x/1~First.run~flatten_dense-10-softmax" }],
      },
    },
  });
  expect(Date.parse(body.timestamp)).toBeGreaterThan(0);
  await vi.waitFor(() => expect(said()).toBe("Recorded: 97.53 %, passed."));
});

test("a run below the mark is failed, and one without a test accuracy is nothing", async () => {
  const { finish, arrived, verbs, sent } = await begin(experimentCourse);
  finish(null);
  finish(0.5);
  await arrived(2);
  expect(verbs()).toEqual(["initialized", "failed"]);
  expect(sent[1]!.body.result).toMatchObject({ completion: true, success: false, score: { scaled: 0.5 } });
});

test("each check of a lesson is progress, said once, and the last one passes it", async () => {
  const { progress, finish, arrived, verbs, sent } = await begin(lessonCourse);
  progress([0, 2], [0, 1]);
  progress([1, 2], [0, 1]);
  progress([1, 2], [0, 1]);
  finish(0.99);
  progress([2, 2], [1, 1]);
  await arrived(3);
  expect(verbs()).toEqual(["initialized", "progressed", "passed"]);
  expect(sent.map(({ body }) => body.result?.score.scaled)).toEqual([undefined, 0.3333, 1]);
  expect(sent[1]!.body.result).toMatchObject({ completion: false });
  expect(sent[1]!.body.result).not.toHaveProperty("success");
});

test("leaving is told without waiting for the answer to what came before", async () => {
  const { leave, finish, arrived, verbs } = await begin(experimentCourse);
  await arrived(1);
  finish(0.97);
  leave();
  await vi.waitFor(() => expect(verbs()).toContain("terminated"));
  expect(verbs()).toContain("passed");
});

test("what the store does not take is sent again, in its order and under the same id", async () => {
  vi.useFakeTimers();
  const { finish, answers, sent, said, verbs } = await begin(experimentCourse);
  await vi.advanceTimersByTimeAsync(10);
  answers.push(0, 503, 409);
  finish(0.97);
  await vi.advanceTimersByTimeAsync(10);
  expect(said()).toBe("The record store did not take the result (Failed to fetch). It is sent again.");
  await vi.advanceTimersByTimeAsync(20_000);
  expect(said()).toContain("it answered 503");
  await vi.advanceTimersByTimeAsync(20_000);
  expect(said()).toBe("Recorded: 97 %, passed.");
  expect(verbs()).toEqual(["initialized", "passed", "passed"]);
  expect(sent[1]!.body).toEqual(sent[2]!.body);
});

test("a statement that is refused for what it says does not hold up the next one", async () => {
  const { finish, answers, arrived, verbs } = await begin(experimentCourse);
  await arrived(1);
  answers.push(400);
  finish(0.5);
  finish(0.97);
  await arrived(3);
  expect(verbs()).toEqual(["initialized", "failed", "passed"]);
});

test.each([
  ["no store", ""],
  ["a store and nobody", "?endpoint=https%3A%2F%2Fstore.example%2F"],
  ["somebody unreadable", "?endpoint=https%3A%2F%2Fstore.example%2F&actor=%7B"],
])("an address with %s records nothing, and says so", async (_, search) => {
  const { finish, said, sent } = await begin(experimentCourse, search);
  finish(0.97);
  expect(said()).toBe("No record store is named in this page's address: nothing is recorded.");
  expect(sent).toEqual([]);
});

test("without a mark of its own, a playground's statements say completed and not whether it was enough", async () => {
  const { document, ready, finish } = await openPage({
    attributes: { experiment: "1~First.run~flatten_dense-10-softmax" },
    scripts: ["embed-xapi.js"],
  });
  const heard: object[] = [];
  document.addEventListener("descent-statement", (event) => heard.push((event as CustomEvent).detail));
  ready();
  finish(0.25);
  expect(heard).toEqual([
    {
      verb: { id: "http://adlnet.gov/expapi/verbs/completed", display: { en: "completed" } },
      object: {
        objectType: "Activity",
        id: "https://descent.example/x/1~First.run~flatten_dense-10-softmax",
        definition: { type: "http://adlnet.gov/expapi/activities/simulation", name: { en: "First run" } },
      },
      result: { completion: true, score: { scaled: 0.25, raw: 25, min: 0, max: 100 } },
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    },
  ]);
});
