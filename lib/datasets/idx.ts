// The IDX format, in which MNIST and its relatives are published: a magic number, sizes, then bytes.

export interface IdxFile {
  /** Sizes, outermost first, e.g. [60000, 28, 28]. */
  dimensions: number[];
  /** The values, row-major; a view of the input, not a copy. */
  values: Uint8Array;
}

/**
 * Reads an IDX file of unsigned bytes.
 * @param name what the file is called in a message
 * @throws Error if the header is not one, or disagrees with the number of bytes that follow
 */
export function parseIdx(bytes: Uint8Array, name: string): IdxFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rank = bytes[3] ?? 0;
  const start = 4 + 4 * rank;
  if (bytes.length < start || bytes[0] !== 0 || bytes[1] !== 0 || bytes[2] !== 8 || rank === 0)
    throw new Error(`${name} does not begin with the header of an IDX file of unsigned bytes.`);
  const dimensions = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  const size = dimensions.reduce((product, dimension) => product * dimension, 1);
  if (bytes.length !== start + size)
    throw new Error(
      `${name} says ${dimensions.join("×")} but has ${bytes.length - start} bytes; it must have ${size}.`,
    );
  return { dimensions, values: bytes.subarray(start) };
}
