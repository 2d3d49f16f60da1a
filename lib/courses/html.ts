// The HTML that shows a course in other people's pages: our element with its script, or a plain frame where a site takes
// scripts away.
import { embedPath, pagePath, writeSteps } from "../embed/address";
import { escapeHtml, frameHtml, writeAttributes } from "../share/links";
import type { Course } from "./course";

/** How much room it takes. */
export interface Size {
  /** CSS pixels: of a course whose height is its own, the room that is kept until it says so. */
  height: number;
  /** CSS pixels; null for all the width there is. */
  width: number | null;
}

/** What the element is told of a course; what has its default is left out. */
export function elementAttributes({ shown, options }: Course): Record<string, string> {
  const { lock, theme, steps, autoHeight } = options;
  return {
    ...(shown.kind === "lesson" ? { lesson: shown.slug } : { experiment: shown.code }),
    ...(steps !== null && { steps: writeSteps(steps) }),
    ...(lock.length > 0 && { lock: lock.join(",") }),
    ...(theme !== null && { theme }),
    ...(autoHeight && { height: "auto" }),
  };
}

/** The room is reserved in the page itself: the script may come late, and nothing may move when it does. */
const roomOf = ({ height, width }: Size): string =>
  `display:block;height:${height}px${width === null ? "" : `;max-width:${width}px`}`;

/** The script and the element; whoever has no script finds a link. */
export function elementHtml(course: Course, size: Size): string {
  const { origin, shown, title } = course;
  const attributes = { ...elementAttributes(course), style: roomOf(size) };
  return [
    `<script async${writeAttributes({ src: `${origin}/embed.js` })}></script>`,
    `<descent-playground${writeAttributes(attributes)}>`,
    `  <a${writeAttributes({ href: origin + pagePath(shown) })}>${escapeHtml(title)}</a>`,
    "</descent-playground>",
  ].join("\n");
}

/** The same without a script: it cannot grow, and it tells nothing. */
export const plainHtml = ({ origin, shown, options, title }: Course, { height, width }: Size): string =>
  frameHtml({
    src: origin + embedPath(shown, { ...options, autoHeight: false }),
    title,
    width: width ?? "100%",
    height,
  });
