// TensorFlow.js as its MNIST example uses it: a sequential model, one-hot labels, model.fit.
import * as tf from "@tensorflow/tfjs-core";
import * as tfl from "@tensorflow/tfjs-layers";
import { activateBackend, type TfjsId } from "../../lib/engines/tfjs/backends";
import { type BenchLayer, CLASSES, IMAGE, LEARNING_RATE } from "../cases";
import { type Images, type Prepare, pixelsOf } from "../contender";
import { offer } from "../page";

const EVALUATE_BATCH = 1000;

function layerOf(layer: BenchLayer, inputShape: [number, number, number] | undefined) {
  switch (layer.kind) {
    case "flatten":
      return tfl.layers.flatten({ inputShape });
    case "dense":
      return tfl.layers.dense({ units: layer.units, activation: layer.activation, inputShape });
    case "conv2d": {
      const { filters, kernelSize, activation } = layer;
      return tfl.layers.conv2d({ filters, kernelSize, activation, inputShape });
    }
    case "maxPooling2d":
      return tfl.layers.maxPooling2d({ poolSize: layer.poolSize, inputShape });
  }
}

function tensorsOf({ images, labels }: Images): { xs: tf.Tensor; ys: tf.Tensor } {
  return {
    xs: tf.tensor4d(pixelsOf(images), [labels.length, ...IMAGE]),
    ys: tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(labels, "int32"), CLASSES), "float32")),
  };
}

const prepare: Prepare = async ({ layers, batchSize, train, test }) => {
  await activateBackend(`tfjs-${new URLSearchParams(location.search).get("backend")}` as TfjsId);
  const model = tfl.sequential();
  for (const [i, layer] of layers.entries()) model.add(layerOf(layer, i === 0 ? IMAGE : undefined));
  model.compile({
    optimizer: tf.train.adam(LEARNING_RATE),
    loss: "categoricalCrossentropy",
    metrics: ["accuracy"],
  });
  const all = tensorsOf(train);
  const tests = tensorsOf(test);
  let next: { xs: tf.Tensor; ys: tf.Tensor } | null = null;
  return {
    take(rows) {
      tf.dispose(next ?? []);
      next = tf.tidy(() => {
        const indices = tf.tensor1d(Int32Array.from(rows), "int32");
        return { xs: tf.gather(all.xs, indices), ys: tf.gather(all.ys, indices) };
      });
    },
    async train() {
      const { history } = await model.fit(next!.xs, next!.ys, { batchSize, epochs: 1 });
      return history.loss![0] as number;
    },
    async evaluate(count) {
      const [xs, ys] = [tf.slice(tests.xs, 0, count), tf.slice(tests.ys, 0, count)];
      const results = model.evaluate(xs, ys, { batchSize: EVALUATE_BATCH }) as tf.Scalar[];
      const [accuracy] = await results[1]!.data();
      tf.dispose([xs, ys, ...results]);
      return Math.round(accuracy! * count);
    },
  };
};

offer(prepare);
