// What is done to training images before a step, in whole numbers from bytes to bytes, so that every engine sees the
// very same images. What is drawn by lot comes from the seed, the step and the image's place in its batch.
import { bitsAt, streamKey, uniformAt } from "../random";
import { cosine, PI, sine } from "./exact";
import type { AugmentationKind, AugmentationSpec } from "./experiment";
import type { Shape } from "./ops";

type Of<K extends AugmentationKind> = Extract<AugmentationSpec, { kind: K }>;

/** The affine map from a pixel's place to where its colour comes from: [a b; c d]·(x, y) + (e, f). */
type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** A draw between −1 and 1. */
type Draw = () => number;

/** How each kind moves an image about its centre; null where it moves nothing. */
const moves: { [K in AugmentationKind]: ((values: Of<K>, draw: Draw) => Affine) | null } = {
  shift: ({ pixels }, draw) => [1, 0, 0, 1, pixels * draw(), pixels * draw()],
  rotate({ degrees }, draw) {
    const angle = (degrees * PI * draw()) / 180;
    const [c, s] = [cosine(angle), sine(angle)];
    return [c, s, -s, c, 0, 0];
  },
  zoom({ factor }, draw) {
    const shrink = 1 / (1 + factor * draw());
    return [shrink, 0, 0, shrink, 0, 0];
  },
  noise: null,
};

const compose = ([a, b, c, d, e, f]: Affine, [A, B, C, D, E, F]: Affine): Affine => [
  a * A + b * C,
  a * B + b * D,
  c * A + d * C,
  c * B + d * D,
  a * E + b * F + e,
  c * E + d * F + f,
];

/** Standard deviation of the sum of four uniform bytes, about 147.8. */
const BYTES_SPREAD = 147.80166891254;

export interface Noise {
  /** Adds ((sum of four random bytes − 510) · amplitude) / 2¹⁶ to each byte, about normal. */
  amplitude: number;
  /** One stream for each image. */
  keys: Uint32Array;
}

export class Augmenter {
  readonly #moving: readonly AugmentationSpec[];
  readonly #noises: readonly Of<"noise">[];

  /** @param scale the byte that means 1.0; results stay between 0 and it */
  constructor(
    augmentation: readonly AugmentationSpec[],
    readonly shape: Shape,
    readonly scale: number,
    readonly seed: number,
  ) {
    this.#moving = augmentation.filter(({ kind }) => moves[kind] !== null);
    this.#noises = augmentation.filter((entry) => entry.kind === "noise");
  }

  get active(): boolean {
    return this.#moving.length + this.#noises.length > 0;
  }

  /**
   * The map of each image of a batch, as 16.16 fixed-point numbers that take a pixel's column and row to those of
   * its colour; null where no image is moved.
   * @returns int32 [count, 6]
   */
  maps(step: number, count: number): Int32Array | null {
    if (this.#moving.length === 0) return null;
    const [height, width] = this.shape as [number, number];
    const centre: Affine = [1, 0, 0, 1, (width - 1) / 2, (height - 1) / 2];
    const back: Affine = [1, 0, 0, 1, -centre[4], -centre[5]];
    const maps = new Int32Array(6 * count);
    for (let n = 0; n < count; n++) {
      const key = streamKey(this.seed, "augmentation", step, n);
      let drawn = 0;
      const draw = () => 2 * uniformAt(key, drawn++) - 1;
      let map = back;
      for (const entry of this.#moving)
        map = compose(
          (moves[entry.kind] as (values: AugmentationSpec, draw: Draw) => Affine)(entry, draw),
          map,
        );
      for (const [i, value] of compose(centre, map).entries()) maps[6 * n + i] = Math.round(65536 * value);
    }
    return maps;
  }

  /** What each noise of the list adds in this step. */
  noises(step: number, count: number): Noise[] {
    return this.#noises.map(({ stddev }, i) => ({
      amplitude: Math.round((65536 * stddev * this.scale) / BYTES_SPREAD),
      keys: Uint32Array.from({ length: count }, (_, n) => streamKey(this.seed, "augmentation", step, n, i)),
    }));
  }

  /**
   * The augmented images of a batch: what assembly/augment does, for the other engines.
   * @param images bytes, row-major, of the batch in order; not changed
   * @param step from 0, over the whole run
   */
  apply(images: Uint8Array, step: number): Uint8Array {
    const size = this.shape.reduce((product, axis) => product * axis, 1);
    const count = images.length / size;
    const maps = this.maps(step, count);
    const out = images.slice();
    if (maps !== null)
      for (let n = 0; n < count; n++)
        warp(
          images.subarray(n * size, (n + 1) * size),
          this.shape,
          maps.subarray(6 * n),
          out.subarray(n * size),
        );
    for (const { amplitude, keys } of this.noises(step, count))
      for (let n = 0; n < count; n++)
        for (let i = 0; i < size; i++) {
          const bits = bitsAt(keys[n]!, i);
          const sum = (bits & 255) + ((bits >> 8) & 255) + ((bits >> 16) & 255) + (bits >>> 24);
          const value = out[n * size + i]! + (((sum - 510) * amplitude + 32768) >> 16);
          out[n * size + i] = Math.min(Math.max(value, 0), this.scale);
        }
    return out;
  }
}

/** Bilinear, with weights in 256ths and black outside of the image. */
function warp(image: Uint8Array, shape: Shape, map: Int32Array, out: Uint8Array): void {
  const [height, width, channels] = shape as [number, number, number];
  const [a, b, c, d, e, f] = map as unknown as Affine;
  const at = (x: number, y: number, channel: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : image[(y * width + x) * channels + channel]!;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const sx = a * column + b * row + e;
      const sy = c * column + d * row + f;
      const [x, y] = [sx >> 16, sy >> 16];
      const [fx, fy] = [(sx >> 8) & 255, (sy >> 8) & 255];
      for (let channel = 0; channel < channels; channel++) {
        const upper = at(x, y, channel) * (256 - fx) + at(x + 1, y, channel) * fx;
        const lower = at(x, y + 1, channel) * (256 - fx) + at(x + 1, y + 1, channel) * fx;
        out[(row * width + column) * channels + channel] = (upper * (256 - fy) + lower * fy + 32768) >> 16;
      }
    }
}
