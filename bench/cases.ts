// What is measured: networks, batch sizes and images. Plain data that the pages, Node and Python read alike.

/** Layers as an experiment has them; the contenders read these fields and no others. */
export type BenchLayer =
  | { kind: "flatten" }
  | { kind: "dense"; units: number; activation: "relu" | "softmax" }
  | { kind: "conv2d"; filters: number; kernelSize: number; activation: "relu" }
  | { kind: "maxPooling2d"; poolSize: number };

export const networks = {
  mlp: {
    label: "MLP 784-128-64-10",
    layers: [
      { kind: "flatten" },
      { kind: "dense", units: 128, activation: "relu" },
      { kind: "dense", units: 64, activation: "relu" },
      { kind: "dense", units: 10, activation: "softmax" },
    ],
  },
  cnn: {
    label: "CNN conv16-pool-conv32-pool-dense128-10",
    layers: [
      { kind: "conv2d", filters: 16, kernelSize: 3, activation: "relu" },
      { kind: "maxPooling2d", poolSize: 2 },
      { kind: "conv2d", filters: 32, kernelSize: 3, activation: "relu" },
      { kind: "maxPooling2d", poolSize: 2 },
      { kind: "flatten" },
      { kind: "dense", units: 128, activation: "relu" },
      { kind: "dense", units: 10, activation: "softmax" },
    ],
  },
} satisfies Record<string, { label: string; layers: BenchLayer[] }>;

export type NetworkId = keyof typeof networks;
export type ImagesId = "mnist" | "dense";

export const imageLabels: Record<ImagesId, string> = { mnist: "MNIST", dense: "dense random images" };

export interface Case {
  network: NetworkId;
  batchSize: number;
  images: ImagesId;
}

export const cases: readonly Case[] = [
  { network: "mlp", batchSize: 32, images: "mnist" },
  { network: "mlp", batchSize: 32, images: "dense" },
  { network: "mlp", batchSize: 128, images: "mnist" },
  { network: "mlp", batchSize: 128, images: "dense" },
  { network: "cnn", batchSize: 64, images: "mnist" },
  { network: "cnn", batchSize: 64, images: "dense" },
];

export const titleOf = ({ network, batchSize, images }: Case): string =>
  `${networks[network].label}, batch ${batchSize}, ${imageLabels[images]}`;

/** Every contender trains with Adam, with its other settings left as they come. */
export const LEARNING_RATE = 0.001;
export const CLASSES = 10;
/** Height, width and channels of an image. */
export const IMAGE: [number, number, number] = [28, 28, 1];
export const PIXELS = 784;
