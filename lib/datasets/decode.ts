// A stored file counts only once it is unpacked, has the right length and the right hash.
import { sha256Of } from "../sha256";

/** The bytes came, but they are not the right ones; the message ends a sentence that begins with what they are. */
export class DamagedError extends Error {
  override name = "DamagedError";
}

async function gunzip(compressed: Uint8Array<ArrayBuffer>, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(size);
  const unpacked = new Blob([compressed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const reader = unpacked.getReader();
  let filled = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (filled + part.value.length > size) {
      reader.cancel().catch(() => {});
      throw new DamagedError(`it has more than ${size} bytes`);
    }
    bytes.set(part.value, filled);
    filled += part.value.length;
  }
  if (filled < size) throw new DamagedError(`it has ${filled} of ${size} bytes`);
  return bytes;
}

/**
 * Unpacks and checks a stored file.
 * @param size how many bytes it must have, unpacked
 * @param sha256 the hash that they must have, in hexadecimal
 * @throws DamagedError
 */
export async function decode(
  compressed: Uint8Array<ArrayBuffer>,
  size: number,
  sha256: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await gunzip(compressed, size).catch((error) => {
    throw error instanceof DamagedError ? error : new DamagedError("it cannot be unpacked", { cause: error });
  });
  if ((await sha256Of(bytes)) !== sha256) throw new DamagedError("its SHA-256 is not the manifest's");
  return bytes;
}
