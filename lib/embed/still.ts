// What stands in a frame before anybody wants more: plain HTML with one small script, so that a page may hold many. It is
// no page of the app, and has nothing of its style sheet and fonts.

import { escapeHtml } from "../share/links";
import { previewOf } from "../share/preview";
import { type PlacedBlock, placeBlocks } from "../share/preview-layout";
import { describeExperiment } from "../spec/describe";
import type { ExperimentSpec } from "../spec/experiment";
import { lockable } from "../spec/lockable";
import type { EmbedOptions } from "./options";

/** The tokens of app/globals.css that are used here; a test compares them. */
export const tokens = {
  light: {
    paper: "#fbfaf7",
    ink: "#1c1b19",
    soft: "#6a675f",
    line: "#e6e2d8",
    train: "#2356d8",
    validation: "#d4490c",
  },
  dark: {
    paper: "#131311",
    ink: "#eeece5",
    soft: "#a5a196",
    line: "#2d2c27",
    train: "#7aa2ff",
    validation: "#ff8a4c",
  },
};

/** What the script is told; public/embed-still.js reads it. */
export interface StillData {
  /** Path of the playground that takes this one's place. */
  live: string;
  experiment: ExperimentSpec;
  /** Words that a message may lock. */
  lockable: readonly string[];
  /** Whether a message may put another experiment in its place. */
  loads: boolean;
  autoHeight: boolean;
}

type Look = Pick<EmbedOptions, "theme" | "autoHeight">;

/** An experiment: its name, what it is made of, and the network as a row of blocks. */
export function stillExperiment(spec: ExperimentSpec, code: string, look: Look): string {
  const { headline } = previewOf(spec);
  const title = wellFormed(spec.title || headline);
  return page(
    title,
    look,
    `<h1>${escapeHtml(title)}</h1>
<p class="soft">${escapeHtml(describeExperiment(spec))}</p>
${drawNetwork(spec)}
${ways("Open the playground here", `/x/${code}`)}`,
    dataOf(spec, `/embed/${code}/live`, true, look),
  );
}

export interface StillLesson {
  slug: string;
  title: string;
  summary: string;
  /** How long all of its steps take a reader, about; null where not all are shown. */
  minutes: number | null;
  steps: readonly { id: string; title: string }[];
  /** The number of the first of them, from 1. */
  from: number;
  /** What it begins with. */
  experiment: ExperimentSpec;
}

/** A lesson: what it is about, and its steps. */
export function stillLesson(lesson: StillLesson, look: Look): string {
  const { slug, title, summary, minutes, steps, from, experiment } = lesson;
  const items = steps.map((step) => `<li>${escapeHtml(step.title)}</li>`).join("");
  const length = minutes === null ? "" : `<p class="soft">About ${minutes} minutes</p>\n`;
  return page(
    title,
    look,
    `<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(summary)}</p>
${length}<ol start="${from}" class="soft">${items}</ol>
${ways("Open the lesson here", `/lessons/${slug}#${steps[0]!.id}`)}`,
    dataOf(experiment, `/embed/lesson/${slug}/live`, false, look),
  );
}

/** An address that says no experiment or no lesson. @param reason one sentence */
export const stillProblem = (title: string, reason: string, look: Look): string =>
  page(
    title,
    look,
    `<h1>${escapeHtml(title)}</h1>
<p class="wrap">${escapeHtml(wellFormed(reason))}</p>
<p class="ways"><a href="/" target="_blank" rel="noopener">Go to the playground</a></p>`,
    null,
  );

const dataOf = (experiment: ExperimentSpec, live: string, loads: boolean, look: Look): StillData => ({
  live,
  experiment,
  lockable,
  loads,
  autoHeight: look.autoHeight,
});

const ways = (open: string, elsewhere: string): string =>
  `<p class="ways"><button type="button" id="open"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 4l14 8-14 8z" fill="currentColor"/></svg><span>${open}</span></button>
<a href="${escapeHtml(elsewhere)}" target="_blank" rel="noopener">Open in Descent <span aria-hidden="true">↗</span></a></p>
<noscript><p class="soft">This needs JavaScript.</p></noscript>`;

const frame = { width: 640, height: 120, mostWide: 72, mostGap: 64, faint: 6 };

function drawNetwork(spec: ExperimentSpec): string {
  const blocks = placeBlocks(previewOf(spec), frame);
  const end = blocks.at(-1)!;
  const width = round(end.x + end.width);
  const middle = frame.height / 2;
  return `<svg class="network" viewBox="0 0 ${width} ${frame.height}" preserveAspectRatio="xMinYMid meet" aria-hidden="true"><path d="M0 ${middle}H${width}" stroke="var(--line)" stroke-width="1.5"/>${blocks.map(drawBlock).join("")}</svg>`;
}

function drawBlock({ x, y, width, tall, label, height, isInput }: PlacedBlock): string {
  const isOutline = isInput || height === null;
  const fill = isOutline ? "paper" : label === null ? "line" : "ink";
  const outline = isOutline ? ` stroke="var(--soft)" stroke-width="1.5"` : "";
  const dashes = height === null ? ` stroke-dasharray="4 4"` : "";
  const [left, top, wide, high, corner] = [x, y, width, tall, Math.min(4, width / 3)].map(round);
  return `<rect x="${left}" y="${top}" width="${wide}" height="${high}" rx="${corner}" fill="var(--${fill})"${outline}${dashes}/>`;
}

/** HTML cannot carry half a surrogate pair, which a title may hold. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, "\ufffd");

const round = (length: number): number => Math.round(100 * length) / 100;

const declare = (colours: Readonly<Record<string, string>>): string =>
  Object.entries(colours)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(";");

const style = `html{${declare(tokens.light)};color-scheme:light}
@media(prefers-color-scheme:dark){html:not([data-theme=light]){${declare(tokens.dark)};color-scheme:dark}}
html[data-theme=dark]{${declare(tokens.dark)};color-scheme:dark}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);-webkit-text-size-adjust:100%}
body{margin:0;font:.875rem/1.25rem ui-sans-serif,system-ui,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:42rem;margin:0 auto;padding:2rem 1.25rem;display:flex;flex-direction:column;justify-content:center;min-height:100vh}
[data-height=auto] main{min-height:0}
[data-height=auto]{scrollbar-width:none}
h1,p{margin:0 0 .375rem;overflow-wrap:anywhere}
h1{font-size:1.25rem;line-height:1.75rem;font-weight:600}
ol{margin:.375rem 0;padding-left:1.75rem}
li{padding:.125rem 0}
.brand{display:flex;align-items:center;gap:.5rem;margin-bottom:1.125rem;font-weight:700;letter-spacing:-.025em}
.brand svg{width:1.25rem;height:1.25rem}
.soft{color:var(--soft)}
.network{display:block;width:100%;height:auto;max-height:10rem;margin:.75rem 0}
.ways{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem 1.25rem;margin:.5rem 0 0}
button{display:inline-flex;align-items:center;gap:.5rem;min-height:2.75rem;padding:0 1.25rem;border:0;border-radius:.5rem;background:var(--ink);color:var(--paper);font:600 .9375rem/1.25rem ui-sans-serif,system-ui,sans-serif;cursor:pointer}
button svg{width:.875rem;height:.875rem;flex:none}
button[aria-busy=true]{opacity:.45;cursor:progress}
a{display:inline-flex;align-items:center;gap:.375rem;min-height:2.75rem;color:var(--train);font-weight:500;text-decoration:none}
a:hover{text-decoration:underline;text-underline-offset:4px}
:focus-visible{outline:2px solid var(--train);outline-offset:2px;border-radius:4px}`;

const brand = `<p class="brand"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M2 5c3 0 4 3.6 5.4 7.6C8.8 16.5 10.5 19 14.5 19H18" fill="none" stroke="var(--train)" stroke-width="2.2" stroke-linecap="round"/><circle cx="20.5" cy="19" r="2.2" fill="var(--validation)"/></svg>Descent</p>`;

function page(title: string, { theme, autoHeight }: Look, content: string, data: StillData | null): string {
  const attributes = `${theme === null ? "" : ` data-theme="${theme}"`}${autoHeight ? ` data-height="auto"` : ""}`;
  // Within a script element only "<" could end it.
  const told =
    data === null
      ? ""
      : `<script type="application/json" id="embed">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>
<script src="/embed-still.js" defer></script>
`;
  return `<!doctype html>
<html lang="en"${attributes}>
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)} · Descent</title>
<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">
<meta name="robots" content="noindex">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<style>${style}</style>
${told}</head>
<body>
<main>
${brand}
${content}
</main>
</body>
</html>
`;
}
