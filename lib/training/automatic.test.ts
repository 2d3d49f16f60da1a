// "Auto" in mid-run, with our own engine in the place of the GPUs too (a run that moves must end in the bits of one
// that does not) and a clock that says how fast each is.
import { expect, test } from "vitest";
import { DataError, type DatasetSource } from "../datasets/source";
import { mnistFromDisk } from "../datasets/testing";
import {
  type Alternative,
  type Engine,
  type EngineId,
  EngineLostError,
  type EngineReport,
} from "../engines/engine";
import { createTfjsEngine } from "../engines/tfjs/engine";
import { wasmFromDisk } from "../engines/wasm/testing";
import type { ExperimentSpec } from "../spec/experiment";
import { create, type Recorder, small, trained } from "./testing";
import type { TrainerParts } from "./trainer";

/** Sixty epochs of five small steps, with all that depends on the step's number: on the fake clock half a minute on the engine that "auto" starts on. */
const long: ExperimentSpec = {
  ...small,
  dataset: { id: "mnist", classes: null, trainLimit: 40 },
  augmentation: [{ kind: "shift", pixels: 2 }],
  layers: [
    { kind: "flatten" },
    { kind: "dropout", rate: 0.1 },
    { kind: "dense", units: 10, activation: "softmax" },
  ],
  validation: { split: 0, from: "first" },
  training: { epochs: 60, batchSize: 8, shuffle: true },
  callbacks: [{ kind: "learningRateSchedule", schedule: "cosine", warmupEpochs: 0, finalShare: 0.1 }],
};
const OWN_MS = 100;

interface Gpu {
  id: EngineId;
  msPerStep: number;
  /** Our own engine where left out. */
  open?: () => Promise<Engine>;
  /** Why its check fails. */
  wrong?: string;
  /** Goes away at this step since it was started. */
  lostAt?: number;
  /** Keeps its download waiting. */
  download?: Promise<void>;
}

/** A trainer whose "auto" starts on an engine of 100 ms a step and knows of these GPUs. */
function device(gpus: Gpu[], parts: Partial<TrainerParts> = {}) {
  let time = 0;
  const log: string[] = [];
  const timed = async ({ id, msPerStep, open = wasmFromDisk, lostAt = Number.POSITIVE_INFINITY }: Gpu) => {
    const engine = await open();
    const { train, dispose } = engine;
    let steps = 0;
    engine.train = async (rows, batchSize, rates) => {
      if (steps + rates.length > lostAt) throw new EngineLostError("driver reset");
      steps += rates.length;
      time += msPerStep * rates.length;
      // Trials run beside the run, on the clock on the wall: they are given the time to.
      if (id === "wasm") await new Promise((done) => setTimeout(done, 3));
      return train.call(engine, rows, batchSize, rates);
    };
    engine.dispose = () => {
      log.push(`dispose ${id}`);
      dispose.call(engine);
    };
    log.push(`start ${id}`);
    return Object.defineProperty(engine, "info", { value: { id, name: id, device: `device of ${id}` } });
  };
  const report = (id: EngineId): EngineReport => ({
    id,
    name: id,
    available: true,
    reason: "there",
    samplesPerSecond: null,
  });
  const alternatives = gpus.map(
    (gpu): Alternative => ({
      id: gpu.id,
      async start() {
        log.push(`download ${gpu.id}`);
        await gpu.download;
        return gpu.wrong ?? timed(gpu);
      },
    }),
  );
  const created = create({
    selectEngine: async (choice) => {
      const gpu = gpus.find(({ id }) => id === choice);
      const reports = [report("wasm"), ...gpus.map(({ id }) => report(id))];
      if (gpu !== undefined) return { engine: await timed(gpu), reports, alternatives: [] };
      return {
        engine: await timed({ id: "wasm", msPerStep: OWN_MS }),
        reports,
        alternatives: choice === "auto" ? alternatives : [],
      };
    },
    now: () => time,
    ...parts,
  });
  return { ...created, log };
}

async function run(trained: ReturnType<typeof device>, spec = long, choice: EngineId | "auto" = "auto") {
  await trained.trainer.load(spec, choice, trained.recorder.send);
  await trained.trainer.train();
  return trained;
}

const engines = (recorder: Recorder) => recorder.all("engine").map(({ engine }) => engine.id);
const lastReports = (recorder: Recorder) => recorder.all("engine").at(-1)!.reports;
/** Each step's loss, as the page draws it: a step that is told again takes the place of what it was. */
function losses(recorder: Recorder): number[] {
  const all: number[] = [];
  for (const event of recorder.all("batches")) all.splice(event.step, all.length, ...event.losses);
  return all;
}
const history = (recorder: Recorder) =>
  recorder.all("epoch").map(({ record: { elapsedMs, msPerStep, ...rest } }) => rest);

const unbroken = trained(long, {
  selectEngine: async () => ({ engine: await wasmFromDisk(), reports: [], alternatives: [] }),
});

test("a faster GPU takes over in mid-run, and the history goes on with the losses of an unbroken run", async () => {
  const { trainer, recorder, log } = await run(device([{ id: "tfjs-webgpu", msPerStep: 10 }]));
  const straight = await unbroken;
  expect(engines(recorder)).toEqual(["wasm", "tfjs-webgpu"]);
  const at = recorder.events.findLastIndex(({ type }) => type === "engine");
  const before = recorder.events.slice(0, at).filter(({ type }) => type === "epoch").length;
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(60);
  expect(losses(recorder)).toEqual(losses(straight.recorder));
  expect(history(recorder)).toEqual(history(straight.recorder));
  expect(recorder.all("hashed")).toEqual(straight.recorder.all("hashed"));
  expect(await trainer.snapshot()).toEqual(await straight.trainer.snapshot());
  expect((await trainer.predictTest([1, 2])).labels).toHaveLength(2);
  // Tried, let go of, started again for good; only then was the former one let go of.
  expect(log.filter((entry) => !entry.startsWith("download"))).toEqual([
    "start wasm",
    "start tfjs-webgpu",
    "dispose tfjs-webgpu",
    "start tfjs-webgpu",
    "dispose wasm",
  ]);
});

test("a run moves to TensorFlow.js, and back where that goes away, with the losses of an unbroken one", async () => {
  const open = () => createTfjsEngine("tfjs-wasm", "test");
  (await open()).dispose();
  const gpu = { id: "tfjs-webgpu", msPerStep: 10, open, lostAt: 123 } as const;
  const { recorder } = await run(device([gpu]));
  expect(engines(recorder)).toEqual(["wasm", "tfjs-webgpu", "wasm"]);
  const [moved, straight] = [losses(recorder), losses((await unbroken).recorder)];
  expect(moved).toHaveLength(straight.length);
  // Not the same bits: another order of sums.
  for (const [step, loss] of moved.entries()) expect(loss / straight[step]!, `${step}`).toBeCloseTo(1, 3);
});

test("what each engine does in a second is measured on the experiment and told", async () => {
  const { recorder } = await run(
    device([
      { id: "tfjs-webgpu", msPerStep: 10 },
      { id: "tfjs-webgl", msPerStep: 20 },
    ]),
  );
  const reports = lastReports(recorder);
  expect(reports.map(({ id }) => id)).toEqual(["wasm", "tfjs-webgpu", "tfjs-webgl"]);
  for (const [i, expected] of [80, 800, 400].entries())
    expect(reports[i]!.samplesPerSecond).toBeCloseTo(expected, 6);
  expect(reports[1]!.reason).toBe("device of tfjs-webgpu");
});

test("a GPU that is not clearly faster is let go of, and the run stays where it is", async () => {
  const { recorder, log } = await run(device([{ id: "tfjs-webgl", msPerStep: 90 }]));
  expect(engines(recorder)).toEqual(["wasm", "wasm"]);
  expect(lastReports(recorder)[1]!.samplesPerSecond).toBeCloseTo(8000 / 90, 6);
  expect(log).toEqual(["start wasm", "download tfjs-webgl", "start tfjs-webgl", "dispose tfjs-webgl"]);
  expect(losses(recorder)).toEqual(losses((await unbroken).recorder));
});

test("a GPU that fails its check, or its trial, is reported with the reason", async () => {
  const wrong = "device of tfjs-webgpu: its gradients are off by 9.9 % in a test step";
  const { recorder } = await run(
    device([
      { id: "tfjs-webgpu", msPerStep: 1, wrong },
      { id: "tfjs-webgl", msPerStep: 1, lostAt: 1 },
    ]),
  );
  expect(engines(recorder)).toEqual(["wasm", "wasm"]);
  expect(lastReports(recorder).slice(1)).toMatchObject([
    { available: false, reason: wrong, samplesPerSecond: null },
    {
      available: false,
      reason: "device of tfjs-webgl: it failed in a trial (driver reset)",
      samplesPerSecond: null,
    },
  ]);
  expect(recorder.states.at(-1)).toBe("done");
});

test("the next run of such a network starts on the winner at once, another network does not", async () => {
  const gpu = device([{ id: "tfjs-webgpu", msPerStep: 10 }]);
  const { trainer, recorder, log } = await run(gpu);
  recorder.events = [];
  log.length = 0;
  await trainer.load({ ...long, seed: 2, training: { ...long.training, epochs: 2 } }, "auto", recorder.send);
  await trainer.train();
  expect(engines(recorder)).toEqual(["tfjs-webgpu"]);
  expect(log).toEqual([]);
  expect(lastReports(recorder).map(({ samplesPerSecond }) => Math.round(samplesPerSecond!))).toEqual([
    80, 800,
  ]);

  recorder.events = [];
  const training = { ...long.training, batchSize: 10, epochs: 2 };
  await trainer.load({ ...long, training }, "auto", recorder.send);
  await trainer.train();
  expect(engines(recorder)).toEqual(["wasm"]);
  expect(log).toEqual(["dispose tfjs-webgpu", "start wasm"]);
});

test("a run that is over in a moment is not disturbed: nothing is downloaded", async () => {
  // Five epochs of five steps are 2.5 seconds.
  const spec = { ...long, training: { ...long.training, epochs: 5 } };
  const { recorder, log } = await run(device([{ id: "tfjs-webgpu", msPerStep: 1 }]), spec);
  expect(engines(recorder)).toEqual(["wasm"]);
  expect(log).toEqual(["start wasm"]);
});

test("nothing is tried where an engine was chosen", async () => {
  const { log } = await run(device([{ id: "tfjs-webgpu", msPerStep: 1 }]), long, "wasm");
  expect(log).toEqual(["start wasm"]);
});

test("a run that ends while a GPU is still being downloaded does not wait for it", async () => {
  let arrive = () => {};
  const download = new Promise<void>((done) => {
    arrive = done;
  });
  const { trainer, recorder, log } = await run(device([{ id: "tfjs-webgpu", msPerStep: 1, download }]));
  expect(recorder.states.at(-1)).toBe("done");
  expect(engines(recorder)).toEqual(["wasm"]);
  arrive();
  // A choice that needs another engine waits until the first one is out of the way.
  await trainer.load({ ...long, training: { ...long.training, epochs: 1 } }, "tfjs-webgpu", recorder.send);
  await trainer.train();
  expect(log).toEqual([
    "start wasm",
    "download tfjs-webgpu",
    "start tfjs-webgpu",
    "dispose tfjs-webgpu",
    "dispose wasm",
    "start tfjs-webgpu",
  ]);
});

test("a GPU that goes away in mid-run gives the run back, which goes on from its last state", async () => {
  const { trainer, recorder } = await run(device([{ id: "tfjs-webgpu", msPerStep: 10, lostAt: 123 }]));
  const straight = await unbroken;
  expect(engines(recorder)).toEqual(["wasm", "tfjs-webgpu", "wasm"]);
  expect(lastReports(recorder)[1]).toMatchObject({
    available: false,
    reason: "device of tfjs-webgpu: went away (driver reset)",
  });
  expect(losses(recorder)).toEqual(losses(straight.recorder));
  expect(history(recorder)).toEqual(history(straight.recorder));
  expect(await trainer.snapshot()).toEqual(await straight.trainer.snapshot());
  expect(recorder.states.at(-1)).toBe("done");
});

test("a chosen GPU that goes away ends the run, as there is nothing to go on from", async () => {
  const { recorder } = await run(
    device([{ id: "tfjs-webgpu", msPerStep: 10, lostAt: 100 }]),
    long,
    "tfjs-webgpu",
  );
  expect(recorder.all("failed")[0]!.failure.code).toBe("deviceLost");
});

test("a GPU that fails as the run is about to move there leaves the run where it is", async () => {
  let starts = 0;
  const open = async () => {
    const engine = await wasmFromDisk();
    if (++starts === 2)
      engine.compile = () => {
        throw new EngineLostError("out of memory");
      };
    return engine;
  };
  const { recorder, log } = await run(device([{ id: "tfjs-webgpu", msPerStep: 10, open }]));
  expect(starts).toBe(2);
  expect(engines(recorder)).toEqual(["wasm", "wasm"]);
  expect(lastReports(recorder)[1]!.reason).toBe(
    "device of tfjs-webgpu: it failed in a trial (out of memory)",
  );
  expect(log.at(-1)).toBe("dispose tfjs-webgpu");
  expect(losses(recorder)).toEqual(losses((await unbroken).recorder));
});

test("where the images cannot be had a second time, the run stays where it is", async () => {
  const source = mnistFromDisk();
  let reads = 0;
  const once: DatasetSource = {
    ...source,
    async images(split, shard) {
      if (split === "train" && reads++ > 0) throw new DataError("Training shard 0 could not be loaded: 404.");
      return source.images(split, shard);
    },
  };
  const { recorder, log } = await run(
    device([{ id: "tfjs-webgpu", msPerStep: 1 }], { openDataset: () => once }),
  );
  expect(lastReports(recorder)[1]!.reason).toBe(
    "device of tfjs-webgpu: it failed in a trial (Training shard 0 could not be loaded: 404.)",
  );
  expect(engines(recorder)).toEqual(["wasm", "wasm"]);
  expect(log.at(-1)).toBe("dispose tfjs-webgpu");
  expect(recorder.states.at(-1)).toBe("done");
});
