// The UCI repository's digits as rows of text: 64 values and a label each. Which of them are the test's is drawn by lot,
// as everybody does who takes them from scikit-learn.
import { shuffle, streamKey } from "../random";
import { digits as definition } from "../spec/datasets/digits";
import { sizeOf } from "../spec/ops";
import type { Split } from "../spec/samples";

/** The test's share, rounded up as scikit-learn's `train_test_split` does. */
const TEST_SHARE = 0.2;
/**
 * Decides which images are the test's; another one would be another data set. With this one validation and test images
 * are about equally hard, which with so few images is not a matter of course.
 */
const SPLIT_SEED = 4;

/**
 * @param csv the original's rows, values separated by commas
 * @returns images row-major, labels one byte each
 */
export function splitDigits(csv: string): Record<Split, { images: Uint8Array; labels: Uint8Array }> {
  const lines = csv.trimEnd().split("\n");
  const rows = lines.map((line) => line.split(",").map(Number));
  const order = shuffle(Uint32Array.from(rows.keys()), streamKey(SPLIT_SEED, "shuffle"));
  const cut = Math.ceil(TEST_SHARE * rows.length);
  const pixels = sizeOf(definition.shape);
  const bytesOf = (chosen: Uint32Array) => ({
    images: Uint8Array.from([...chosen].flatMap((row) => rows[row]!.slice(0, pixels))),
    labels: Uint8Array.from(chosen, (row) => rows[row]![pixels]!),
  });
  return { train: bytesOf(order.subarray(cut)), test: bytesOf(order.subarray(0, cut)) };
}
