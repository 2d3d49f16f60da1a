import { beforeAll, describe, expect, test } from "vitest";
import type { RunRecord } from "@/lib/metrics/run-record";
import { recordWith } from "@/lib/metrics/testing";
import { sha256Of } from "@/lib/sha256";
import { MAX_WEIGHTS_BYTES, type PublishedRun, parsePublishedRun } from "@/lib/share/published-run";
import { atOnce, runIdOf } from "@/lib/share/testing";
import { decodeWeights } from "@/lib/share/weights";
import { type ExperimentSpec, parseExperiment } from "@/lib/spec/experiment";
import { sizeOf } from "@/lib/spec/ops";
import { firstRun } from "@/lib/spec/presets/first-run";
import { buildProgram } from "@/lib/spec/program";
import { hashWeights } from "@/lib/training/weights-hash";
import { type PublishParts, type PublishStep, publishRecord } from "./publish-flow";

const spec = parseExperiment(firstRun);
const program = buildProgram(spec);
const weights = program.weights.map(({ shape }, index) =>
  Float32Array.from({ length: sizeOf(shape) }, (_, place) => Math.sin(place + 10 * index) / 7),
);
let record: RunRecord;
beforeAll(async () => {
  record = await recordFor(spec, weights);
});

const recordFor = async (experiment: ExperimentSpec, trained: readonly Float32Array[]): Promise<RunRecord> =>
  recordWith(
    { experiment, test: { loss: 0.09, accuracy: 0.9729 } },
    { weightsHash: await hashWeights(trained) },
  );

/** A server in memory, and a network that scores `accuracyOf` its weights. */
function parts(accuracyOf: (trained: readonly Float32Array[]) => number, more: Partial<PublishParts> = {}) {
  const sent: { published: PublishedRun; bytes: Uint8Array<ArrayBuffer> }[] = [];
  const names = new Set<string>();
  const steps: PublishStep[] = [];
  const all: PublishParts = {
    readWeights: async () => weights,
    measure: async (_, trained) => accuracyOf(trained),
    async publish(published, bytes, onProgress) {
      const id = await runIdOf(published);
      const created = !names.has(id);
      names.add(id);
      sent.push({ published: parsePublishedRun(published), bytes });
      onProgress(1);
      return { id, url: `https://descent.example/r/${id}`, created };
    },
    ...more,
  };
  const publish = (run: RunRecord) => publishRecord(run, all, (step) => steps.push(step));
  return { publish, sent, steps };
}

/** Full weights score as the run did, shortened ones `short`. */
const scoring = (short: number) => (trained: readonly Float32Array[]) =>
  trained.every((array, index) => array.every((weight, place) => weight === weights[index]![place]))
    ? 0.9729
    : short;

describe("publishing a run", () => {
  test("sends 8 bits for each weight where the test accuracy stays within 0.1 point", async () => {
    for (const short of [0.9729, 0.9728, 0.9719, 0.9739]) {
      const { publish, sent } = parts(scoring(short));
      const page = await publish(record);
      expect(page).toMatchObject({ encoding: "int8", testAccuracy: short, created: true });
      const [{ published, bytes }] = sent as [(typeof sent)[number]];
      expect(published.run).toEqual(record);
      expect(published.weights).toEqual({
        encoding: "int8",
        sizeBytes: bytes.length,
        sha256: await sha256Of(bytes),
        testAccuracy: short,
      });
      expect(bytes.length).toBeLessThan(1.1 * program.parameters);
      const read = atOnce(decodeWeights(bytes, "int8", program));
      expect(
        Math.max(...read[0]!.map((weight, place) => Math.abs(weight - weights[0]![place]!))),
      ).toBeLessThan(0.01);
    }
  });

  test("sends 32 bits where 8 of them cost more, or gain more, and measures those", async () => {
    for (const short of [0.9718, 0.974]) {
      const { publish, sent } = parts(scoring(short));
      expect(await publish(record)).toMatchObject({ encoding: "float32", testAccuracy: 0.9729 });
      const [{ bytes }] = sent as [(typeof sent)[number]];
      expect(await hashWeights(atOnce(decodeWeights(bytes, "float32", program)))).toBe(
        record.environment.weightsHash,
      );
    }
  });

  test("says what it does, in order", async () => {
    const { publish, steps } = parts(scoring(0.9729));
    const { sizeBytes } = await publish(record);
    expect(steps).toEqual([
      { step: "measuring" },
      { step: "sending", sizeBytes, share: 0 },
      { step: "sending", sizeBytes, share: 1 },
    ]);
  });

  test("twice gives the same page, and says that it was there", async () => {
    const { publish } = parts(scoring(0.9729));
    const first = await publish(record);
    const second = await publish(record);
    expect(second).toEqual({ ...first, created: false });
  });

  test("sends nothing where the weights are gone or are another run's", async () => {
    const others = weights.with(
      0,
      weights[0]!.map((weight) => weight + 1),
    );
    for (const readWeights of [async () => null, async () => others]) {
      const { publish, sent } = parts(scoring(0.9729), { readWeights });
      await expect(publish(record)).rejects.toThrow(
        "The weights that this run ended with are not here any more: train it again to publish it.",
      );
      expect(sent).toEqual([]);
    }
  });

  test("sends nothing where the weights are larger than what can be published", async () => {
    const units = 4096;
    const layers = [
      { kind: "flatten" },
      ...[units, units, units].map((width) => ({ kind: "dense", units: width, activation: "relu" })),
      { kind: "dense", units: 10, activation: "softmax" },
    ];
    const large = parseExperiment({ ...firstRun, layers });
    expect(buildProgram(large).parameters).toBeGreaterThan(MAX_WEIGHTS_BYTES);
    const { publish, sent } = parts(() => 1);
    await expect(publish({ ...record, experiment: large })).rejects.toThrow(
      /^The weights have 35\.\d MB; at most 32\.0 MB can be published\.$/,
    );
    expect(sent).toEqual([]);
  });

  test("passes on what went wrong on the way", async () => {
    const sentence = "The server could not be reached: check the connection, then try again.";
    const { publish } = parts(scoring(0.9729), { publish: () => Promise.reject(new Error(sentence)) });
    await expect(publish(record)).rejects.toThrow(sentence);
  });
});
