// GET /api/oembed: what a page elsewhere needs to show one of this server's experiments or runs in a frame
// (oEmbed 1.0, type `rich`). Nothing of the request is repeated: the experiment is decoded and encoded anew.
import * as z from "zod/mini";
import { ApiError, respond } from "../http";
import { decodeExperiment, encodeExperiment } from "../share/code";
import { frameHtml } from "../share/links";
import { parseRunId } from "../share/published-run";
import { titleOf } from "../spec/describe";
import type { ExperimentSpec } from "../spec/experiment";
import { object, ParseError, parse } from "../spec/parse";
import type { Archive } from "./archive";
import { isOwn, originOf, parseUrl } from "./host";

/** Where there is room: the width of a course's page, and a height at which the curves can be read. */
const WIDTH = 800;
const HEIGHT = 600;
const CACHE_SECONDS = 86_400;
/** Of the picture at /api/og. */
const thumbnail = { thumbnail_width: 1200, thumbnail_height: 630 };

const urlAllowed = "the address of an experiment or a run on this server";
const sideAllowed = "a whole number of pixels from 1 to 10000";
const side = z.nullable(z.string().check(z.regex(/^(?:[1-9]\d{0,3}|10000)$/, { error: sideAllowed })));
const requestSchema = object({
  url: z.string({ error: urlAllowed }),
  maxwidth: side,
  maxheight: side,
});

interface Shown {
  experiment: ExperimentSpec;
  title: string;
  /** What /api/og draws. */
  picture: string;
}

function experimentAt(code: string): Shown | null {
  try {
    const experiment = decodeExperiment(decodeURIComponent(code));
    return { experiment, title: titleOf(experiment), picture: encodeExperiment(experiment) };
  } catch (error) {
    if (error instanceof ParseError || error instanceof URIError) return null;
    throw error;
  }
}

async function runAt(id: string, archive: Archive): Promise<Shown | null> {
  try {
    const found = await archive.read(parseRunId(id));
    if (found === null) return null;
    const { experiment, test } = found.run;
    const accuracy = `${(100 * test.accuracy).toFixed(2)}% on the test images`;
    return { experiment, title: `${titleOf(experiment)} · ${accuracy}`, picture: found.id };
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}

/** What an address of this server shows; null for every other address. */
async function shownAt(address: string, request: Request, archive: Archive): Promise<Shown | null> {
  const url = parseUrl(address);
  if (url === null || !isOwn(url, request)) return null;
  const [, place, name, ...rest] = url.pathname.replace(/\/$/, "").split("/");
  if (name === undefined || rest.length > 0) return null;
  if (place === "x" || place === "embed") return experimentAt(name);
  return place === "r" ? runAt(name, archive) : null;
}

/** @param archive where runs are looked up */
export function createOembedAnswer(archive: Archive) {
  /** @throws ParseError for parameters that cannot be, ApiError 404 for other addresses, 501 for other formats */
  return async function answer(request: Request): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const [url, maxwidth, maxheight, format] = ["url", "maxwidth", "maxheight", "format"].map((name) =>
      searchParams.get(name),
    );
    if ((format ?? "json") !== "json")
      throw new ApiError(501, "not_implemented", "format must be json; there is no other.", "format");
    const asked = parse(requestSchema, { url: url ?? undefined, maxwidth, maxheight }, "request");
    const shown = await shownAt(asked.url, request, archive);
    if (shown === null) throw new ApiError(404, "not_found", `url must be ${urlAllowed}.`, "url");

    const origin = originOf(request);
    const width = Math.min(WIDTH, Number(asked.maxwidth ?? WIDTH));
    const height = Math.min(HEIGHT, Number(asked.maxheight ?? HEIGHT));
    const source = `${origin}/embed/${encodeExperiment(shown.experiment)}`;
    const html = frameHtml({ src: source, title: shown.title, width, height });
    const described = {
      version: "1.0",
      type: "rich",
      title: shown.title,
      provider_name: "Descent",
      provider_url: `${origin}/`,
      cache_age: CACHE_SECONDS,
      width,
      height,
      html,
      thumbnail_url: `${origin}/api/og/${shown.picture}`,
      ...thumbnail,
    };
    return respond(described, { cacheControl: `public, max-age=300, s-maxage=${CACHE_SECONDS}` });
  };
}
