import { beforeEach, describe, expect, test } from "vitest";
import { ApiError } from "@/lib/http";
import { boards } from "@/lib/leaderboard/find-board";
import type { SubmissionAnswer } from "@/lib/leaderboard/records";
import type { submitRun } from "@/lib/leaderboard/submit";
import { placedEntry } from "@/lib/leaderboard/testing/placed";
import { recordWith } from "@/lib/metrics/testing";
import { programOf } from "@/lib/store/spec";
import { boardChoices, whyNotTrainedAgain } from "./checks";
import { startSubmitting, submissions, submittingOf } from "./submit-flow";

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

beforeEach(() => submissions.setState({}, true));
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
