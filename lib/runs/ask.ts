// How a page asks this server's API: what goes wrong arrives as an Error whose message is the API's own sentence.

export type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

interface Asking extends RequestInit {
  fetch?: Fetch;
}

export interface Answer {
  status: number;
  body: unknown;
  /** Where the answer came from, an absolute URL. */
  address: string;
}

/** The sentence in an error's body; null where there is none, as when something else than our API answered. */
function sentenceIn(body: unknown): string | null {
  const message = Object(Object(body).error).message;
  return typeof message === "string" ? message : null;
}

/**
 * Posts to a path of this server.
 * @throws Error in one sentence, or the signal's reason where it was aborted
 */
export async function askApi(
  path: string,
  // Called as a function of its own: a browser's fetch does not work as a method.
  { fetch = (input, init) => globalThis.fetch(input, init), ...init }: Asking,
): Promise<Answer> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(path, { method: "POST", ...init });
    body = await response.json().catch(() => null);
  } catch (cause) {
    init.signal?.throwIfAborted();
    throw new Error("The server could not be reached: check the connection, then try again.", { cause });
  }
  init.signal?.throwIfAborted();
  if (response.ok) return { status: response.status, body, address: response.url };
  throw new Error(sentenceIn(body) ?? `The server answered ${response.status}: try again later.`);
}
