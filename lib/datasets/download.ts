// One file over a bad network: several tries with growing pauses, unless the server says that there is no point.
import { DataError } from "./source";

export interface Network {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Resolves after so many milliseconds. */
  delay: (ms: number) => Promise<void>;
  /** Uniform in [0, 1), for pauses that differ from device to device. */
  random: () => number;
  /** A transfer that brings no byte for so long counts as failed. */
  stallMs: number;
}

export const browserNetwork: Network = {
  fetch: (url, init) => fetch(url, init),
  delay: (ms) => new Promise((done) => setTimeout(done, ms)),
  random: Math.random,
  stallMs: 20_000,
};

/** Worth another try; the message ends a sentence that begins with what was asked for. */
export class TransientError extends Error {
  override name = "TransientError";
}

export const TRIES = 4;
const FIRST_PAUSE_MS = 500;

/** Statuses that may be different a moment later. */
const mayChange = (status: number) => status >= 500 || [408, 425, 429].includes(status);

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The sentence in an error answer of our API, as an addition in parentheses; empty for other servers' answers. */
async function explanation(response: Response): Promise<string> {
  try {
    const { message } = Object(Object(JSON.parse(await response.text())).error);
    return typeof message === "string" ? ` (${message.slice(0, 200).replace(/\.$/, "")})` : "";
  } catch {
    return "";
  }
}

export interface FetchOptions {
  network: Network;
  signal: AbortSignal;
  /** "reload" goes past the browser's HTTP cache. */
  cache: RequestCache;
  /** Called with the bytes so far, from 0. */
  onBytes?: (loaded: number) => void;
}

/**
 * Fetches once.
 * @param what begins the sentence of an error, e.g. "Training shard 3 of MNIST digits"
 * @throws TransientError if it makes sense to try again, DataError if not
 */
export async function fetchBytes(
  what: string,
  url: string,
  { network, signal, cache, onBytes = () => {} }: FetchOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const transfer = new AbortController();
  const abort = () => transfer.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort);
  let stalled = false;
  const stop = () => {
    stalled = true;
    transfer.abort();
  };
  let watch = setTimeout(stop, network.stallMs);
  try {
    onBytes(0);
    const response = await network.fetch(url, { signal: transfer.signal, cache });
    if (!response.ok) {
      const answer = `the server answered ${response.status}${await explanation(response)}`;
      if (mayChange(response.status)) throw new TransientError(answer);
      throw new DataError(`${what} could not be loaded: ${answer}.`);
    }
    const chunks: Uint8Array[] = [];
    let loaded = 0;
    const reader = response.body!.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      chunks.push(part.value);
      loaded += part.value.length;
      onBytes(loaded);
      clearTimeout(watch);
      watch = setTimeout(stop, network.stallMs);
    }
    const bytes = new Uint8Array(loaded);
    let position = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, position);
      position += chunk.length;
    }
    return bytes;
  } catch (error) {
    if (error instanceof DataError || error instanceof TransientError) throw error;
    const seconds = Math.round(network.stallMs / 1000);
    throw new TransientError(
      stalled ? `nothing came for ${seconds} seconds` : `the network failed (${reasonOf(error)})`,
    );
  } finally {
    clearTimeout(watch);
    signal.removeEventListener("abort", abort);
  }
}

/**
 * Makes up to four attempts while they end in a TransientError, pausing about 0.5, 1 and 2 seconds between them.
 * @throws DataError when there is no point in going on, or the signal says to stop
 */
export async function retrying<T>(
  what: string,
  { network, signal }: Pick<FetchOptions, "network" | "signal">,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    const stopped = () => new DataError(`${what} was not loaded: loading was stopped.`);
    if (signal.aborted) throw stopped();
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted) throw stopped();
      if (!(error instanceof TransientError)) throw error;
      if (tries === TRIES)
        throw new DataError(`${what} could not be loaded in ${TRIES} tries: ${error.message}.`);
    }
    // Spread from half to one and a half, so that a hall full of phones does not come back all at once.
    const pause = network.delay(FIRST_PAUSE_MS * 2 ** (tries - 1) * (0.5 + network.random()));
    const stop = new Promise((done) => signal.addEventListener("abort", done, { once: true }));
    await Promise.race([pause, stop]);
  }
}
