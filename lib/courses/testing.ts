// For tests: a package's page without a browser. Its scripts run as they are, in a global of their own that has just what
// they ask of one.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import type { Course } from "./course";

/** A script of ours as it is served. */
export const readScript = async (name: string): Promise<string> =>
  readFileSync(fileURLToPath(new URL(`../../public/${name}`, import.meta.url)), "utf8");

export const lessonCourse: Course = {
  origin: "https://descent.example",
  shown: { kind: "lesson", slug: "fit-and-history" },
  title: "Fit and history",
  description: "One call trains a network.",
  options: { lock: [], theme: null, steps: { first: 2, last: 4 }, autoHeight: false },
  pass: 100,
};

export const experimentCourse: Course = {
  ...lessonCourse,
  shown: { kind: "experiment", code: "1~First.run~flatten_dense-10-softmax" },
  title: "First run",
  options: { ...lessonCourse.options, steps: null },
  pass: 95,
};

/** What the element in the page is to its scripts: attributes, a frame, and events. */
class FakePlayground extends EventTarget {
  constructor(
    readonly attributes: Readonly<Record<string, string>>,
    readonly frame: { src: string },
    readonly page: EventTarget,
  ) {
    super();
  }

  getAttribute(name: string): string | null {
    return this.attributes[name] ?? null;
  }

  /** Events that bubble reach the document, where their target is the element as it is in a page. */
  override dispatchEvent(event: Event): boolean {
    const done = super.dispatchEvent(event);
    const seen = new CustomEvent(event.type, { detail: (event as CustomEvent).detail });
    Object.defineProperty(seen, "target", { value: this });
    if (event.bubbles) this.page.dispatchEvent(seen);
    return done;
  }
}

interface PageOptions {
  /** Of the element. */
  attributes: Readonly<Record<string, string>>;
  /** Of the page's root. */
  data?: Readonly<Record<string, string>>;
  scripts: readonly string[];
  /** Of the window above the page, such as a course site's API. */
  above?: object;
  /** What follows the page's address. */
  search?: string;
  /** More of the page's own window. */
  own?: object;
}

/** Opens the page and runs its scripts. */
export async function openPage({
  attributes,
  data = {},
  scripts,
  above = {},
  search = "",
  own = {},
}: PageOptions) {
  const status = { textContent: "" };
  const window = Object.assign(new EventTarget(), own);
  const shown = attributes.lesson === undefined ? attributes.experiment : `lesson/${attributes.lesson}`;
  const steps = attributes.steps === undefined ? "" : `?steps=${attributes.steps}`;
  const frame = { src: `https://descent.example/embed/${shown}${steps}` };
  const document = Object.assign(new EventTarget(), { documentElement: { dataset: data } });
  const playground = new FakePlayground(attributes, frame, document);
  const find = (selector: string) => (selector === "[role=status]" ? status : playground);
  const top = Object.assign(above, { opener: null });
  Object.assign(top, { parent: top });
  Object.assign(document, { querySelector: find });
  const global: Record<string, unknown> = {
    ...{ document, CustomEvent, URL, URLSearchParams, crypto, setTimeout },
    location: { search, reload() {} },
    addEventListener: window.addEventListener.bind(window),
    parent: top,
    top,
    opener: null,
    ...own,
  };
  global.window = global;
  const context = createContext(global);
  for (const name of scripts) runInContext(await readScript(name), context, { filename: name });
  /** A message of the embed, as the element passes it on. */
  const tell = (type: string, detail: object) =>
    playground.dispatchEvent(new CustomEvent(`descent-${type}`, { bubbles: true, detail }));
  return {
    playground,
    /** Where events that bubble arrive. */
    document,
    said: () => status.textContent,
    ready: () => tell("ready", { experiment: parseExperiment(firstRun) }),
    finish: (testAccuracy: number | null) => tell("done", { history: [], testAccuracy }),
    /** @param counts how many checks passed, and of how many, step by step */
    progress: (...counts: (readonly [passed: number, total: number])[]) =>
      tell("lesson", {
        steps: counts.map(([passed, total], index) => ({ id: `step-${index}`, passed, total })),
      }),
    leave: () => window.dispatchEvent(new Event("pagehide")),
  };
}
