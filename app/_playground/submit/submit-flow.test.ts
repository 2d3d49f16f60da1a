import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError } from "@/lib/http";
import { boards } from "@/lib/leaderboard/find-board";
import type { SubmissionAnswer } from "@/lib/leaderboard/records";
import type { submitRun } from "@/lib/leaderboard/submit";
import { placedEntry } from "@/lib/leaderboard/testing/placed";
import { recordWith } from "@/lib/metrics/testing";
import { listWaiting, mayWait, takeOut } from "@/lib/offline/outbox";
import { UnreachableError } from "@/lib/runs/ask";
import { programOf } from "@/lib/store/spec";
import { boardChoices, whyNotTrainedAgain } from "./checks";
import { sendWaiting, startSubmitting, submissions, submittingOf } from "./submit-flow";

const record = recordWith({});
const to = { board: "accuracy", name: null } as const;
const readWeights = async () => [Float32Array.of(1)];
const entry = placedEntry();
const replayed: SubmissionAnswer = {
  id: entry.id,
  board: "accuracy",
  state: "replayed",
  entry,
  reason: null,
  progress: null,
  ahead: null,
};

beforeEach(() => {
  submissions.setState({}, true);
  vi.stubGlobal("indexedDB", new IDBFactory());
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});
const now = () => submittingOf(submissions.getState(), record, "accuracy");
const failing =
  (error: Error): typeof submitRun =>
  async () => {
    throw error;
  };

describe("a submission on its way", () => {
  test("is there for whoever looks, and once however often it is asked for", async () => {
    let times = 0;
    let finish = () => {};
    const submit: typeof submitRun = async (_record, _weights, _to, { hear }) => {
      times += 1;
      hear({ step: "sending", sizeBytes: 4 });
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      hear({ step: "answered", answer: replayed });
      return replayed;
    };
    const first = startSubmitting(record, to, { readWeights, submit });
    const second = startSubmitting(record, to, { readWeights, submit });
    await second;
    expect([times, now()?.step, now()?.over]).toEqual([1, { step: "sending", sizeBytes: 4 }, false]);
    finish();
    await first;
    expect(now()).toMatchObject({ step: null, answer: replayed, problem: null, over: true });
  });

  test("is of one run and one board", async () => {
    await startSubmitting(record, to, { readWeights, submit: async () => replayed });
    expect(submittingOf(submissions.getState(), record, "golf")).toBeNull();
    const longer = recordWith({}, { weightsHash: "f".repeat(64) });
    expect(submittingOf(submissions.getState(), longer, "accuracy")).toBeNull();
  });

  test("tells what will not help to try again, and a name that is refused, from the rest", async () => {
    const cases = [
      [new ApiError(409, "copied", "It is another's.", "weights"), { final: true, ofName: false }],
      [new ApiError(422, "disqualified", "It reads too few.", "weights"), { final: true, ofName: false }],
      [
        new ApiError(422, "invalid", "player.name has 1 character.", "player.name"),
        { final: false, ofName: true },
      ],
      [new ApiError(429, "too_many", "Too many.", undefined, 3600), { final: false, ofName: false }],
      [new Error("No connection."), { final: false, ofName: false }],
    ] as const;
    for (const [error, kind] of cases) {
      await startSubmitting(record, to, { readWeights, submit: failing(error) });
      const why = error.message.replace("player.name", "The name");
      expect(now()).toMatchObject({ over: true, problem: { why, ...kind } });
    }
  });

  test("can be tried again after it failed", async () => {
    await startSubmitting(record, to, { readWeights, submit: failing(new Error("No connection.")) });
    await startSubmitting(record, to, { readWeights, submit: async () => replayed });
    expect(now()?.problem).toBeNull();
  });

  test("needs a network that is still there", async () => {
    await startSubmitting(record, to, { readWeights: async () => null, submit: async () => replayed });
    expect(now()?.problem?.why).toBe("There is no trained network any more: train it again.");
  });
});

describe("a submission without a network", () => {
  const unreachable = failing(new UnreachableError("The server could not be reached."));
  /** The page was closed meanwhile: only what is kept remains. */
  const later = () => submissions.setState({}, true);

  test.each([
    ["there is none for certain", { isOnline: () => false, submit: failing(new Error("It was tried.")) }],
    ["nobody answers", { submit: unreachable }],
  ])("waits in this browser where %s", async (_, parts) => {
    await startSubmitting(record, { ...to, name: "Ada" }, { readWeights, ...parts });
    expect(now()).toMatchObject({ over: true, waits: true, problem: null });
    const [waiting, ...others] = await listWaiting();
    expect(waiting).toMatchObject({ board: "accuracy", name: "Ada", record, problem: null });
    expect(waiting!.weights).toEqual([Float32Array.of(1)]);
    expect(others).toEqual([]);
  });

  test("is kept from the first try on that fails, so that a page that is closed loses nothing", async () => {
    const submit: typeof submitRun = async (_record, _weights, _to, { hear }) => {
      hear({ step: "waiting", why: "The server could not be reached.", seconds: 1 });
      await vi.waitFor(async () => expect(await listWaiting()).toHaveLength(1));
      hear({ step: "answered", answer: replayed });
      return replayed;
    };
    await startSubmitting(record, to, { readWeights, submit });
    await vi.waitFor(async () => expect(await listWaiting()).toEqual([]));
    expect(now()).toMatchObject({ answer: replayed, waits: false });
  });

  test("is sent as it was when there is one again, and waits no more once the server has it", async () => {
    await startSubmitting(record, { ...to, name: "Ada" }, { readWeights, submit: unreachable });
    later();
    await sendWaiting({ submit: unreachable });
    expect(await listWaiting()).toHaveLength(1);
    later();
    const sent: unknown[] = [];
    await sendWaiting({
      async submit(sentRecord, weights, sentTo, { hear }) {
        sent.push(sentRecord, weights, sentTo);
        hear({ step: "answered", answer: replayed });
        return replayed;
      },
    });
    expect(sent).toEqual([record, [Float32Array.of(1)], { board: "accuracy", name: "Ada" }]);
    expect(now()).toMatchObject({ answer: replayed, waits: false });
    await vi.waitFor(async () => expect(await listWaiting()).toEqual([]));
    expect(mayWait()).toBe(false);
  });

  test("that the server does not take is kept with the reason, and is not sent by itself again", async () => {
    await startSubmitting(record, to, { readWeights, submit: unreachable });
    later();
    const refusal = new ApiError(409, "copied", "It is another's.", "weights");
    await sendWaiting({ submit: failing(refusal) });
    expect((await listWaiting()).map(({ problem }) => problem)).toEqual(["It is another's."]);
    later();
    await sendWaiting({ submit: failing(new Error("It was sent again.")) });
    expect(now()).toBeNull();
  });

  test("is no more once somebody took it out", async () => {
    await startSubmitting(record, to, { readWeights, submit: unreachable });
    for (const { id } of await listWaiting()) await takeOut(id);
    later();
    await sendWaiting({ submit: failing(new Error("It was sent.")) });
    expect(now()).toBeNull();
  });

  test("is a problem like any other where this browser can keep nothing", async () => {
    vi.stubGlobal("indexedDB", {
      open: () => {
        throw new Error("refused");
      },
    });
    await startSubmitting(record, to, { readWeights, submit: unreachable });
    expect(now()).toMatchObject({ waits: false, problem: { why: "The server could not be reached." } });
  });
});

describe("what is known before", () => {
  test("each board says why it does not take a run", () => {
    const [accuracy, golf, speedrun] = boardChoices(record);
    expect([accuracy!.id, accuracy!.refused]).toEqual(["accuracy", null]);
    expect([golf!.id, golf!.refused]).toEqual(["golf", null]);
    expect(speedrun!.refused).toBe("No epoch of the run reached 97 % of its validation images.");
    const wide = [
      { kind: "flatten" },
      { kind: "dense", units: 1400, activation: "relu" },
      { kind: "dense", units: 10, activation: "softmax" },
    ];
    const large = recordWith({ experiment: { ...record.experiment, layers: wide } as never });
    for (const { refused } of boardChoices(large)) expect(refused).toMatch(/has 1,1\d\d,\d{3} parameters/);
  });

  test("whether it will be trained again, and why not", () => {
    const steps = 1500;
    const history = record.history.map((epoch) => ({ ...epoch, steps }));
    const whole = recordWith({ steps, history });
    expect(whyNotTrainedAgain("accuracy", whole)).toBeNull();
    expect(whyNotTrainedAgain("accuracy", { ...whole, steps: steps + 1 })).toMatch(/stopped within an epoch/);
    const engine = { id: "webgpu", name: "WebGPU", device: "a card" };
    expect(whyNotTrainedAgain("accuracy", recordWith({ steps, history }, { engine }))).toMatch(/WebGPU/);
    const perEpoch = 3 * programOf(whole.experiment).macs * steps * 32;
    const epochs = 1 + Math.ceil(boards.accuracy.budget.replayMacs / perEpoch);
    const long = Array.from({ length: epochs }, (_, index) => ({ ...history[0]!, epoch: index + 1 }));
    const endless = recordWith({ steps: epochs * steps, history: long });
    expect(whyNotTrainedAgain("accuracy", endless)).toMatch(/longer than this server trains again/);
  });
});
