// GET /api/oembed: what a page elsewhere needs to show one of this server's experiments, runs or lessons in a frame
// (oEmbed 1.0, type `rich`). Nothing of the request is repeated: the experiment is decoded and encoded anew.
import * as z from "zod/mini";
import { asItIs, embedPath, type Shown, type ShownOptions } from "../embed/address";
import { queryOf, readOptions } from "../embed/options";
import { ApiError, respond } from "../http";
import { catalog } from "../lessons/catalog";
import { decodeExperiment, encodeExperiment } from "../share/code";
import { frameHtml } from "../share/links";
import { parseRunId } from "../share/published-run";
import { titleOf } from "../spec/describe";
import { object, ParseError, parse } from "../spec/parse";
import type { Archive } from "./archive";
import { isOwn, originOf, parseUrl } from "./host";

/** Where there is room: the width of a course's page, and a height at which the curves can be read. */
const WIDTH = 800;
const HEIGHT = 600;
const CACHE_SECONDS = 86_400;
/** Of the picture at /api/og. */
const thumbnail = { thumbnail_width: 1200, thumbnail_height: 630 };

const urlAllowed = "the address of an experiment, a run or a lesson on this server";
const sideAllowed = "a whole number of pixels from 1 to 10000";
const side = z.nullable(z.string().check(z.regex(/^(?:[1-9]\d{0,3}|10000)$/, { error: sideAllowed })));
const requestSchema = object({
  url: z.string({ error: urlAllowed }),
  maxwidth: side,
  maxheight: side,
});

interface Answer {
  shown: Shown;
  title: string;
  /** What /api/og draws; null where it draws nothing. */
  picture: string | null;
}

function experimentAt(code: string): Answer | null {
  try {
    const experiment = decodeExperiment(decodeURIComponent(code));
    const own = encodeExperiment(experiment);
    return { shown: { kind: "experiment", code: own }, title: titleOf(experiment), picture: own };
  } catch (error) {
    if (error instanceof ParseError || error instanceof URIError) return null;
    throw error;
  }
}

async function runAt(id: string, archive: Archive): Promise<Answer | null> {
  try {
    const found = await archive.read(parseRunId(id));
    if (found === null) return null;
    const { experiment, test } = found.run;
    const accuracy = `${(100 * test.accuracy).toFixed(2)}% on the test images`;
    const shown = { kind: "experiment", code: encodeExperiment(experiment) } as const;
    return { shown, title: `${titleOf(experiment)} · ${accuracy}`, picture: found.id };
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}

function lessonAt(slug: string): Answer | null {
  const lesson = catalog.find((entry) => entry.slug === slug);
  return lesson === undefined
    ? null
    : { shown: { kind: "lesson", slug: lesson.slug }, title: lesson.title, picture: null };
}

/** A place of this server: its path's parts; null for every other address. A path alone is of this server. */
function placeOf(address: string, request: Request): { parts: string[]; query: URLSearchParams } | null {
  const url = parseUrl(address.startsWith("/") ? `${originOf(request)}${address}` : address);
  if (url === null || !isOwn(url, request)) return null;
  // A frame that has been tapped stands at an address below its own.
  const path = url.pathname.replace(/\/$/, "").replace(/^(\/embed\/.+)\/live$/, "$1");
  return { parts: path.split("/").slice(1), query: url.searchParams };
}

/** What the parts of a path lead to. */
async function answerAt(parts: readonly string[], archive: Archive): Promise<Answer | null> {
  const [place, name, inner, ...rest] = parts;
  if (name === undefined || rest.length > 0) return null;
  if (inner !== undefined) return place === "embed" && name === "lesson" ? lessonAt(inner) : null;
  if (place === "x" || place === "embed") return experimentAt(name);
  if (place === "lessons") return lessonAt(name);
  return place === "r" ? runAt(name, archive) : null;
}

/** What an embed's own address asks for is kept, as far as it means something. */
const optionsOf = (parts: readonly string[], query: URLSearchParams): ShownOptions =>
  parts[0] === "embed" ? { ...readOptions(queryOf(query)), autoHeight: false } : asItIs;

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
    const place = placeOf(asked.url, request);
    const found = place && (await answerAt(place.parts, archive));
    if (place === null || found === null)
      throw new ApiError(404, "not_found", `url must be ${urlAllowed}.`, "url");

    const origin = originOf(request);
    const width = Math.min(WIDTH, Number(asked.maxwidth ?? WIDTH));
    const height = Math.min(HEIGHT, Number(asked.maxheight ?? HEIGHT));
    const { shown, title, picture } = found;
    const source = `${origin}${embedPath(shown, optionsOf(place.parts, place.query))}`;
    const html = frameHtml({ src: source, title, width, height });
    const described = {
      version: "1.0",
      type: "rich",
      title,
      provider_name: "Descent",
      provider_url: `${origin}/`,
      cache_age: CACHE_SECONDS,
      width,
      height,
      html,
      ...(picture !== null && { thumbnail_url: `${origin}/api/og/${picture}`, ...thumbnail }),
    };
    return respond(described, { cacheControl: `public, max-age=300, s-maxage=${CACHE_SECONDS}` });
  };
}
