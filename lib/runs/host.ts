// Who is asked, and by whom: addresses of this server as the browsers outside know it.
import { ApiError } from "../http";

/** The host that the caller named, e.g. "localhost:3000". A server behind a proxy may think that it is another. */
const hostOf = (request: Request): string => request.headers.get("host") || new URL(request.url).host;

/** An absolute address, or null where it is none. */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** E.g. "https://descent.example". */
export function originOf(request: Request): string {
  const forwarded = request.headers.get("x-forwarded-proto")?.split(",")[0]?.trim();
  const protocol =
    forwarded === "http" || forwarded === "https" ? `${forwarded}:` : new URL(request.url).protocol;
  // Through URL: whatever stands in the header, what comes out is an origin and nothing else.
  return parseUrl(`${protocol}//${hostOf(request)}`)?.origin ?? new URL(request.url).origin;
}

/** Whether an address is on this server, by whatever protocol. */
export const isOwn = (url: URL, request: Request): boolean =>
  /^https?:$/.test(url.protocol) && url.host.toLowerCase() === new URL(originOf(request)).host;

/**
 * Lets only this server's own pages write, and whatever is no page at all: a browser always says where a request
 * to write came from.
 * @param message says what is done here alone, in one sentence
 * @throws ApiError 403
 */
export function requireOwnOrigin(
  request: Request,
  message = "Runs are published from this site's own pages.",
): void {
  const origin = request.headers.get("origin");
  if (origin === null) return;
  const url = parseUrl(origin);
  if (url === null || !isOwn(url, request)) throw new ApiError(403, "foreign_origin", message, "Origin");
}
