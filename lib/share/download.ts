// The weights of a published run on their way back: what comes must be what was published.
import { sha256Of } from "../sha256";
import type { Program } from "../spec/program";
import type { PublishedRun, WeightsDescription } from "./published-run";
import { inSlices } from "./slices";
import { decodeWeights } from "./weights";

/** The weights did not come, or are not those that were published; the message is one sentence. */
export class DownloadError extends Error {
  override name = "DownloadError";
}

type Located = Omit<PublishedRun, "weights"> & { weights: WeightsDescription & { url: string } };

/**
 * Downloads the weights of a published run and checks them.
 * @param program of the run's experiment
 * @throws DownloadError
 */
export async function downloadWeights(
  { weights }: Located,
  program: Program,
  download: typeof fetch = fetch,
): Promise<Float32Array[]> {
  const { url, sizeBytes, sha256, encoding } = weights;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    const response = await download(url);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DownloadError(`The trained weights did not come (${reason}): reload the page to try again.`);
  }
  if (bytes.length !== sizeBytes || (await sha256Of(bytes)) !== sha256)
    throw new DownloadError("The trained weights that came are not those that were published.");
  return inSlices(decodeWeights(bytes, encoding, program));
}
