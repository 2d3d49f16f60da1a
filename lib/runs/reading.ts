// GET /api/runs/<id>: a published run. Its name is its content's hash, so that any cache may keep it for ever.
import { forever } from "../blob/store";
import { ApiError, respond } from "../http";
import { parseRunId } from "../share/published-run";
import type { Archive } from "./archive";

const cacheControl = `public, max-age=${forever}, s-maxage=${forever}, immutable`;

/** Whether a caller has what this tag stands for. */
const knows = (request: Request, etag: string): boolean =>
  (request.headers.get("if-none-match") ?? "")
    .split(",")
    .map((tag) => tag.trim().replace(/^W\//, ""))
    .some((tag) => tag === etag || tag === "*");

export function createRunAnswer(archive: Archive) {
  /**
   * @param id as it stands in the path
   * @throws ParseError where it cannot be a run's name, ApiError 404 where there is no such run
   */
  return async function answer(request: Request, id: string): Promise<Response> {
    const run = await archive.read(parseRunId(id));
    if (run === null) throw new ApiError(404, "not_found", `There is no published run ${id}.`, "id");
    const headers = { ETag: `"${run.id}"` };
    if (!knows(request, headers.ETag)) return respond(run, { cacheControl, headers });
    return new Response(null, { status: 304, headers: { ...headers, "Cache-Control": cacheControl } });
  };
}
