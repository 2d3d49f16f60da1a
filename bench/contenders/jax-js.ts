// jax-js: one jit-compiled function for the loss, its gradients and Adam; rows gathered from the whole set. Of
// the ways to call it this one measured fastest: jit around all of it, and the loss read after every step.
import { type Device, defaultDevice, init, jit, lax, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { type BenchLayer, CLASSES, IMAGE, LEARNING_RATE, PIXELS } from "../cases";
import { type Images, type Prepare, pixelsOf } from "../contender";
import { offer } from "../page";

const EVALUATE_BATCH = 1000;
const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

/** Every function here takes its arrays for good, as jax-js has it; `ref` keeps one for another use. */
type Layer = (x: np.Array, kernel: np.Array, bias: np.Array) => np.Array;
interface Network {
  parameters: np.Array[];
  predict(parameters: np.Array[], images: np.Array): np.Array;
}

/** Glorot uniform. */
function glorot(shape: number[], fanIn: number, fanOut: number): np.Array {
  const limit = Math.sqrt(6 / (fanIn + fanOut));
  const size = shape.reduce((product, axis) => product * axis, 1);
  return np.array(Float32Array.from({ length: size }, () => (2 * Math.random() - 1) * limit)).reshape(shape);
}

const relu: (x: np.Array) => np.Array = (x) => nn.relu(x);
const logSoftmax: (x: np.Array) => np.Array = (x) => nn.logSoftmax(x);

/** The network in jax-js's layout, [batch, channels, height, width]. */
function build(layers: readonly BenchLayer[]): Network {
  const parameters: np.Array[] = [];
  const calls: ((x: np.Array, next: () => np.Array) => np.Array)[] = [];
  let [channels, height, width] = [IMAGE[2], IMAGE[0], IMAGE[1]];
  let units = PIXELS;
  const weighted = (kernel: np.Array, bias: np.Array, layer: Layer) => {
    parameters.push(kernel, bias);
    calls.push((x, next) => layer(x, next(), next()));
  };
  for (const layer of layers)
    if (layer.kind === "dense") {
      const activate = layer.activation === "relu" ? relu : logSoftmax;
      weighted(glorot([units, layer.units], units, layer.units), np.zeros([layer.units]), (x, kernel, bias) =>
        activate(np.dot(x, kernel).add(bias)),
      );
      units = layer.units;
    } else if (layer.kind === "conv2d") {
      const { filters, kernelSize: size } = layer;
      const area = size * size;
      const kernel = glorot([filters, channels, size, size], channels * area, filters * area);
      weighted(kernel, np.zeros([filters, 1, 1]), (x, filter, bias) =>
        relu(lax.convGeneralDilated(x, filter, [1, 1], "VALID").add(bias)),
      );
      [channels, height, width] = [filters, height - size + 1, width - size + 1];
    } else if (layer.kind === "maxPooling2d") {
      const size = [layer.poolSize, layer.poolSize];
      calls.push((x) => lax.reduceWindow(x, np.max, size, size));
      [height, width] = [Math.floor(height / layer.poolSize), Math.floor(width / layer.poolSize)];
    } else {
      const features = channels * height * width;
      units = features;
      calls.push((x) => x.reshape([-1, features]));
    }
  return {
    parameters,
    predict(weights, images) {
      let used = 0;
      const next = () => weights[used++]!;
      return calls.reduce((x, call) => call(x, next), images.reshape([-1, IMAGE[2], IMAGE[0], IMAGE[1]]));
    },
  };
}

const place = ({ images, labels }: Images) => ({
  xs: np.array(pixelsOf(images)).reshape([labels.length, PIXELS]),
  ys: np.array(Int32Array.from(labels), { dtype: np.int32 }),
});

const prepare: Prepare = async ({ layers, batchSize, train, test }) => {
  const device = new URLSearchParams(location.search).get("device") as Device;
  await init(device);
  defaultDevice(device);
  const network = build(layers);
  const loss = (weights: np.Array[], xs: np.Array, ys: np.Array) =>
    network
      .predict(weights, xs)
      .mul(nn.oneHot(ys, CLASSES))
      .sum()
      .mul(-1 / batchSize);

  /** `rates` are the two bias corrections: learningRate / (1 − β₁ᵗ) and 1 / (1 − β₂ᵗ) (Kingma & Ba 2015). */
  const step = jit(
    (weights: np.Array[], m: np.Array[], v: np.Array[], rates: np.Array, xs: np.Array, ys: np.Array) => {
      const [value, gradients] = valueAndGrad(loss)(tree.ref(weights), xs, ys);
      const first = m.map((mean, i) => mean.mul(BETA1).add(gradients[i]!.ref.mul(1 - BETA1)));
      const second = v.map((mean, i) => mean.mul(BETA2).add(np.square(gradients[i]!).mul(1 - BETA2)));
      const updated = weights.map((weight, i) => {
        const root = np.sqrt(second[i]!.ref.mul(rates.ref.slice(1))).add(EPSILON);
        return weight.sub(first[i]!.ref.mul(rates.ref.slice(0)).div(root));
      });
      rates.dispose();
      return [value, updated, first, second] as [np.Array, np.Array[], np.Array[], np.Array[]];
    },
  );
  const predict = jit(network.predict);

  const all = place(train);
  const tests = place(test);
  let weights = network.parameters;
  let m = weights.map(({ shape }) => np.zeros(shape));
  let v = weights.map(({ shape }) => np.zeros(shape));
  let steps = 0;
  let next: Int32Array<ArrayBuffer>;
  return {
    take(rows) {
      next = Int32Array.from(rows);
    },
    async train() {
      let sum = 0;
      for (let start = 0; start < next.length; start += batchSize) {
        const rows = np.array(next.slice(start, start + batchSize), { dtype: np.int32 });
        const [xs, ys] = [all.xs.ref.slice(rows.ref), all.ys.ref.slice(rows)];
        steps++;
        const rates = np.array(
          Float32Array.of(LEARNING_RATE / (1 - BETA1 ** steps), 1 / (1 - BETA2 ** steps)),
        );
        let value: np.Array;
        [value, weights, m, v] = step(weights, m, v, rates, xs, ys);
        sum += (await value.jsAsync()) as number;
      }
      return (sum * batchSize) / next.length;
    },
    async evaluate(count) {
      let correct = 0;
      for (let start = 0; start < count; start += EVALUATE_BATCH) {
        const range: [number, number] = [start, Math.min(start + EVALUATE_BATCH, count)];
        const scores = predict(tree.ref(weights), tests.xs.ref.slice(range));
        const right = np.argmax(scores, 1).equal(tests.ys.ref.slice(range)).astype(np.float32).sum();
        correct += (await right.jsAsync()) as number;
      }
      return correct;
    },
  };
};

offer(prepare);
