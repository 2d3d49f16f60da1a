import { describe, expect, test } from "vitest";
import { wasmFromDisk } from "../engines/wasm/testing";
import type { ExperimentSpec } from "../spec/experiment";
import { buildProgram, initialWeights } from "../spec/program";
import { Moments } from "./moments";
import { create, Recorder, small } from "./testing";

const BYTES = 4 * 100;
const weightsOf = (epoch: number) => [new Float32Array(60).fill(epoch), new Float32Array(40)];

/** What is held after so many epochs, whose weights take 400 bytes each. */
function momentsAfter(epochs: number, budgetBytes: number): Moments {
  const moments = new Moments(budgetBytes);
  for (let epoch = 1; epoch <= epochs; epoch++)
    if (moments.makeRoom(BYTES)) {
      // While these weights are read they are there too.
      expect(moments.held.bytes + BYTES).toBeLessThanOrEqual(budgetBytes);
      moments.add(epoch, weightsOf(epoch));
    }
  return moments;
}

const heldAfter = (epochs: number, most: number) => momentsAfter(epochs, most * BYTES).held.epochs;

describe("a budget", () => {
  test("that is large enough holds every epoch, and the first weights for nothing", () => {
    expect(momentsAfter(5, 5 * BYTES).held).toEqual({
      epochs: [0, 1, 2, 3, 4, 5],
      every: 1,
      bytes: 5 * BYTES,
      budgetBytes: 5 * BYTES,
    });
  });

  test("that is too small is kept to at every moment, thinned evenly, with the latest epoch", () => {
    expect(heldAfter(6, 5)).toEqual([0, 2, 4, 6]);
    expect(heldAfter(7, 5)).toEqual([0, 2, 4, 6, 7]);
    expect(heldAfter(50, 10)).toEqual([0, 8, 16, 24, 32, 40, 48, 50]);
    expect(heldAfter(1000, 5)).toEqual([0, 256, 512, 768, 1000]);
  });

  test("of one moment holds the latest, and of none nothing", () => {
    expect(heldAfter(7, 1)).toEqual([0, 7]);
    expect(heldAfter(7, 0.9)).toEqual([0]);
    const moments = new Moments(0);
    moments.add(1, weightsOf(1));
    expect(moments.held).toEqual({ epochs: [0], every: 1, bytes: 0, budgetBytes: 0 });
  });

  test("gives back the weights of what is held, and null for what is not", () => {
    const moments = momentsAfter(7, 5 * BYTES);
    expect(moments.at(4)).toEqual(weightsOf(4));
    expect(moments.at(5)).toBeNull();
    expect(moments.at(8)).toBeNull();
  });
});

/** 60 images, to be trained on for many epochs. */
const long: ExperimentSpec = {
  ...small,
  dataset: { ...small.dataset, trainLimit: 60 },
  training: { ...small.training, epochs: 50 },
};
const program = buildProgram(long);
const momentBytes = 4 * program.parameters;

describe("a run of 50 epochs", () => {
  async function run(spec: ExperimentSpec, momentsBytes?: number) {
    const engine = await wasmFromDisk();
    const { trainer, recorder } = create({
      selectEngine: async () => ({ engine, reports: [], alternatives: [] }),
    });
    await trainer.load(spec, "auto", recorder.send, { momentsBytes });
    return { trainer, recorder, engine };
  }

  test("stays within its budget while somebody scrubs through it, and each moment is its epoch's, to the bit", async () => {
    const budgetBytes = 8.5 * momentBytes;
    const { trainer, recorder, engine } = await run(long, budgetBytes);
    const read = engine.readWeights.bind(engine);
    engine.readWeights = async () => {
      const { bytes } = await trainer.moments();
      expect(bytes + momentBytes).toBeLessThanOrEqual(budgetBytes);
      return read();
    };
    let over = false;
    const training = trainer.train().then(() => {
      over = true;
    });
    await recorder.seen("begin");
    for (let asked = 0; !over; asked++) {
      const { epochs, bytes } = await trainer.moments();
      expect(bytes).toBeLessThanOrEqual(budgetBytes);
      expect((await trainer.momentAt(epochs[asked % epochs.length]!))!).toHaveLength(4);
      await new Promise((done) => setTimeout(done));
    }
    await training;
    const { epochs, bytes } = await trainer.moments();
    expect(epochs).toEqual([0, 8, 16, 24, 32, 40, 48, 50]);
    expect(bytes).toBe(7 * momentBytes);
    expect(await trainer.momentAt(0)).toEqual(initialWeights(program, long.seed));
    expect(await trainer.momentAt(50)).toEqual((await trainer.snapshot()).weights);

    const shorter = await run({ ...long, training: { ...long.training, epochs: 24 } });
    await shorter.trainer.train();
    expect(await trainer.momentAt(24)).toEqual((await shorter.trainer.snapshot()).weights);
    expect((await shorter.trainer.moments()).epochs).toEqual([0]);

    // The next run holds nothing of the former one.
    await trainer.load(long, "auto", new Recorder().send, { momentsBytes: budgetBytes });
    await expect(trainer.moments()).rejects.toThrow("Train first");
  });

  test("holds the same arrays for looking back and for restoring the best epoch", async () => {
    const callbacks: ExperimentSpec["callbacks"] = [{ kind: "modelCheckpoint", monitor: "loss" }];
    const spec = { ...long, callbacks, training: { ...long.training, epochs: 3 } };
    const { trainer, engine } = await run(spec, 10 * momentBytes);
    let reads = 0;
    const read = engine.readWeights.bind(engine);
    engine.readWeights = async () => {
      reads += 1;
      return read();
    };
    await trainer.train();
    expect((await trainer.moments()).epochs).toEqual([0, 1, 2, 3]);
    // One an epoch, and one for the hash at the end.
    expect(reads).toBe(4);
  });

  test("goes on with what it holds, after a broken-off epoch too", async () => {
    const { trainer } = await run({ ...long, training: { ...long.training, epochs: 2 } }, 10 * momentBytes);
    await trainer.train();
    await trainer.continueTraining(1);
    expect((await trainer.moments()).epochs).toEqual([0, 1, 2, 3]);
  });
});

test("before a run there are no moments", async () => {
  const { trainer } = create();
  await expect(trainer.moments()).rejects.toThrow("Train first");
  await expect(trainer.momentAt(0)).rejects.toThrow("Train first");
});
