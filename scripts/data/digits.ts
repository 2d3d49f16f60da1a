// The 8×8 digits of the UCI repository, from the file beside this one: 1,797 rows in the order in which scikit-learn has
// them.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { splitDigits } from "../../lib/datasets/digits";
import { digits as definition } from "../../lib/spec/datasets/digits";
import { DataBuildError, type DatasetBuilder } from "./builder";

const file = "digits.csv.gz";
const advice = "get it from the repository again";

/** The unpacked file's SHA-256: how it is compressed may differ. */
const original = "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8";

/** The rows as text. @throws DataBuildError unless they are the original's */
export async function unpackDigits(packed: Uint8Array): Promise<string> {
  const bytes = await promisify(gunzip)(packed).catch(() => {
    throw new DataBuildError(`${file} cannot be unpacked: ${advice}.`);
  });
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== original)
    throw new DataBuildError(`${file} has the SHA-256 ${sha256}; it must be ${original}: ${advice}.`);
  return new TextDecoder().decode(bytes);
}

export const digits: DatasetBuilder = {
  definition,
  async read() {
    const packed = await readFile(new URL(file, import.meta.url)).catch(() => {
      throw new DataBuildError(`${file} is not in scripts/data: ${advice}.`);
    });
    return splitDigits(await unpackDigits(packed));
  },
};
