// What can be told of a data set without training on it: how its pixels are spread, how many images each class has, and
// whether the labels go with the images.

export interface DataFacts {
  /** Images that were looked at. */
  images: number;
  /** Of all pixels, as the network sees them. */
  mean: number;
  deviation: number;
  /** Training images of each class of the network, all of them. */
  counts: readonly number[];
  /**
   * The share of labels, 0 to 1, that a rule without any training agrees with: an image belongs to the class whose mean
   * image is nearest. The means are of one half of the images, and asked about the other.
   */
  agreement: number;
  /** What that share would be if labels and images had nothing to do with each other. */
  chance: number;
}

/**
 * @param images bytes, row-major, one row for each of `labels`
 * @param labels class numbers of the network
 * @param scale the byte that means 1.0
 * @param counts training images of each class
 */
export function dataFacts(
  images: Uint8Array,
  labels: Uint8Array,
  scale: number,
  counts: readonly number[],
): DataFacts {
  const width = images.length / labels.length;
  let [sum, squares] = [0, 0];
  for (const byte of images) {
    sum += byte;
    squares += byte * byte;
  }
  const mean = sum / images.length;
  const deviation = Math.sqrt(Math.max(0, squares / images.length - mean * mean));
  return {
    images: labels.length,
    mean: mean / scale,
    deviation: deviation / scale,
    counts,
    ...agreement(images, labels, width, counts.length),
  };
}

/** Two of four: MNIST's images are by turns from clerks and from pupils, who write otherwise. */
const isAsked = (image: number) => image % 4 >= 2;

function agreement(images: Uint8Array, labels: Uint8Array, width: number, classes: number) {
  const sums = Array.from({ length: classes }, () => new Float64Array(width));
  const seen = new Array<number>(classes).fill(0);
  const row = (i: number) => images.subarray(i * width, (i + 1) * width);
  for (let i = 0; i < labels.length; i++) {
    if (isAsked(i)) continue;
    const total = sums[labels[i]!]!;
    seen[labels[i]!]! += 1;
    for (const [pixel, byte] of row(i).entries()) total[pixel]! += byte;
  }
  const means = sums.map((total, label) => total.map((value) => value / Math.max(1, seen[label]!)));
  const asked = new Array<number>(classes).fill(0);
  let right = 0;
  for (let i = 0; i < labels.length; i++) {
    if (!isAsked(i)) continue;
    asked[labels[i]!]! += 1;
    if (nearest(row(i), means, seen) === labels[i]) right += 1;
  }
  const count = Math.max(
    1,
    asked.reduce((sum, images) => sum + images, 0),
  );
  return { agreement: right / count, chance: Math.max(...asked) / count };
}

/** The class whose mean image is nearest, by squared differences. */
function nearest(image: Uint8Array, means: readonly Float64Array[], seen: readonly number[]): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (const [label, mean] of means.entries()) {
    if (seen[label] === 0) continue;
    let distance = 0;
    for (let i = 0; i < image.length; i++) distance += (image[i]! - mean[i]!) ** 2;
    if (distance < least) [best, least] = [label, distance];
  }
  return best;
}
