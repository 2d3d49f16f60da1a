// A published run as a page reads it from the API.
import { parsePublishedRun } from "../share/published-run";
import type { StoredRun } from "./archive";
import { askApi, type Fetch } from "./ask";

/**
 * @param id 64 hexadecimal digits
 * @throws Error in one sentence, or the signal's reason where it was aborted
 */
export async function askRun(
  id: string,
  { signal, fetch }: { signal?: AbortSignal; fetch?: Fetch } = {},
): Promise<StoredRun> {
  const { body } = await askApi(`/api/runs/${id}`, { method: "GET", signal, fetch });
  try {
    const { id: name, weights, ...rest } = Object(body);
    const { url, ...described } = Object(weights);
    const published = parsePublishedRun({ ...rest, weights: described });
    if (name !== id || typeof url !== "string")
      throw new RangeError("It is another run, or its weights are nowhere.");
    return { ...published, id, weights: { ...published.weights, url } };
  } catch (cause) {
    throw new Error("What the server answered is no published run: reload the page, then try again.", {
      cause,
    });
  }
}
