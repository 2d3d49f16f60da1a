// What every handler shares: JSON out, and for anything that goes wrong one error shape with a right status,
// never a stack. Web-standard requests and responses: nothing here knows which server runs it.
import { ObjectNameError, StoreError } from "./blob/store";
import { ParseError } from "./spec/parse";

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
  ) {
    super(message);
  }
}

/** @param value is answered as JSON @param cacheControl e.g. "no-store", which is the default */
export function respond(value: unknown, { status = 200, cacheControl = "no-store" } = {}): Response {
  return Response.json(value, { status, headers: { "Cache-Control": cacheControl } });
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof ParseError) return new ApiError(422, "invalid", error.message, error.field);
  if (error instanceof ObjectNameError) return new ApiError(400, "invalid", error.message);
  if (error instanceof StoreError) return new ApiError(503, "store_unavailable", error.message);
  console.error(error);
  return new ApiError(500, "internal", "Something went wrong on the server; try again later.");
}

/** Any thrown value as the error response that callers of the API rely on. */
export function respondError(thrown: unknown): Response {
  const { status, code, message, field } = toApiError(thrown);
  return respond({ error: { code, message, field } }, { status });
}

/** Wraps a handler so that what it throws is answered: `export const GET = route(async (request) => …)`. */
export function route<Args extends readonly unknown[]>(
  handler: (request: Request, ...args: Args) => Promise<Response>,
): (request: Request, ...args: Args) => Promise<Response> {
  return (request, ...args) => handler(request, ...args).catch(respondError);
}
