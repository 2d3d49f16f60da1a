// What every handler shares: JSON out, and for anything that goes wrong one error shape with a right status,
// never a stack. Web-standard requests and responses: nothing here knows which server runs it.
import type { ObjectNameError, StoreError } from "./blob/store";
import type { ParseError } from "./spec/parse";

/** A refusal: thrown anywhere below a route, answered as `{error: {code, message, field}}`. */
export class ApiError extends Error {
  override name = "ApiError";
  constructor(
    readonly status: number,
    /** For programs, e.g. "not_found". */
    readonly code: string,
    /** For people: one sentence. */
    message: string,
    /** What of the request is wrong, where one thing is. */
    readonly field?: string,
    /** When asking again is worth it, where that is known. */
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}

interface ResponseOptions {
  status?: number;
  /** E.g. "no-store", which is the default. */
  cacheControl?: string;
  /** Further headers. */
  headers?: Readonly<Record<string, string>>;
}

/** @param value is answered as JSON */
export function respond(
  value: unknown,
  { status = 200, cacheControl = "no-store", headers = {} }: ResponseOptions = {},
): Response {
  return Response.json(value, { status, headers: { ...headers, "Cache-Control": cacheControl } });
}

/** What runs this code: asked of the runtime itself, not of what a bundler put in its place. */
export const runtimeName = (): "edge" | "nodejs" => ("EdgeRuntime" in globalThis ? "edge" : "nodejs");

/** A store that fails is mostly back within seconds. */
const STORE_RETRY_SECONDS = 5;

/**
 * Whether an error is of a class of ours. By its name: what a process shares between its routes was made by one of their
 * bundles, each of which has classes of its own.
 */
const isNamed = <E extends Error>(error: unknown, name: E["name"]): error is E =>
  error instanceof Error && error.name === name;

function toApiError(error: unknown): ApiError {
  if (isNamed<ApiError>(error, "ApiError")) return error;
  if (isNamed<ParseError>(error, "ParseError"))
    return new ApiError(422, "invalid", error.message, error.field);
  if (isNamed<ObjectNameError>(error, "ObjectNameError")) return new ApiError(400, "invalid", error.message);
  if (isNamed<StoreError>(error, "StoreError"))
    return new ApiError(503, "store_unavailable", error.message, undefined, STORE_RETRY_SECONDS);
  console.error(error);
  return new ApiError(500, "internal", "Something went wrong on the server; try again later.");
}

/** Any thrown value as the error response that callers of the API rely on. */
export function respondError(thrown: unknown): Response {
  const { status, code, message, field, retryAfterSeconds } = toApiError(thrown);
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { "Retry-After": String(retryAfterSeconds) };
  return respond({ error: { code, message, field } }, { status, headers });
}

type Handler<Args extends readonly unknown[]> = (request: Request, ...args: Args) => Promise<Response>;

/**
 * Wraps a handler so that what it throws is answered: `export const GET = route(async (request) => …)`. Every
 * answer says which runtime made it.
 * @param options.anyOrigin whether the pages of every site may read the answers, refusals too
 */
export function route<Args extends readonly unknown[]>(
  handler: Handler<Args>,
  { anyOrigin = false } = {},
): Handler<Args> {
  return async (request, ...args) => {
    const response = await handler(request, ...args).catch(respondError);
    response.headers.set("X-Runtime", runtimeName());
    if (anyOrigin) response.headers.set("Access-Control-Allow-Origin", "*");
    return response;
  };
}
