// "Auto" in mid-run, with our own engine in the place of the GPUs too (a run that moves must end in the bits of one
// that does not) and a clock that says how fast each is.
import { expect, test } from "vitest";
import { DataError, type DatasetSource } from "../datasets/source";
import { mnistFromDisk } from "../datasets/testing";
import { type EngineId, EngineLostError } from "../engines/engine";
import { createTfjsEngine } from "../engines/tfjs/engine";
import { wasmFromDisk } from "../engines/wasm/testing";
import type { ExperimentSpec } from "../spec/experiment";
import { type Recorder, trained } from "./testing";
import { device, long } from "./testing/device";

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

test("weights that were put back are put back again where the GPU goes away before they are tested", async () => {
  // The best epoch by such large changes is not the last.
  const stopping = { monitor: "accuracy", patience: 100, minDelta: 0.1, restoreBestWeights: true } as const;
  const spec: ExperimentSpec = { ...long, callbacks: [{ kind: "earlyStopping", ...stopping }] };
  const open = async () => {
    const engine = await wasmFromDisk();
    const evaluate = engine.evaluate.bind(engine);
    engine.evaluate = async (split, rows) => {
      if (split === "test") throw new EngineLostError("driver reset");
      return evaluate(split, rows);
    };
    return engine;
  };
  const { recorder } = await run(device([{ id: "tfjs-webgpu", msPerStep: 10, open }]), spec);
  const straight = await trained(spec, {
    selectEngine: async () => ({ engine: await wasmFromDisk(), reports: [], alternatives: [] }),
  });
  expect(engines(recorder)).toEqual(["wasm", "tfjs-webgpu", "wasm"]);
  const { restoredEpoch } = recorder.all("completed")[0]!;
  expect(restoredEpoch).toBeLessThan(60);
  expect(restoredEpoch).toBe(straight.recorder.all("completed")[0]!.restoredEpoch);
  expect(recorder.all("hashed").at(-1)).toEqual(straight.recorder.all("hashed")[0]);
  expect(recorder.all("tested")).toEqual(straight.recorder.all("tested"));
});
