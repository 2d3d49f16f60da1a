// For tests only: twenty experiments of many kinds that nothing is wrong with.

const flatten = { kind: "flatten" };
const dense = (units: number, activation = "relu") => ({ kind: "dense", units, activation });
const conv = (filters: number) => ({ kind: "conv2d", filters, kernelSize: 3, activation: "relu" });
const pool = { kind: "maxPooling2d" };
const sgd = (learningRate: number, more: object = {}) => ({
  optimizer: { kind: "sgd", learningRate, ...more },
});
const limited = (trainLimit: number) => ({ dataset: { id: "mnist", trainLimit } });
const training = (epochs: number, batchSize = 32) => ({ training: { epochs, batchSize, shuffle: true } });

const ten = (layers: readonly object[], more: object = {}) => ({
  version: 1,
  title: "Ten digits",
  layers: [...layers, dense(10, "softmax")],
  optimizer: { kind: "adam", learningRate: 0.001 },
  ...limited(4000),
  ...training(4),
  ...more,
});
const two = (classes: readonly number[], layers: readonly object[], more: object = {}) => ({
  version: 1,
  title: "Two digits",
  dataset: { id: "mnist", classes, trainLimit: 2000 },
  layers,
  loss: "binaryCrossentropy",
  optimizer: { kind: "adam", learningRate: 0.001 },
  ...training(4),
  ...more,
});

export const healthy: Readonly<Record<string, object>> = {
  "the first run, on fewer images": ten([flatten, dense(128), dense(64)], limited(6000)),
  "one hidden layer, another seed": ten([flatten, dense(64)], { seed: 2 }),
  "no hidden layer": ten([flatten], { seed: 3, ...training(6) }),
  "no validation": ten([flatten, dense(64)], { validation: { split: 0 }, seed: 4 }),
  "plain descent": ten([flatten, dense(64)], { ...sgd(0.1), ...training(5), seed: 5 }),
  "descent with momentum": ten([flatten, dense(64)], { ...sgd(0.02, { momentum: 0.9 }), seed: 6 }),
  RMSprop: ten([flatten, dense(64)], { optimizer: { kind: "rmsprop", learningRate: 0.001 }, seed: 7 }),
  AdaGrad: ten([flatten, dense(64)], { optimizer: { kind: "adagrad", learningRate: 0.03 }, seed: 8 }),
  "AdamW with tanh": ten([flatten, dense(64, "tanh")], { optimizer: { kind: "adamw" }, seed: 9 }),
  "sigmoid units": ten([flatten, dense(64, "sigmoid")], {
    optimizer: { kind: "adam", learningRate: 0.005 },
    seed: 10,
  }),
  "leaky relu, large batches": ten([flatten, dense(64, "leakyRelu")], { ...training(6, 128), seed: 11 }),
  "small batches": ten([flatten, dense(48)], { ...limited(2500), ...training(4, 8), seed: 12 }),
  "dropout and batch normalization": ten(
    [
      flatten,
      dense(64, "linear"),
      { kind: "batchNormalization" },
      { kind: "activation", activation: "relu" },
      { kind: "dropout", rate: 0.3 },
    ],
    { ...training(6), seed: 13 },
  ),
  "as few images as the small digits have": ten([flatten, dense(64)], {
    ...limited(1437),
    ...training(10),
    seed: 14,
  }),
  "fifteen epochs along a cosine": ten([flatten, dense(64)], {
    ...limited(2500),
    ...training(15),
    optimizer: { kind: "adam", learningRate: 0.002 },
    callbacks: [{ kind: "learningRateSchedule", schedule: "cosine" }],
    seed: 15,
  }),
  "augmented images": ten([flatten, dense(96)], {
    augmentation: [{ kind: "shift", pixels: 1 }],
    ...training(6),
    seed: 16,
  }),
  "zeros and ones by one sigmoid": two([0, 1], [flatten, dense(1, "sigmoid")], { seed: 17 }),
  "fours and nines by two softmax units": two([4, 9], [flatten, dense(32), dense(2, "softmax")], {
    loss: "sparseCategoricalCrossentropy",
    seed: 18,
  }),
  "ten outputs by mean squared error": ten([flatten, dense(64)], {
    loss: "meanSquaredError",
    seed: 19,
  }),
  "a convolutional network": ten([conv(8), pool, conv(16), pool, flatten], {
    ...limited(2500),
    ...training(4),
    optimizer: { kind: "adam", learningRate: 0.003 },
    seed: 20,
  }),
};
