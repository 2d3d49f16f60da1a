// GET /api/runs/<id>: a published run. Its name is its content's hash, so that any cache may keep it for ever.
import { forever } from "../blob/store";
import { ApiError } from "../http";
import { parseRunId } from "../share/published-run";
import type { Archive, StoredRun } from "./archive";

const cacheControl = `public, max-age=${forever}, s-maxage=${forever}, immutable`;

/** Whether a caller has what this tag stands for. */
const knows = (request: Request, etag: string): boolean =>
  (request.headers.get("if-none-match") ?? "")
    .split(",")
    .map((tag) => tag.trim().replace(/^W\//, ""))
    .some((tag) => tag === etag || tag === "*");

export function createRunAnswer(archive: Archive) {
  /** As it is sent: hundreds of numbers are written as text once, not for each reader. */
  const bodies = new WeakMap<StoredRun, Uint8Array<ArrayBuffer>>();

  function bodyOf(run: StoredRun): Uint8Array<ArrayBuffer> {
    const known = bodies.get(run);
    if (known !== undefined) return known;
    const body = new TextEncoder().encode(JSON.stringify(run));
    bodies.set(run, body);
    return body;
  }

  /**
   * @param id as it stands in the path
   * @throws ParseError where it cannot be a run's name, ApiError 404 where there is no such run
   */
  return async function answer(request: Request, id: string): Promise<Response> {
    const run = await archive.read(parseRunId(id));
    if (run === null) throw new ApiError(404, "not_found", `There is no published run ${id}.`, "id");
    const headers = { ETag: `"${run.id}"`, "Cache-Control": cacheControl };
    if (knows(request, headers.ETag)) return new Response(null, { status: 304, headers });
    return new Response(bodyOf(run), { headers: { ...headers, "Content-Type": "application/json" } });
  };
}
