// The embedded object store: as much of Vercel Blob's HTTP API as the unmodified SDK needs for our ObjectStore,
// over files in one folder. What it does not do it refuses by name; nothing is silently ignored.
import { readClientToken, sameSecret, tooLong, type UploadGrantLimits, whyNotGranted } from "./client-token";
import { IncompleteBodyError, openDisk, type StoredObject } from "./disk";
import { checkName, checkPrefix, forever, ObjectNameError } from "./store";

export interface LocalBlobOptions {
  /** Where the objects live. */
  folder: string;
  /** Whoever has it may write, list and delete. Reading an object needs none. */
  token: string;
  /** The path under which the handler is called: `<mount>/api` is the API, `<mount>/files/<name>` the objects. */
  mount: string;
}

/** Vercel's own default: a month. */
const DEFAULT_MAX_AGE_SECONDS = 2_592_000;
const MIN_MAX_AGE_SECONDS = 60;
const PAGE_LIMIT = 1000;
const STREAMED_FROM_BYTES = 4 * 1024 * 1024;

/** A refusal in the API's words; the code decides which of the SDK's errors it becomes. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: "bad_request" | "client_token_not_allowed" | "forbidden" | "not_found",
    message: string,
  ) {
    super(message);
  }
}

const badRequest = (message: string) => new Refusal(400, "bad_request", message);
const missing = () => new Refusal(404, "not_found", "The requested blob does not exist");

const respondError = (status: number, code: string, message: string) =>
  Response.json({ error: { code, message } }, { status, headers: { "Cache-Control": "no-store" } });

/** A whole number from a header or parameter, or the fallback where it is absent. */
function wholeNumber(text: string | null, fallback: number, name: string): number {
  if (text === null) return fallback;
  if (!/^\d{1,15}$/.test(text)) throw badRequest(`${name} must be a whole number`);
  return Number(text);
}

const cacheControlOf = ({ maxAgeSeconds }: StoredObject) =>
  `public, max-age=${maxAgeSeconds}${maxAgeSeconds >= forever ? ", immutable" : ""}`;

const etagOf = ({ sha256 }: StoredObject) => `"${sha256}"`;

/** The request's body; a sender that goes away in the middle is told apart from a disk that fails. */
async function* received(request: Request): AsyncGenerator<Uint8Array> {
  try {
    if (request.body) yield* request.body as unknown as AsyncIterable<Uint8Array>;
  } catch (cause) {
    throw new IncompleteBodyError("The body broke off.", { cause });
  }
}

/** The body, refused as soon as more has come than may: a sender need not have said how much it sends. */
async function* atMost(maximumBytes: number, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0;
  for await (const chunk of body) {
    sizeBytes += chunk.length;
    if (sizeBytes > maximumBytes) throw badRequest(tooLong(maximumBytes));
    yield chunk;
  }
}

/**
 * Makes the store's request handler, a function from Request to Response. Several processes may run it over one
 * folder at the same time.
 */
export function createLocalBlob({ folder, token, mount }: LocalBlobOptions) {
  const disk = openDisk(folder);
  let swept: Promise<void> | undefined;

  function represent(request: Request, info: StoredObject) {
    // The SDK's caller fetches this URL next, so it must lead to where this request came in.
    const origin = `${new URL(request.url).protocol}//${request.headers.get("host") ?? new URL(request.url).host}`;
    const url = `${origin}${mount}/files/${info.name}`;
    return {
      url,
      downloadUrl: `${url}?download=1`,
      pathname: info.name,
      size: info.sizeBytes,
      contentType: info.contentType,
      contentDisposition: `inline; filename="${info.name.split("/").at(-1)}"`,
      cacheControl: cacheControlOf(info),
      uploadedAt: new Date(info.uploadedAt).toISOString(),
      etag: etagOf(info),
    };
  }

  /** The SDK names an object by its name or by the URL that it was given for it. */
  function nameFrom(text: string): string {
    if (!/^https?:\/\//.test(text)) return checkName(text);
    const { pathname } = new URL(text);
    if (!pathname.startsWith(`${mount}/files/`)) throw missing();
    return checkName(pathname.slice(`${mount}/files/`.length));
  }

  /** @param grant what a client token allows; null for whoever has the store's own token */
  async function put(
    request: Request,
    query: URLSearchParams,
    grant: UploadGrantLimits | null,
  ): Promise<Response> {
    const { headers } = request;
    const name = checkName(query.get("pathname") ?? "");
    if (query.has("fromUrl")) throw badRequest("The embedded store does not copy; put the bytes again");
    if (headers.get("x-vercel-blob-access") !== "public")
      throw badRequest('The embedded store keeps public objects only; access must be "public"');
    if (headers.get("x-add-random-suffix") === "1")
      throw badRequest("The embedded store adds no random suffix; choose the whole name");
    if (headers.has("x-if-match")) throw badRequest("The embedded store does not know ifMatch");
    const said = headers.get("content-length") ?? headers.get("x-content-length");
    const maxAge = headers.get("x-cache-control-max-age");
    const contentType = headers.get("x-content-type") ?? "application/octet-stream";
    if (contentType.length > 200) throw badRequest("contentType must have at most 200 characters");
    const sizeBytes = said === null ? null : wholeNumber(said, 0, "content-length");
    const refused = grant && whyNotGranted(grant, { name, contentType, sizeBytes });
    if (refused) throw badRequest(refused);
    // A client token decides how long the object is kept and what it replaces; its bearer has no say.
    const maxAgeSeconds = grant
      ? (grant.maxAgeSeconds ?? DEFAULT_MAX_AGE_SECONDS)
      : wholeNumber(maxAge, DEFAULT_MAX_AGE_SECONDS, "cacheControlMaxAge");
    const body = atMost(grant?.maximumBytes ?? Number.POSITIVE_INFINITY, received(request));
    const stored = await disk.write(name, body, {
      contentType,
      maxAgeSeconds: Math.max(MIN_MAX_AGE_SECONDS, maxAgeSeconds),
      overwrite: grant ? grant.overwrite : headers.get("x-allow-overwrite") === "1",
      sizeBytes,
    });
    if (stored === null)
      throw badRequest("This blob already exists; use `allowOverwrite: true` to overwrite it");
    return Response.json(represent(request, stored));
  }

  /** What the bearer may do: null means everything. */
  function grantOf(bearer: string): UploadGrantLimits | null {
    if (sameSecret(bearer, token)) return null;
    try {
      const grant = readClientToken(bearer, token);
      if (grant !== null) return grant;
    } catch (error) {
      throw error instanceof RangeError ? badRequest(error.message) : error;
    }
    throw new Refusal(403, "forbidden", "The token is missing or not this store's");
  }

  async function list(request: Request, query: URLSearchParams): Promise<Response> {
    if ((query.get("mode") ?? "expanded") !== "expanded")
      throw badRequest("The embedded store lists objects, not folders; mode must be expanded");
    const asked = wholeNumber(query.get("limit"), PAGE_LIMIT, "limit");
    const limit = Math.min(PAGE_LIMIT, Math.max(1, asked));
    // A cursor is the last name of the page before it.
    const after = query.get("cursor") ?? "";
    const { objects, hasMore } = await disk.list(checkPrefix(query.get("prefix") ?? ""), after, limit);
    return Response.json({
      blobs: objects.map((info) => represent(request, info)),
      hasMore,
      cursor: hasMore ? objects.at(-1)!.name : undefined,
    });
  }

  async function answerApi(request: Request, path: string, query: URLSearchParams): Promise<Response> {
    const bearer = (request.headers.get("authorization") ?? "").replace(/^Bearer /, "");
    const grant = grantOf(bearer);
    const call = `${request.method} ${path.replace(/\/$/, "")}`;
    if (call === "PUT ") return put(request, query, grant);
    if (grant !== null)
      throw new Refusal(403, "client_token_not_allowed", "A client token puts one object and does no more");
    if (call === "GET ") {
      const named = query.get("url");
      if (named === null) return list(request, query);
      const info = await disk.head(nameFrom(named));
      if (info === null) throw missing();
      return Response.json(represent(request, info));
    }
    if (call === "POST /delete") {
      const { urls } = Object(await request.json().catch(() => null));
      if (!Array.isArray(urls) || !urls.every((url) => typeof url === "string"))
        throw badRequest("urls must be a list of names or URLs");
      for (const name of urls.map(nameFrom)) await disk.delete(name);
      return Response.json({});
    }
    throw badRequest(`The embedded store does not know ${call}`);
  }

  async function answerFile(request: Request, name: string): Promise<Response> {
    if (request.method !== "GET" && request.method !== "HEAD")
      throw badRequest("Objects are only read here; use the API to write");
    const object = await disk.open(name);
    if (object === null) throw missing();
    const { info } = object;
    const headers = {
      "Cache-Control": cacheControlOf(info),
      ETag: etagOf(info),
      "Last-Modified": new Date(info.uploadedAt).toUTCString(),
      "Access-Control-Allow-Origin": "*",
      "X-Content-Type-Options": "nosniff",
      // Objects share the app's origin; none may run as a page of it.
      "Content-Security-Policy": "default-src 'none'; sandbox",
    };
    const about = { ...headers, "Content-Type": info.contentType, "Content-Length": String(info.sizeBytes) };
    const known = request.headers
      .get("if-none-match")
      ?.split(",")
      .map((tag) => tag.trim().replace(/^W\//, ""));
    const unchanged = known?.includes(etagOf(info)) || known?.includes("*");
    if (!unchanged && request.method === "GET") {
      // Read at once, a reader that goes away leaves no file open; what is too large for that is streamed.
      const body = info.sizeBytes <= STREAMED_FROM_BYTES ? await object.bytes() : object.stream();
      return new Response(body, { headers: about });
    }
    await object.close();
    return unchanged ? new Response(null, { status: 304, headers }) : new Response(null, { headers: about });
  }

  return async function handle(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    try {
      swept ??= disk.sweep();
      await swept;
      if (pathname.startsWith(`${mount}/files/`)) {
        const name = decodeURIComponent(pathname.slice(`${mount}/files/`.length));
        return await answerFile(request, name);
      }
      if (pathname === `${mount}/api` || pathname.startsWith(`${mount}/api/`))
        return await answerApi(request, pathname.slice(`${mount}/api`.length), searchParams);
      throw missing();
    } catch (error) {
      if (error instanceof Refusal) return respondError(error.status, error.code, error.message);
      const reading = pathname.startsWith(`${mount}/files/`);
      if (error instanceof ObjectNameError || error instanceof URIError)
        return reading
          ? respondError(404, "not_found", missing().message)
          : respondError(400, "bad_request", error.message);
      if (error instanceof IncompleteBodyError) return respondError(400, "bad_request", error.message);
      const systemCode = error instanceof Error && "code" in error ? String(error.code) : "";
      if (/^(ENOSPC|EDQUOT|EACCES|EPERM|EROFS)$/.test(systemCode))
        return respondError(507, "bad_request", `The data folder cannot be written to (${systemCode})`);
      console.error("The embedded object store failed:", error);
      return respondError(500, "internal_server_error", "The embedded object store failed; see the log");
    }
  };
}
