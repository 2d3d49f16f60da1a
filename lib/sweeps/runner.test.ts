import { describe, expect, test } from "vitest";
import type { ExperimentSpec } from "../spec/experiment";
import { trained } from "../training/testing";
import { bestOf, cellsOf } from "./cells";
import { axisOf, learningRateSweep, optimizerSweep } from "./common";
import { SweepHalt, SweepRunner, type SweepTrainer } from "./runner";
import type { CellResult, SearchSweep, SweepSpec } from "./sweep";
import { createTrainer, findings, SweepRecorder, tiny, withEpochs } from "./testing";

async function run(sweep: SweepSpec, results: readonly CellResult[] = [], lanes = 1) {
  const trainers = Array.from({ length: lanes }, createTrainer);
  const recorder = new SweepRecorder();
  await new SweepRunner(sweep, results, trainers, "wasm", recorder).run();
  return { recorder, calls: trainers.flatMap(({ calls }) => calls), found: findings(recorder.results) };
}

/** Without a softmax nothing keeps its outputs, and so its gradients, small; linear units cannot fall silent. */
const unbounded: ExperimentSpec = {
  ...tiny,
  layers: [
    { kind: "flatten" },
    { kind: "dense", units: 12, activation: "linear" },
    { kind: "dense", units: 10, activation: "linear" },
  ],
  loss: "meanSquaredError",
  optimizer: { kind: "sgd", learningRate: 0.1, momentum: 0, nesterov: false },
};

describe("a grid", () => {
  test("trains every cell and scores it by its last epoch's validation", async () => {
    const sweep = optimizerSweep(tiny);
    const { recorder } = await run(sweep);
    expect(recorder.results.map(({ id }) => id)).toEqual(["0", "1", "2", "3"]);
    const alone = await trained(cellsOf(sweep)[0]!.spec!);
    const last = alone.recorder.all("epoch").at(-1)!.record;
    expect(recorder.results[0]!.score).toBeCloseTo(last.valAccuracy!, 1);
    for (const { score, epochs, failure, elapsedMs } of recorder.results) {
      expect(score).toBeGreaterThan(0);
      expect({ epochs, failure }).toEqual({ epochs: 2, failure: null });
      expect(elapsedMs).toBeGreaterThan(0);
    }
    expect(recorder.epochs.slice(0, 3)).toEqual(["SGD 1 wasm", "SGD 2 wasm", "Adam 1 wasm"]);
  });

  test("scores by the training accuracy where nothing is kept for validation", async () => {
    const bare = { ...tiny, validation: { ...tiny.validation, split: 0 } };
    const { recorder } = await run(learningRateSweep(bare, [0.01]));
    expect(recorder.results[0]).toMatchObject({ valLoss: null, failure: null });
    expect(recorder.results[0]!.score).toBeGreaterThan(0.3);
  });

  test("goes on past a cell that is not allowed and one that diverges: both score 0 with their reason", async () => {
    const { recorder, calls } = await run(learningRateSweep(unbounded, [1e6, 10, 0.1]));
    const [refused, diverged, fine] = recorder.results;
    expect(refused).toMatchObject({
      score: 0,
      epochs: 0,
      failure: "optimizer.learningRate is 1000000; it must be a number from 1e-7 to 10.",
    });
    expect(diverged).toMatchObject({ score: 0, valLoss: null });
    expect(diverged!.failure).toMatch(/^The loss became (NaN|Infinity) at step \d+ of epoch 1/);
    expect(fine!.failure).toBeNull();
    expect(fine!.score).toBeGreaterThan(0.3);
    expect(bestOf(recorder.results)).toBe(fine);
    expect(calls.filter((call) => call.startsWith("load"))).toEqual(["load 10 2", "load 0.1 2"]);
  });

  test("does not train again what has a result", async () => {
    const sweep = learningRateSweep(tiny, [0.1, 0.01, 0.001]);
    const whole = await run(sweep);
    const rest = await run(sweep, whole.recorder.results.slice(0, 2));
    expect(rest.calls).toEqual(["load 0.001 2", "train"]);
    expect(rest.found).toEqual(findings(whole.recorder.results.slice(2)));
    expect((await run(sweep, whole.recorder.results)).calls).toEqual([]);
  });

  test("comes to the same in two trainers side by side", async () => {
    const sweep = learningRateSweep(tiny, [0.1, 1e6, 0.01, 0.001, 0.0001]);
    expect((await run(sweep, [], 2)).found).toEqual((await run(sweep)).found);
  });

  test("rests between batches, and comes to the same", async () => {
    const sweep = learningRateSweep(withEpochs(tiny, 30), [0.01, 0.001]);
    const undisturbed = await run(sweep);
    const recorder = new SweepRecorder();
    const runner = new SweepRunner(sweep, [], [createTrainer()], "wasm", recorder);
    runner.pause();
    const over = runner.run();
    await new Promise((done) => setTimeout(done, 50));
    expect(recorder.progress).toEqual([]);
    runner.resume();
    while (recorder.epochs.length < 3) await new Promise((done) => setTimeout(done, 1));
    runner.pause();
    await new Promise((done) => setTimeout(done, 100));
    const rested = recorder.epochs.length;
    expect(rested).toBeLessThan(30);
    await new Promise((done) => setTimeout(done, 100));
    expect(recorder.epochs).toHaveLength(rested);
    runner.resume();
    await over;
    expect(findings(recorder.results)).toEqual(undisturbed.found);
  });

  test("tells what is under way: cell, epoch, step, and how long it will take", async () => {
    const { recorder } = await run(learningRateSweep(withEpochs(tiny, 40), [0.001]));
    const told = recorder.progress.flat();
    expect(told[0]).toMatchObject({ cell: { label: "0.001" }, epoch: 0, share: 0, etaMs: null });
    const inside = told.find(({ epoch }) => epoch > 1)!;
    expect(inside).toMatchObject({ epochs: 40, steps: 10 });
    expect(inside.etaMs).toBeGreaterThan(0);
    expect(inside.score).toBeGreaterThan(0);
    expect(inside.share).toBeCloseTo((inside.epoch - 1 + inside.step / 10) / 40, 1);
    expect(recorder.progress.at(-1)).toEqual([]);
  });
});

test("a run that early stopping takes back to its best epoch is scored by that epoch", async () => {
  const stopping = { kind: "earlyStopping", monitor: "valLoss", patience: 2, minDelta: 0 } as const;
  const restless: ExperimentSpec = {
    ...withEpochs(tiny, 40),
    callbacks: [{ ...stopping, restoreBestWeights: true }],
  };
  const { recorder } = await run(learningRateSweep(restless, [0.05]));
  const [result] = recorder.results;
  const losses = (await trained(cellsOf(learningRateSweep(restless, [0.05]))[0]!.spec!)).recorder
    .all("epoch")
    .map(({ record }) => record.valLoss!);
  expect(result!.epochs).toBeLessThan(40);
  expect(result!.valLoss).toBeCloseTo(Math.min(...losses), 2);
  expect(result!.valLoss).toBeLessThan(losses.at(-1)!);
});

const search: SearchSweep = {
  kind: "search",
  title: "Search",
  base: tiny,
  ranges: [
    {
      field: "optimizer.learningRate",
      label: "Learning rate",
      min: 1e-4,
      max: 0.1,
      integer: false,
      logarithmic: true,
    },
    {
      field: "layers[1].units",
      label: "Units of layer 2",
      min: 4,
      max: 32,
      integer: true,
      logarithmic: true,
    },
  ],
  trials: 6,
  minEpochs: 1,
  maxEpochs: 9,
  keepOneIn: 3,
  seed: 7,
};

describe("a search", () => {
  test("trains all a little, then the better ones on, and names the best", async () => {
    const { recorder } = await run(search);
    const rounds = ["0", "1", "2"].map((round) =>
      recorder.results.filter(({ id }) => id.split(".")[1] === round),
    );
    expect(rounds.map((round) => round.map(({ epochs }) => epochs))).toEqual([
      [1, 1, 1, 1, 1, 1],
      [3, 3],
      [9],
    ]);
    const trialOf = ({ id }: CellResult) => id.split(".")[0];
    const ranked = rounds[0]!.toSorted((a, b) => b.score - a.score || a.valLoss! - b.valLoss!);
    expect(rounds[1]!.map(trialOf).sort()).toEqual(ranked.slice(0, 2).map(trialOf).sort());
    expect(bestOf(recorder.results)!.score).toBeGreaterThan(0.6);
  });

  test("goes on where the trainer still has the run, and comes to the same as from the beginning", async () => {
    const { recorder, calls, found } = await run(search);
    const goneOn = calls.filter((call) => call.startsWith("continue"));
    expect(goneOn).toContain("continue 6");
    const cells = cellsOf(search, recorder.results).filter(({ place }) => place[1]! > 0);
    for (const { id, spec } of cells) {
      const anew = await run({
        kind: "grid",
        title: "Alone",
        base: spec!,
        axes: [axisOf(spec!, "seed", [1])],
      });
      expect({ ...anew.found["0"], id }).toEqual(found[id]);
    }
  });

  test("begins anew where more epochs change the earlier ones", async () => {
    const schedule = {
      kind: "learningRateSchedule",
      schedule: "cosine",
      warmupEpochs: 0,
      finalShare: 0.01,
    } as const;
    const { calls } = await run({ ...search, base: { ...tiny, callbacks: [schedule] } });
    expect(calls.filter((call) => call.startsWith("continue"))).toEqual([]);
  });

  test("that was broken off anywhere ends as if it had not been, in one trainer or two", async () => {
    const { recorder, found } = await run(search);
    for (const [done, lanes] of [
      [0, 2],
      [3, 1],
      [6, 2],
      [7, 1],
    ] as const) {
      const kept = recorder.results.slice(0, done);
      const rest = await run(search, kept, lanes);
      expect({ ...findings(kept), ...rest.found }).toEqual(found);
    }
  });
});

describe("what is no experiment's fault", () => {
  const failing = (code: "data" | "engine"): SweepTrainer => {
    let send: Parameters<SweepTrainer["load"]>[2];
    return {
      ...createTrainer(),
      async load(_spec, _engine, onEvents) {
        send = onEvents;
      },
      async train() {
        const failure = { code, message: "The images did not come.", advice: "", epoch: 1, resumable: false };
        send([
          { type: "failed", failure },
          { type: "state", state: "failed" },
        ]);
      },
    };
  };

  test("ends the sweep, and nothing is scored", async () => {
    const recorder = new SweepRecorder();
    const runner = new SweepRunner(learningRateSweep(tiny), [], [failing("data")], "wasm", recorder);
    await expect(runner.run()).rejects.toThrow(new SweepHalt("The images did not come."));
    expect(recorder.results).toEqual([]);
  });

  test("is told from a network that no engine can train, which scores 0", async () => {
    const recorder = new SweepRecorder();
    await new SweepRunner(learningRateSweep(tiny), [], [failing("engine")], "wasm", recorder).run();
    expect(recorder.results.map(({ score, failure }) => [score, failure])).toEqual(
      [1, 2, 3, 4].map(() => [0, "The images did not come."]),
    );
  });

  test("is also a worker that dies", async () => {
    const dead: SweepTrainer = {
      ...createTrainer(),
      train: () => Promise.reject(new Error("The worker stopped.")),
    };
    const runner = new SweepRunner(learningRateSweep(tiny), [], [dead], "wasm", new SweepRecorder());
    await expect(runner.run()).rejects.toThrow("The worker stopped.");
  });
});
