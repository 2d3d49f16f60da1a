// POST /api/runs: the entrance for runs that are published. A form with the part `run`, the published run as JSON,
// and either `weights`, the encoded weights themselves, or `upload`, the name of an object that holds them:
//
//   curl -F run=@run.json -F weights=@weights.bin https://…/api/runs
//
// What is cheap to check is checked first. Nothing is stored before everything has been.
import type { OpenStore } from "../blob/environment";
import { ApiError, respond } from "../http";
import { type PublishedRun, parsePublishedRun } from "../share/published-run";
import { ParseError } from "../spec/parse";
import type { Program } from "../spec/program";
import type { Archive } from "./archive";
import { readBody, readJson } from "./body";
import { checkBytes, checkRun } from "./check";
import { requireOwnOrigin } from "./host";
import { MAX_BODY_BYTES, MAX_INLINE_WEIGHTS_BYTES, MAX_RUN_BYTES } from "./limits";
import { boundaryOf, readParts } from "./multipart";
import { parseUploadName } from "./names";

type Part = Uint8Array<ArrayBuffer>;

function requireSize(name: string, { length }: Part, most: number, advice: string): void {
  if (length <= most) return;
  throw new ApiError(
    413,
    "too_large",
    `${name} has ${length} bytes; it must have at most ${most}${advice}.`,
    name,
  );
}

/** The weights where they were uploaded, checked; what is at that name stays there. */
async function checkUploaded(part: Part, published: PublishedRun, program: Program, open: () => OpenStore) {
  const { sha256 } = published.weights;
  const name = parseUploadName(new TextDecoder().decode(part), sha256);
  // No more than a grant of ours allowed can be there.
  const bytes = await open().store.read(name);
  if (bytes === null)
    throw new ParseError("upload", name, "the name of an upload that was made: upload the weights first");
  await checkBytes(bytes, published, program, "upload");
  return name;
}

/**
 * Answers 201 with the run's name and page, and 200 with the same where it was published before.
 * @throws ApiError 400, 403, 413, 415 or 422, in one sentence
 */
export function createPublishAnswer(archive: Archive, open: () => OpenStore) {
  return async function answer(request: Request): Promise<Response> {
    requireOwnOrigin(request);
    const boundary = boundaryOf(request.headers.get("content-type"));
    const parts = readParts(await readBody(request, MAX_BODY_BYTES), boundary, ["run", "weights", "upload"]);
    const [text, inline, upload] = ["run", "weights", "upload"].map((name) => parts.get(name));
    if (text === undefined) throw new ApiError(422, "invalid", "run is missing; it must be a part.", "run");
    if ((inline === undefined) === (upload === undefined))
      throw new ApiError(422, "invalid", "There must be one of the parts weights and upload.", "weights");
    requireSize("run", text, MAX_RUN_BYTES, "");
    if (inline) requireSize("weights", inline, MAX_INLINE_WEIGHTS_BYTES, ": upload larger ones first");

    const published = parsePublishedRun(readJson(text, "run"));
    const program = checkRun(published);
    if (inline) await checkBytes(inline, published, program, "weights");
    // A copy of its own: what is stored must not hold on to the whole request.
    const weights = inline?.slice() ?? (await checkUploaded(upload!, published, program, open));
    const { id, created } = await archive.keep(published, weights);
    const url = `/r/${id}`;
    return respond({ id, url }, { status: created ? 201 : 200, headers: { Location: url } });
  };
}
