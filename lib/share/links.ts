// The addresses of what is shared, written and read. Pure: who uses them knows the origin, and what comes in is text
// that somebody pasted.
import type { ExperimentSpec } from "../spec/experiment";
import { ParseError } from "../spec/parse";
import { encodeExperiment } from "./code";
import { parseRunId } from "./published-run";

/** What a link says beside where it leads. */
export interface ExperimentLink {
  /** The `<code>` of `/x/<code>`; not decoded yet. */
  code: string;
  /** The published run that the experiment was forked from, by its name. */
  forkedFrom: string | null;
  /** The trained weights of a capsule link, as text; not decoded yet. */
  capsule: string | null;
}

/** What comes before a trained network in a fragment. Reading it is up to capsule.ts, which few pages ever load. */
const CAPSULE = "#net=";

/** @param origin such as "https://example.org", without a slash at the end */
export function experimentLink(origin: string, spec: ExperimentSpec, forkedFrom: string | null): string {
  const lineage = forkedFrom === null ? "" : `?from=${forkedFrom}`;
  return `${origin}/x/${encodeExperiment(spec)}${lineage}`;
}

/**
 * The experiment's link with the trained network in its fragment, which no server is sent.
 * @param capsule the network as `encodeCapsule` writes it
 */
export const capsuleLink = (
  origin: string,
  spec: ExperimentSpec,
  forkedFrom: string | null,
  capsule: string,
): string => `${experimentLink(origin, spec, forkedFrom)}${CAPSULE}${capsule}`;

export interface Frame {
  src: string;
  title: string;
  /** CSS pixels, or a share such as "100%". */
  width: number | string;
  /** CSS pixels. */
  height: number;
}

/** A piece of HTML that shows one of our pages in another one. */
export function frameHtml({ src, title, width, height }: Frame): string {
  const attributes = {
    src,
    title,
    width: String(width),
    height: String(height),
    style: "border:0;max-width:100%",
    loading: "lazy",
    allow: "fullscreen; clipboard-write; screen-wake-lock",
  };
  return `<iframe${writeAttributes(attributes)}></iframe>`;
}

/** ` name="value"` for each, whatever the values say. */
export const writeAttributes = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeHtml(value)}"`)
    .join("");

/** A height at which the curves can be read. */
const EMBED_HEIGHT = 600;

/** The experiment in a frame, as wide as there is room. */
export const embedSnippet = (origin: string, spec: ExperimentSpec): string =>
  frameHtml({
    src: `${origin}/embed/${encodeExperiment(spec)}`,
    title: spec.title || "Descent",
    width: "100%",
    height: EMBED_HEIGHT,
  });

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  '"': "&quot;",
  "'": "&#39;",
  "<": "&lt;",
  ">": "&gt;",
};

/** A text as it may stand in HTML, between tags or in an attribute's quotes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&"'<>]/g, (character) => entities[character]!);

const experimentAddress = /^\S*\/(?:x\/([^\s/?#]+)|embed\/([^\s/?#]+)(?:\/live)?)\/?(\?[^\s#]*)?(#\S*)?$/;
const runAddress = /^\S*\/r\/[0-9a-f]{64}\/?(?:[?#]\S*)?$/;

/**
 * Reads the address of an experiment or of its embed, with or without a scheme and a host.
 * @returns null for a text that is no such address
 * @throws ParseError for the address of a published run, which holds nothing but a name
 */
export function readExperimentLink(text: string): ExperimentLink | null {
  if (runAddress.test(text)) {
    const message = "This is the address of a published run: open it in the browser, and fork it there.";
    throw new ParseError("link", text, "the link of an experiment", message);
  }
  const found = experimentAddress.exec(text);
  if (found === null) return null;
  const [, own, embedded, query = "", fragment = ""] = found;
  return { code: (own ?? embedded)!, forkedFrom: readLineage(query), capsule: readCapsule(fragment) };
}

const readCapsule = (fragment: string): string | null =>
  fragment.startsWith(CAPSULE) ? fragment.slice(CAPSULE.length) : null;

/** A lineage that cannot be read is left out: the experiment is whole without it. */
function readLineage(query: string): string | null {
  try {
    return parseRunId(new URLSearchParams(query).get("from"));
  } catch {
    return null;
  }
}
