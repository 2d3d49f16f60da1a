import { defineDataset } from "../define";

export const mnist = defineDataset({
  id: "mnist",
  label: "MNIST digits",
  summary: "70,000 handwritten digits, 28×28 pixels, in grey.",
  revision: 1,
  shape: [28, 28, 1],
  classNames: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  counts: {
    train: [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
    test: [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
  },
  shardSize: 1000,
  scale: 255,
  drawing: "centreOfMass",
  source: "Yann LeCun, Corinna Cortes and Christopher J. C. Burges, The MNIST database of handwritten digits",
  licence: "CC BY-SA 3.0",
});
