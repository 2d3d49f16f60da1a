// A data set's bytes as a canvas has them.
import type { DatasetDefinition } from "@/lib/spec/define";
import { sizeOf } from "@/lib/spec/ops";

const WHITE = 255;

/**
 * Red, green, blue and opacity of each pixel of one image.
 * @param images row-major bytes of one or more
 * @param dataset `scale` is the byte that is white
 */
export function toPixels(
  images: Uint8Array,
  index: number,
  { shape, scale }: Pick<DatasetDefinition, "shape" | "scale">,
): Uint8ClampedArray<ArrayBuffer> {
  const [height = 1, width = 1, channels = 1] = shape;
  const own = images.subarray(index * sizeOf(shape), (index + 1) * sizeOf(shape));
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    for (let color = 0; color < 3; color++)
      pixels[4 * i + color] = (own[i * channels + Math.min(color, channels - 1)]! * WHITE) / scale;
    pixels[4 * i + 3] = WHITE;
  }
  return pixels;
}
