import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { defaults } from "../spec/fields";
import * as catalog from "../spec/optimizers/registry";
import { optimizers as reference } from "./reference/optimizers";
import { optimizers as tfjs } from "./tfjs/optimizers";

const gradients = [
  [0.5, -1.25, 0.001],
  [-0.2, 0.75, 3],
  [1.5, 0.1, -0.4],
];
const learningRate = 0.1;

// Weights after these three steps from (1, −2, 0.25), computed outside this project from Keras 3's update rules.
const cases: [string, Record<string, unknown> & { kind: keyof typeof catalog }, number[]][] = [
  ["sgd", { kind: "sgd" }, [0.82, -1.96, -0.0101]],
  ["sgd with momentum", { kind: "sgd", momentum: 0.9 }, [0.7525, -1.81375, -0.280271]],
  [
    "sgd with Nesterov momentum",
    { kind: "sgd", momentum: 0.9, nesterov: true },
    [0.59725, -1.792375, -0.4873439],
  ],
  ["adam", { kind: "adam" }, [0.796290331, -1.87045816, 0.0272922993]],
  ["adamw", { kind: "adamw" }, [0.795184618, -1.86814676, 0.0271019255]],
  ["rmsprop", { kind: "rmsprop" }, [0.505939329, -1.87649294, -0.24582265]],
  ["rmsprop with momentum", { kind: "rmsprop", momentum: 0.5 }, [0.330198374, -1.72383759, -0.571641615]],
  ["adagrad", { kind: "adagrad" }, [0.855191597, -1.96002327, 0.163379563]],
];

test.each(cases)("%s steps as Keras 3 does, on the reference", (_, options, expected) => {
  const spec = { ...defaults(catalog[options.kind].fields), ...options } as never;
  const table = reference[options.kind];
  const weights = Float64Array.of(1, -2, 0.25);
  const slots = Array.from({ length: table.slotCount(spec) }, () =>
    new Float64Array(3).fill(table.initial(spec)),
  );
  for (const [i, gradient] of gradients.entries())
    table.update(spec, { weights, gradient: Float64Array.from(gradient), slots, learningRate, step: i + 1 });
  for (const [i, value] of expected.entries()) expect(weights[i]).toBeCloseTo(value, 7);
});

test.each(cases)("%s steps as Keras 3 does, on TensorFlow.js", async (_, options, expected) => {
  await tf.setBackend("cpu");
  const spec = { ...defaults(catalog[options.kind].fields), ...options } as never;
  const table = tfjs[options.kind];
  let weights: tf.Tensor = tf.tensor1d([1, -2, 0.25]);
  let slots: readonly tf.Tensor[] = Array.from({ length: table.slotCount(spec) }, () =>
    tf.fill([3], table.initial(spec)),
  );
  for (const [i, gradient] of gradients.entries())
    ({ weights, slots } = table.update(spec, {
      weights,
      gradient: tf.tensor1d(gradient),
      slots,
      learningRate,
      step: i + 1,
    }));
  const result = await weights.data();
  for (const [i, value] of expected.entries()) expect(result[i]).toBeCloseTo(value, 5);
});
