import { describe, expect, test } from "vitest";
import { canonical, parseExperiment } from "../experiment";
import { buildProgram } from "../program";
import * as presets from "./registry";

const parameters: Record<keyof typeof presets, number> = {
  firstRunPreset: 109_386,
  // 3·3·1·16+16; blocks on 16 and 24 channels, each with four numbers a channel and 3·3·c·8; a transition of 32 channels
  // to 16 by 1×1; blocks on 16, 24 and 32; the last 40 normalized; 40·10+10.
  densenetStyle:
    160 + (64 + 1152 + 96 + 1728) + (128 + 512) + (64 + 1152 + 96 + 1728 + 128 + 2304) + 160 + 410,
  // 64·64+64, 64·10+10
  digits8x8: 4160 + 650,
  // 3·3·1·16+16, 3·3·16·32+32, 7·7·32·128+128, 128·10+10
  convolutionalNetwork: 160 + 4640 + 200_832 + 1290,
  // 5·5·1·6+6, 5·5·6·16+16, then 400-120-84-10
  lenet5: 156 + 2416 + 48_120 + 10_164 + 850,
  // 3·3·1·8+8, 3·3·8·16+16, 7·7·16·32+32, 32·10+10; normalized, there are four numbers a channel more.
  plainConvolutions: 80 + 1168 + 25_120 + 330,
  normalizedConvolutions: 80 + 4 * 8 + (1168 + 4 * 16) + 25_120 + 330,
  // Pairs of convolutions with 8, 16 and 32 filters, then 3·3·32·128+128 and 128·10+10.
  vggStyle: 80 + 584 + (1168 + 2320) + (4640 + 9248) + 36_992 + 1290,
  // A block of two convolutions each; the second learns a 16×32 projection.
  residualNetwork: 160 + 2 * 2320 + (4640 + 9248 + 512) + 330,
  // 3·3·1·16+16, 3·3·16·24+24 and 3·3·24·32+32, each with four numbers a channel to normalize it; 5·5·32·10+10.
  smallAndSharp: 160 + 4 * 16 + (3480 + 4 * 24) + (6944 + 4 * 32) + 8010,
};

describe.each(Object.entries(presets))("the preset %s", (name, { experiment }) => {
  const spec = parseExperiment(experiment);

  test("can be trained as it is, without a warning", () => {
    expect(buildProgram(spec).problems).toEqual([]);
  });

  test("has the parameters that its shapes add up to", () => {
    expect(buildProgram(spec).parameters).toBe(parameters[name as keyof typeof presets]);
  });

  test("is small enough for a phone", () => {
    expect(buildProgram(spec).parameters).toBeLessThanOrEqual(500_000);
  });

  test("is the same after it was written and read", () => {
    expect(parseExperiment(JSON.parse(canonical(spec)))).toEqual(spec);
  });
});

test("presets are told apart by kind and by title", () => {
  const all = Object.values(presets);
  expect(new Set(all.map(({ kind }) => kind)).size).toBe(all.length);
  expect(new Set(all.map(({ experiment }) => experiment.title)).size).toBe(all.length);
});

test("the small one stays under 20,000 parameters and 20 epochs, augmented and scheduled", () => {
  const spec = parseExperiment(presets.smallAndSharp.experiment);
  expect(buildProgram(spec).parameters).toBeLessThan(20_000);
  expect(spec.training.epochs).toBeLessThanOrEqual(20);
  expect(spec.augmentation).not.toEqual([]);
  expect(spec.callbacks.map(({ kind }) => kind)).toEqual(["learningRateSchedule"]);
});

test("the normalized convolutions are the plain ones but for the normalization before each activation", () => {
  const [plain, normalized] = [presets.plainConvolutions, presets.normalizedConvolutions].map(
    ({ experiment }) => parseExperiment(experiment),
  );
  expect({ ...normalized, title: "", layers: [] }).toEqual({ ...plain, title: "", layers: [] });
  const opsOf = (spec: typeof plain) => buildProgram(spec!).steps.map(({ op }) => op);
  const learned = opsOf(normalized).filter(
    (op) => op.op !== "batchNormalization" && !(op.op === "activation" && op.activation === "linear"),
  );
  expect(learned).toEqual(opsOf(plain));
  expect(normalized!.layers.slice(0, 3).map(({ kind }) => kind)).toEqual([
    "conv2d",
    "batchNormalization",
    "activation",
  ]);
});
