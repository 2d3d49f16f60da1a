import { defineDataset } from "../define";

export const digits = defineDataset({
  id: "digits",
  label: "UCI digits",
  summary: "1,797 handwritten digits, 8×8 pixels, in grey: the set that scikit-learn brings along.",
  revision: 1,
  shape: [8, 8, 1],
  classNames: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  counts: {
    train: [143, 146, 142, 142, 141, 151, 149, 142, 140, 141],
    test: [35, 36, 35, 41, 40, 31, 32, 37, 34, 39],
  },
  // One shard a file: all of it is smaller than a picture.
  shardSize: 2000,
  scale: 16,
  drawing: "blockCounts",
  source:
    "Ethem Alpaydin and Cenk Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998",
  licence: "CC BY 4.0",
});
