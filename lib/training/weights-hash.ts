// What tells a network's weights apart from all others: the same run has the same hash on every device.
import { sha256Of } from "../sha256";

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * SHA-256 of all weights as little-endian float32, array after array, in the order of `program.weights`.
 * @returns 64 hexadecimal digits
 */
export function hashWeights(weights: readonly Float32Array[]): Promise<string> {
  const bytes = new Uint8Array(weights.reduce((sum, { byteLength }) => sum + byteLength, 0));
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const array of weights) {
    // As they lie in memory they are the bytes already, and copied at once, on all but a few old machines.
    if (isLittleEndian) bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset);
    else for (const [i, weight] of array.entries()) view.setFloat32(offset + 4 * i, weight, true);
    offset += array.byteLength;
  }
  return sha256Of(bytes);
}
