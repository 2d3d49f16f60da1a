// How a page asks this server's API: a refusal arrives as the ApiError that the server threw, in its own sentence.
import { ApiError } from "../http";

export type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

/** No answer came at all. The message is one sentence. */
export class UnreachableError extends Error {
  override name = "UnreachableError";
}

interface Asking extends RequestInit {
  fetch?: Fetch;
}

export interface Answer {
  status: number;
  body: unknown;
  /** Where the answer came from, an absolute URL. */
  address: string;
}

/** Seconds only: our API writes no dates there. */
function secondsIn(retryAfter: string | null): number | undefined {
  return retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : undefined;
}

/** A refusal as it was thrown on the server; in our words where something else than our API answered. */
function refusalOf({ status, headers }: Response, body: unknown): ApiError {
  const { code, message, field } = Object(Object(body).error);
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  return new ApiError(
    status,
    text(code) ?? "unknown",
    text(message) ?? `The server answered ${status}: try again later.`,
    text(field),
    secondsIn(headers.get("Retry-After")),
  );
}

/**
 * Asks a path of this server; posts, where no other method is named.
 * @throws ApiError for a refusal, UnreachableError where no answer came, each in one sentence; the signal's reason where
 *   it was aborted
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
    throw new UnreachableError("The server could not be reached: check the connection, then try again.", {
      cause,
    });
  }
  init.signal?.throwIfAborted();
  if (response.ok) return { status: response.status, body, address: response.url };
  throw refusalOf(response, body);
}
