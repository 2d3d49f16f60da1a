// What an embed's address asks for beside the experiment or the lesson. Anything may stand in an address: what says nothing
// is left out, and the embed opens all the same.
import { isLockable, type LockField } from "../spec/lockable";

export interface EmbedOptions {
  /** `?lock=layers,optimizer`: parts of the experiment that cannot be edited. */
  lock: readonly LockField[];
  /** `?theme=dark`; null as the reader's system has it. */
  theme: "light" | "dark" | null;
  /** `?steps=2-4` or `?steps=3`, from 1: the only steps of a lesson that are shown and counted; null for all of them. */
  steps: StepRange | null;
  /** `?height=auto`: the frame is made as tall as its content, and nothing scrolls in it. */
  autoHeight: boolean;
  /** `?host=https://course.example`: who frames it, where the browser does not say so itself. */
  host: string | null;
  /** `?begin=train`: it was asked to train before it was there. */
  begins: boolean;
}

/** From 1, both ends included. */
export interface StepRange {
  first: number;
  last: number;
}

/** What a framework makes of a query: a name that comes twice has a list. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const firstOf = (value: Query[string]): string => (typeof value === "string" ? value : (value?.[0] ?? ""));

export function readOptions(query: Query): EmbedOptions {
  const theme = firstOf(query.theme);
  return {
    lock: [...new Set(firstOf(query.lock).split(",").filter(isLockable))],
    theme: theme === "light" || theme === "dark" ? theme : null,
    steps: readSteps(firstOf(query.steps)),
    autoHeight: firstOf(query.height) === "auto",
    host: readOrigin(firstOf(query.host)),
    begins: firstOf(query.begin) === "train",
  };
}

/** The query of a request or of the page. */
export const queryOf = (search: string | URLSearchParams): Query =>
  Object.fromEntries(new URLSearchParams(search));

function readSteps(text: string): StepRange | null {
  const found = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(text);
  if (found === null) return null;
  const first = Number(found[1]);
  const last = Number(found[2] ?? first);
  return first >= 1 && last >= first ? { first, last } : null;
}

/** An origin as a message's event has it; null for anything else. */
function readOrigin(text: string): string | null {
  const origin = URL.canParse(text) ? new URL(text).origin : null;
  return origin === text ? origin : null;
}

/** The steps of a range; all of them where the lesson has none of it. */
export function stepsWithin<T>(steps: readonly T[], range: StepRange | null): readonly T[] {
  const shown = range === null ? [] : steps.slice(range.first - 1, range.last);
  return shown.length > 0 ? shown : steps;
}
