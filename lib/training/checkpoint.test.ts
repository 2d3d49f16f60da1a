import fc from "fast-check";
import { expect, test } from "vitest";
import { sizeOf } from "../spec/ops";
import { buildProgram, initialWeights } from "../spec/program";
import { type Checkpoint, encodeCheckpoint, seal } from "./checkpoint";
import { newestOf, parseCheckpoint } from "./checkpoint-reader";
import { small } from "./testing";

const program = buildProgram(small);
const weights = initialWeights(program, 7);
const slot = (value: number) =>
  program.weights.map(({ shape, trainable }) => new Float32Array(trainable ? sizeOf(shape) : 0).fill(value));
const record = {
  ...{ epoch: 1, steps: 10, loss: 0.1 + 0.2, accuracy: 0.75, valLoss: 1 / 3, valAccuracy: 0.5 },
  ...{ elapsedMs: 12.5, msPerStep: 1.25 },
};
const series = { steps: 14, stride: 8, means: [2.25, 0.1 + 0.2] };
const checkpoint: Checkpoint = {
  ...{
    id: "a-run",
    place: "/lessons/first",
    title: "A run",
    forkedFrom: "ab".repeat(32),
    number: 3,
    savedAt: 1.7e12,
  },
  ...{ spec: small, choice: "auto", holdOut: true, loss: series, accuracy: series },
  at: {
    ...{ target: 3, batch: 4, step: 14, elapsedMs: 1234.5, epochMs: 1.5, trainMs: 0.25 },
    sums: { loss: Math.PI, correct: 17, count: 128 },
    history: [record],
    kept: [[1, initialWeights(program, 8)]],
  },
  story: [
    { type: "samples", counts: { train: 320, validation: 80, test: 10000 }, stepsPerEpoch: 10 },
    { type: "engine", engine: { id: "wasm", name: "WebAssembly SIMD", device: "…" }, reports: [] },
    { type: "before", loss: 2.3, accuracy: 0.1 },
    { type: "begin", from: 0, to: 3 },
    { type: "epoch", record },
    { type: "resumed", epoch: 2, step: 1 },
  ],
  state: { weights, slots: [slot(Number.NaN), slot(-0)], step: 14 },
};

test("what is written is read again, to the bit", () => {
  expect(parseCheckpoint(encodeCheckpoint(checkpoint))).toEqual(checkpoint);
});

test("a loss that has overflowed comes back as no number", () => {
  const story = [
    ...checkpoint.story,
    { type: "before", loss: Number.POSITIVE_INFINITY, accuracy: 0 } as const,
  ];
  const { story: read } = parseCheckpoint(encodeCheckpoint({ ...checkpoint, story }));
  expect(read.at(-1)).toEqual({ type: "before", loss: Number.NaN, accuracy: 0 });
});

test("of two slots the newer one is read, and the other one where that is not whole", async () => {
  const older = await seal(encodeCheckpoint(checkpoint));
  const newer = await seal(encodeCheckpoint({ ...checkpoint, number: 4 }));
  const numberOf = async (...slots: unknown[]) => (await newestOf(slots))?.number ?? null;
  expect(await numberOf(older, newer)).toBe(4);
  expect(await numberOf(newer, older)).toBe(4);
  expect(await numberOf(undefined, older)).toBe(3);
  expect(await numberOf({ ...newer, bytes: newer.bytes.slice(0, -4) }, older)).toBe(3);
  expect(await numberOf({ ...newer, hash: older.hash }, older)).toBe(3);
  expect(await numberOf(undefined, undefined)).toBeNull();
  expect(await numberOf("nothing of ours", { bytes: [1], hash: 3 })).toBeNull();
  const foreign = new TextEncoder().encode('{"version":2}\n');
  expect(await numberOf(await seal(foreign))).toBeNull();
});

test("no byte can be another one without being found out", async () => {
  const { bytes, hash } = await seal(encodeCheckpoint(checkpoint));
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (place, change) => {
      const damaged = bytes.slice();
      damaged[place]! ^= change;
      expect(await newestOf([{ bytes: damaged, hash }])).toBeNull();
    }),
    { numRuns: 60 },
  );
});

test("bytes with a right hash and numbers missing or left over are none of a checkpoint", async () => {
  const bytes = encodeCheckpoint(checkpoint);
  const longer = new Uint8Array(bytes.length + 4);
  longer.set(bytes);
  for (const wrong of [bytes.slice(0, -4), longer, bytes.slice(0, 40), new Uint8Array(0)])
    expect(await newestOf([await seal(wrong)])).toBeNull();
});
