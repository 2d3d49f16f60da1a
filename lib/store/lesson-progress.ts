// What this browser keeps of a lesson: which checks have passed, what figures and quizzes noted, and the reader's own runs
// in a few numbers each. One value a lesson, parsed when it is read.
import * as z from "zod/mini";
import { canonical, parseExperiment } from "../spec/experiment";
import { object } from "../spec/parse";
import { type LessonProgress, noProgress, type OwnRun } from "./lesson-state";
import { readStored, writeStored } from "./storage";

/** More runs than anybody reads; the oldest make room. */
const MOST_RUNS = 60;

const keyOf = (slug: string): string => `descent.lesson.${slug}`;

const name = z.string().check(z.maxLength(80));
const share = z.number().check(z.minimum(0), z.maximum(1));
const storedRun = object({
  begunAt: z.string().check(z.maxLength(40)),
  step: name,
  experiment: z.unknown(),
  epochs: z.int().check(z.minimum(1)),
  accuracy: share,
  valAccuracy: z.nullable(share),
  testAccuracy: z.nullable(share),
  elapsedMs: z.number().check(z.minimum(0)),
});
const mark = z.union([z.number(), z.string().check(z.maxLength(2000)), z.boolean()]);
const schema = object({
  version: z.literal(1),
  open: z.nullable(name),
  current: z.optional(
    z.nullable(object({ id: name, begunAt: z.string().check(z.maxLength(40)), steps: z.array(name) })),
  ),
  steps: z.record(name, object({ passed: z.array(name), marks: z.record(name, mark) })),
  done: z.array(name),
  runs: z.array(storedRun).check(z.maxLength(MOST_RUNS)),
});
type Stored = z.infer<typeof schema>;

const nothing: Stored = { version: 1, ...noProgress, current: null, steps: {}, done: [], runs: [] };

/** What an earlier visit left; nothing where there is none, or none that can be read. */
export function readProgress(slug: string): LessonProgress {
  const stored = readStored(keyOf(slug), schema as z.ZodMiniType<Stored>, nothing);
  const { open, current = null, steps, done, runs } = stored;
  return { open, current, steps, done, runs: runs.flatMap(readRun) };
}

/** An experiment that is not allowed any more takes its run with it, and nothing else. */
function readRun({ experiment, ...run }: Stored["runs"][number]): OwnRun[] {
  try {
    return [{ ...run, spec: parseExperiment(experiment) }];
  } catch {
    return [];
  }
}

/** @returns false where this browser refuses to remember it */
export function writeProgress(slug: string, { runs, ...rest }: LessonProgress): boolean {
  const stored = runs.map(({ spec, ...run }) => ({ ...run, experiment: JSON.parse(canonical(spec)) }));
  return writeStored(keyOf(slug), { version: 1, ...rest, runs: stored });
}

/** What of the progress is about these steps. */
export function progressIn(
  { open, current, steps, done, runs }: LessonProgress,
  ids: ReadonlySet<string>,
): LessonProgress {
  return {
    open,
    current: current?.steps.every((id) => ids.has(id)) === true ? current : null,
    steps: Object.fromEntries(Object.entries(steps).filter(([id]) => ids.has(id))),
    done: done.filter((id) => ids.has(id)),
    runs: runs.filter(({ step }) => ids.has(step)),
  };
}

/**
 * The progress of a page that shows these steps alone, with what is kept of the others: another page may show those.
 * @param own is about these steps
 */
export function withOthers(
  kept: LessonProgress,
  own: LessonProgress,
  ids: ReadonlySet<string>,
): LessonProgress {
  const others = {
    steps: Object.entries(kept.steps).filter(([id]) => !ids.has(id)),
    done: kept.done.filter((id) => !ids.has(id)),
    runs: kept.runs.filter(({ step }) => !ids.has(step)),
  };
  const runs = [...others.runs, ...own.runs].sort((a, b) => (a.begunAt < b.begunAt ? -1 : 1));
  return {
    open: own.open,
    current: own.current,
    steps: { ...Object.fromEntries(others.steps), ...own.steps },
    done: [...others.done, ...own.done],
    runs: runs.slice(-MOST_RUNS),
  };
}

/** The progress with a run at its end, or in the place of what it was before it was continued. */
export function withRun(progress: LessonProgress, run: OwnRun): LessonProgress {
  const at = progress.runs.findIndex(({ begunAt }) => begunAt === run.begunAt);
  const runs = at === -1 ? [...progress.runs, run] : progress.runs.with(at, run);
  return { ...progress, runs: runs.slice(-MOST_RUNS) };
}
