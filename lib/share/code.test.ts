import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  canonical,
  createAugmentation,
  createCallback,
  createLayer,
  type ExperimentSpec,
  layerKinds,
  MAX_LAYERS,
  parseExperiment,
} from "../spec/experiment";
import { oneOf } from "../spec/fields";
import { MAX_NESTED } from "../spec/layers/block";
import { ParseError } from "../spec/parse";
import { firstRun } from "../spec/presets/first-run";
import * as presets from "../spec/presets/registry";
import { encodeBase64url } from "./base64url";
import { decodeExperiment, encodeExperiment, MAX_CODE_LENGTH } from "./code";
import { compress } from "./compress";
import { anyExperiment } from "./testing";

const first = parseExperiment(firstRun);
const FIRST = "1~First.run~flatten_dense-128_dense_dense-10-softmax";
const LENET =
  "1~LeNet-5~conv2d-6-5--same-tanh_averagePooling2d_conv2d--5---tanh_averagePooling2d_flatten_dense-120-tanh_" +
  "dense-84-tanh_dense-10-softmax~optimizer-sgd-.1~training-10";
const isUnreserved = /^[\w.~-]*[A-Za-z0-9]$/;
/** Everything that a link may say, in the readable form. */
const EVERYTHING =
  "1~A.title_3f~residual-2_dropout-.5_dense-3_flatten~data-mnist-7_1-500~validation-.1-last~" +
  "augmentation-rotate-20_zoom~loss-meanSquaredError~optimizer-sgd-.01-.9-1~training-20-64-0~" +
  "callbacks-learningRateSchedule-linear-1.5~seed-7";

const sections = ["data", "validation", "augmentation", "loss", "optimizer", "training", "callbacks", "seed"];

function roundTrip(spec: ExperimentSpec): string {
  const code = encodeExperiment(spec);
  expect(code).toMatch(isUnreserved);
  expect(code.length).toBeLessThanOrEqual(MAX_CODE_LENGTH);
  expect(canonical(decodeExperiment(code))).toBe(canonical(spec));
  return code;
}

/** @returns why it is refused; null where it opens. Another error than a ParseError is none of the two. */
function refusal(code: string): ParseError | null {
  try {
    expect(parseExperiment(decodeExperiment(code)).version).toBe(1);
    return null;
  } catch (error) {
    if (error instanceof ParseError) return error;
    throw error;
  }
}

describe("a code", () => {
  test("of the contract's first experiment can be read, and has under 60 characters", () => {
    expect(encodeExperiment(first)).toBe(FIRST);
    expect(FIRST.length).toBeLessThan(60);
    expect(decodeExperiment(FIRST)).toEqual(first);
  });

  test("of a LeNet with three augmentations and a schedule has under 300", () => {
    const lenet = parseExperiment(presets.lenet5.experiment);
    expect(encodeExperiment(lenet)).toBe(LENET);
    const augmentation = (["rotate", "zoom", "shift"] as const).map(createAugmentation);
    const code = roundTrip({ ...lenet, augmentation, callbacks: [createCallback("learningRateSchedule")] });
    expect(code.length).toBeLessThan(300);
  });

  test.each(Object.entries(presets))("of the preset %s opens as it was", (_, { experiment }) => {
    const spec = parseExperiment(experiment);
    expect(decodeExperiment(roundTrip(spec))).toEqual(spec);
  });

  test("says only what differs from the defaults, each by its name", () => {
    const { layers } = decodeExperiment("1~~residual-2_dropout-.5_dense-3_flatten");
    expect(layers).toEqual(
      parseExperiment({
        ...firstRun,
        layers: [
          {
            kind: "residual",
            layers: [
              { kind: "dropout", rate: 0.5 },
              { kind: "dense", units: 3 },
            ],
          },
          { kind: "flatten" },
        ],
      }).layers,
    );
    expect(decodeExperiment(EVERYTHING)).toEqual({
      version: 1,
      title: "A title?",
      dataset: { id: "mnist", classes: [7, 1], trainLimit: 500 },
      validation: { split: 0.1, from: "last" },
      augmentation: [
        { kind: "rotate", degrees: 20 },
        { kind: "zoom", factor: 0.1 },
      ],
      layers,
      loss: "meanSquaredError",
      optimizer: { kind: "sgd", learningRate: 0.01, momentum: 0.9, nesterov: true },
      training: { epochs: 20, batchSize: 64, shuffle: false },
      callbacks: [{ kind: "learningRateSchedule", schedule: "linear", warmupEpochs: 1.5, finalShare: 0.01 }],
      seed: 7,
    });
  });

  test("opens whatever the order of its sections, and where a program has escaped the ~", () => {
    const code = "1~A~flatten~seed-7~training-9";
    expect(decodeExperiment(code)).toEqual(decodeExperiment("1~A~flatten~training-9~seed-7"));
    expect(decodeExperiment(code.replaceAll("~", "%7E"))).toEqual(decodeExperiment(code));
    expect(decodeExperiment(code.replaceAll("~", "%7e"))).toEqual(decodeExperiment(code));
  });

  test("of an experiment without title and layers is short, too", () => {
    expect(roundTrip({ ...first, title: "", layers: [] })).toBe("1~~0");
  });

  test("is compressed where that makes it clearly shorter, and no sooner", () => {
    const layers = Array.from({ length: 16 }, () => createLayer("batchNormalization"));
    expect(roundTrip({ ...first, layers })).toMatch(/^z[\w-]+$/);
    expect(roundTrip({ ...first, layers: layers.slice(0, 2) })).toMatch(/^1~/);
  });

  test("holds the largest experiments, with numbers that no compression makes shorter", () => {
    const share = (i: number) => (Math.sin(i) + 1) / 2.1;
    const noisy = (i: number) => ({
      kind: "batchNormalization",
      momentum: share(i),
      epsilon: share(i + 0.5),
    });
    const block = (i: number) => ({
      kind: "residual",
      layers: Array.from({ length: MAX_NESTED }, (_, k) => noisy(8 * i + k)),
    });
    const title = Array.from({ length: 120 }, (_, i) => String.fromCharCode((997 * (i + 1)) % 65_536)).join(
      "",
    );
    const layers = Array.from({ length: MAX_LAYERS }, (_, i) => block(i));
    const code = roundTrip(parseExperiment({ ...firstRun, title, layers }));
    expect(code.length).toBeGreaterThan(6000);
  });
});

describe("a code is refused in one sentence that says what is wrong:", () => {
  test.each([
    ["nothing", "", 'code is ""; it must be the part of a link that follows /x/, and all of it.'],
    [
      "another version",
      "2~A~flatten",
      'code is "2~A~flatten"; it must be the part of a link that follows /x/, and all of it.',
    ],
    [
      "one that is cut short",
      "z",
      'code is "z"; it must be the part of a link that follows /x/, and all of it.',
    ],
    [
      "a title that is none",
      "1~%41~flatten",
      'code has "%41"; it must be a title of letters, digits, -, . and escapes.',
    ],
    [
      "a long title",
      `1~${"a".repeat(121)}~flatten`,
      `title is "${"a".repeat(56)}…; it must be a text of at most 120 characters.`,
    ],
    ["no layers", "1~A", `layers[0].kind is ""; it must be ${oneOf(layerKinds)}.`],
    ["an unknown layer", "1~A~flatten_lstm-3", `layers[1].kind is "lstm"; it must be ${oneOf(layerKinds)}.`],
    [
      "too many units",
      "1~A~dense-4097",
      "layers[0].units is 4097; it must be a whole number from 1 to 4096.",
    ],
    [
      "infinitely many units",
      "1~A~dense-1e999",
      "layers[0].units is Infinity; it must be a whole number from 1 to 4096.",
    ],
    [
      "units that are no number",
      "1~A~dense-many",
      'layers[0].units is "many"; it must be a whole number from 1 to 4096.',
    ],
    [
      "a value too many",
      "1~A~dense-3-relu-4",
      'code has "dense-3-relu-4"; it must be a name and at most 2 values.',
    ],
    [
      "a switch that is neither on nor off",
      "1~A~conv2d------2",
      'layers[0].useBias is "2"; it must be true or false.',
    ],
    [
      "a block that is larger than what follows",
      "1~A~residual-2_flatten",
      'code has "residual-2"; it must be followed by 2 layers.',
    ],
    [
      "a block of no layers",
      "1~A~residual-0",
      "layers[0].layers is []; it must be a list of 1 to 8 layers that are not blocks themselves.",
    ],
    [
      "a block without a number",
      "1~A~residual-all_flatten",
      'code has "residual-all"; it must be a block with the number of its layers.',
    ],
    [
      "blocks in blocks",
      `1~A~${"residual-1_".repeat(700)}flatten`,
      'code has "residual-1"; it must be within at most 8 blocks.',
    ],
    ["an unknown section", "1~A~flatten~colour-3", `code has "colour-3"; it must be ${oneOf(sections)}.`],
    [
      "a section twice",
      "1~A~flatten~seed-3~seed-4",
      'code has "seed-4"; it must be the only section called seed.',
    ],
    [
      "an unknown data set",
      "1~A~flatten~data-cifar",
      'dataset.id is "cifar"; it must be "digits" or "mnist".',
    ],
    ["two optimizers", "1~A~flatten~optimizer-sgd_adam", 'code has "sgd_adam"; it must be one optimizer.'],
    [
      "a long code",
      "1~A~".padEnd(MAX_CODE_LENGTH + 1, "a"),
      `code has 8193 characters; it must be at most 8192.`,
    ],
  ])("%s", (_, code, message) => {
    expect(refusal(code)?.message).toBe(message);
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "default"])(
    "%s as a name",
    (name) => {
      const refused = [
        `1~A~${name}`,
        `1~A~${name}-1`,
        `1~A~residual-1_${name}-1`,
        `1~A~flatten~${name}`,
        `1~A~flatten~${name}-1`,
        `1~A~flatten~data-${name}`,
        `1~A~flatten~optimizer-${name}-1`,
        `1~A~flatten~augmentation-${name}`,
        `1~A~flatten~callbacks-${name}`,
        `1~A~flatten~loss-${name}`,
        `1~A~dense-3-${name}`,
      ];
      for (const code of refused) expect([code, refusal(code)]).toEqual([code, expect.any(ParseError)]);
    },
  );
});

describe("whatever is done to a code, it opens a valid experiment or is refused:", () => {
  const lenet = parseExperiment(presets.smallAndSharp.experiment);
  const compressed = encodeExperiment(lenet);
  const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
  const strangers = ["%", "/", "?", "#", "<", '"', " ", "\0", "é", "\ud800", "\uff10"];

  function* mutations(code: string, characters: readonly string[]) {
    for (let i = 0; i <= code.length; i++) {
      const [before, after] = [code.slice(0, i), code.slice(i)];
      yield before + after.slice(1);
      yield before + after.slice(1, 2) + after.slice(0, 1) + after.slice(2);
      yield before;
      for (const character of characters) {
        yield before + character + after;
        yield before + character + after.slice(1);
      }
    }
  }

  test.each([
    ["the shortest", FIRST, [...letters, ...strangers]],
    ["one with everything in it", EVERYTHING, [...letters, ...strangers]],
    ["a compressed one", compressed, [..."aZ09-_~.%é"]],
    ["a compressed one with blocks", `z${compress(EVERYTHING)}`, [..."bY18-_~.%\0"]],
  ])("any one character of %s", (_, code, characters) => {
    let opened = 0;
    let refused = 0;
    for (const mutated of mutations(code, characters)) {
      if (refusal(mutated) === null) opened++;
      else refused++;
    }
    expect(Math.min(opened, refused)).toBeGreaterThan(0);
  });

  test("any text, and any text after a beginning that is right", () => {
    const part = fc.constantFrom("~", "_", "-", "1~A~", "dense", "residual", "3", "1e9", "data", "seed", "z");
    const nearly = fc.array(part, { maxLength: 30 }).map((parts) => parts.join(""));
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom(...letters) }),
      nearly,
    );
    fc.assert(
      fc.property(fc.constantFrom("", "1~", "1~A~", "1~A~flatten~", "z"), text, (beginning, rest) => {
        refusal(beginning + rest);
        refusal(`z${compress(`1~${rest.replaceAll(/[^\w.~-]/g, "")}`)}`);
      }),
      { numRuns: 3000 },
    );
  });

  test("a bomb of 200 MB, whole and cut to what a code may have", () => {
    const bomb = `z${encodeBase64url(deflateRawSync(Buffer.alloc(200_000_000)))}`;
    expect(bomb.length).toBeGreaterThan(200_000);
    for (const code of [bomb, bomb.slice(0, MAX_CODE_LENGTH)]) {
      refusal(code);
      // The best of a few: another program may have the processor during one of them.
      const elapsedMs = Array.from({ length: 5 }, () => {
        const startMs = performance.now();
        expect(refusal(code)?.field).toBe("code");
        return performance.now() - startMs;
      });
      expect(Math.min(...elapsedMs)).toBeLessThan(100);
    }
  });
});

test("10,000 experiments of every kind come back as they were", () => {
  fc.assert(
    fc.property(anyExperiment, (spec) => void roundTrip(spec)),
    { numRuns: 10_000 },
  );
}, 60_000);
