// What tells a network's weights apart from all others: the same run has the same hash on every device.
import { sha256Of } from "../sha256";

/**
 * SHA-256 of all weights as little-endian float32, array after array, in the order of `program.weights`.
 * @returns 64 hexadecimal digits
 */
export function hashWeights(weights: readonly Float32Array[]): Promise<string> {
  const bytes = new Uint8Array(weights.reduce((sum, { byteLength }) => sum + byteLength, 0));
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const array of weights)
    for (const weight of array) {
      view.setFloat32(offset, weight, true);
      offset += 4;
    }
  return sha256Of(bytes);
}
