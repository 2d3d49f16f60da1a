// The lesson on the page: its open step, what the reader did in each, and which checks that has passed. Runs are watched
// from here, so that one which goes on while another step is read still counts where it was begun.
import { type Facts, type Mark, noFacts, type RunFacts, type SweepFacts } from "../lessons/facts";
import type { ExperimentSpec } from "../spec/experiment";
import { haveChanged, ownRunOf, runFactsOf } from "./lesson-facts";
import { progressIn, readProgress, withOthers, withRun, writeProgress } from "./lesson-progress";
import {
  closed,
  type LessonProgress,
  lessonStore,
  type StepOutline,
  type StepProgress,
  sweepKeyOf,
  untouched,
} from "./lesson-state";
import type { Run } from "./reduce";
import { reset, runStore, setHoldOut } from "./run";
import { beginWith, openExperiment, sameExperiment, specStore } from "./spec";
import { clearSweep, type Sweeps, sweepOf, sweepStore } from "./sweep";

/** What `Check.passes` is, by step and check; null for a check that the lesson does not have. */
export type Verdicts = (step: string, check: string) => ((facts: Facts) => boolean) | null;

/** Answers once the lesson's file is there. */
let verdicts: Verdicts = () => null;

/** What a step's experiment was when the reader left it. */
const left = new Map<string, ExperimentSpec>();

/** The run on the page, where it is the reader's own: when it was begun, and the steps that it counts in. */
let own: { begunAt: string; steps: string[] } | null = null;
/** The runs of each step, by when they were begun. */
const runsOf = new Map<string, Map<string, RunFacts>>();

const stepProgress = (progress: LessonProgress, step: string): StepProgress =>
  progress.steps[step] ?? untouched;

/** The names of the page's steps, where the lesson has others too; null where these are all of it. */
let part: ReadonlySet<string> | null = null;

/**
 * @param isPart whether the lesson has other steps than these
 * @returns what ends it: the page is left
 */
export function openLesson(slug: string, steps: readonly StepOutline[], isPart = false): () => void {
  left.clear();
  runsOf.clear();
  own = null;
  verdicts = () => null;
  const known = new Set(steps.map(({ id }) => id));
  part = isPart ? known : null;
  const progress = isPart ? progressIn(readProgress(slug), known) : readProgress(slug);
  // A lesson may have lost a step since.
  const done = progress.done.filter((id) => known.has(id));
  lessonStore.setState({ ...closed, slug, steps, progress: { ...progress, done } }, true);
  for (const { id } of steps) tell(id);
  const unsubscribes = [runStore.subscribe(watch), sweepStore.subscribe(watchSweeps)];
  return () => {
    for (const unsubscribe of unsubscribes) unsubscribe();
    setHoldOut(false);
    lessonStore.setState(closed, true);
  };
}

/** The lesson's file is there: from now on checks are looked at, first with what has happened so far. */
export function bringChecks(answers: Verdicts): void {
  verdicts = answers;
  for (const { id } of lessonStore.getState().steps) look(id);
}

/**
 * Shows a step with its experiment in the playground: as the reader left it, if they were there before in this visit. A
 * run that is under way goes on.
 */
export function openStep(id: string): void {
  const { steps, step, progress } = lessonStore.getState();
  const index = steps.findIndex((outline) => outline.id === id);
  if (index === -1 || id === step) return;
  if (step !== null) left.set(step, specStore.getState().spec);
  // The first step that is opened has none before it whose experiment could stay.
  const inherited =
    step === null ? steps.slice(0, index).findLast(({ experiment }) => experiment)?.experiment : null;
  const wanted = left.get(id) ?? steps[index]!.experiment ?? inherited ?? null;
  lessonStore.setState({ step: id });
  setHoldOut(steps[index]!.holdOut === true);
  keep({ ...progress, open: id });
  if (wanted === null || sameExperiment(wanted, specStore.getState().spec)) return;
  if (step === null) beginWith({ spec: wanted, forkedFrom: null });
  else openExperiment(wanted);
}

/** Notes something that a figure or a quiz tells of its step. */
export function mark(step: string, name: string, value: Mark): void {
  const { progress } = lessonStore.getState();
  const { passed, marks } = stepProgress(progress, step);
  if (marks[name] === value) return;
  change(step, { passed, marks: { ...marks, [name]: value } });
  tell(step);
  look(step);
}

/** Forgets what was done in a step, its runs included, and loads its experiment again. */
export function resetStep(id: string): void {
  const { steps, progress, step } = lessonStore.getState();
  const { [id]: _, ...others } = progress.steps;
  keep({
    ...progress,
    steps: others,
    done: progress.done.filter((done) => done !== id),
    runs: progress.runs.filter((run) => run.step !== id),
  });
  runsOf.delete(id);
  left.delete(id);
  const { slug } = lessonStore.getState();
  if (slug !== null) clearSweep(sweepKeyOf(slug, id));
  if (own?.steps.includes(id)) reset();
  lessonStore.setState({ justDone: null });
  tell(id);
  const experiment = steps.find((outline) => outline.id === id)?.experiment ?? null;
  if (id === step && experiment !== null) openExperiment(experiment);
}

function keep(progress: LessonProgress): void {
  const { slug } = lessonStore.getState();
  if (slug === null) return;
  const whole = part === null ? progress : withOthers(readProgress(slug), progress, part);
  lessonStore.setState({ progress, kept: writeProgress(slug, whole) });
}

function change(step: string, changed: StepProgress): void {
  const { progress } = lessonStore.getState();
  keep({ ...progress, steps: { ...progress.steps, [step]: changed } });
}

/** Brings a step's facts up to what is known. */
function tell(id: string): void {
  const { facts, progress } = lessonStore.getState();
  const { marks } = stepProgress(progress, id);
  const runs = [...(runsOf.get(id)?.values() ?? [])];
  lessonStore.setState({ facts: { ...facts, [id]: { runs, sweeps: sweepsOf(id), marks } } });
}

function sweepsOf(id: string): SweepFacts[] {
  const { slug } = lessonStore.getState();
  const run = slug === null ? null : sweepOf(sweepStore.getState(), sweepKeyOf(slug, id));
  return run === null ? [] : [{ sweep: run.sweep, results: run.results, done: run.state === "done" }];
}

function watchSweeps(sweeps: Sweeps, before: Sweeps): void {
  const { slug, steps } = lessonStore.getState();
  if (slug === null) return;
  for (const { id, sweep } of steps) {
    if (!sweep) continue;
    const [now, then] = [sweeps, before].map((state) => sweepOf(state, sweepKeyOf(slug, id)));
    if (now?.results === then?.results && now?.state === then?.state) continue;
    tell(id);
    look(id);
  }
}

/** Lets a step's checks look at its facts. One that has passed stays passed. */
function look(id: string): void {
  const { facts, progress, steps } = lessonStore.getState();
  const checks = steps.find((outline) => outline.id === id)?.checks ?? [];
  const { passed, marks } = stepProgress(progress, id);
  const news = checks.filter(
    (check) => !passed.includes(check) && verdicts(id, check)?.(facts[id] ?? noFacts) === true,
  );
  if (news.length === 0) return;
  const all = [...passed, ...news];
  change(id, { passed: all, marks });
  if (!checks.every((check) => all.includes(check))) return;
  const after = lessonStore.getState().progress;
  if (after.done.includes(id)) return;
  keep({ ...after, done: [...after.done, id] });
  lessonStore.setState({ justDone: id });
}

function watch(run: Run, before: Run): void {
  const { step } = lessonStore.getState();
  // A run that was opened from the shelf is nobody's exercise.
  if (step === null || run.state === "idle" || run.opened) {
    own = null;
    return;
  }
  if (run.state === "loading" && before.state !== "loading") {
    // Nothing counted yet: it begins, or is there again after a reload. Else it goes on, perhaps in another step, and then
    // counts there too.
    if (run.counts === null || own === null)
      own = keptOwn(run) ?? { begunAt: new Date().toISOString(), steps: [] };
    if (!own.steps.includes(step)) own.steps.push(step);
    if (run.keptAs !== null)
      keep({ ...lessonStore.getState().progress, current: { id: run.keptAs, ...own } });
  }
  if (own === null) return;
  if (!haveChanged(run, before)) return;
  note(own, run);
  const finished = ownRunOf(run, own.begunAt, own.steps[0]!);
  if (finished !== null) keep(withRun(lessonStore.getState().progress, finished));
}

/** What was known of a run that an earlier visit has begun. */
function keptOwn({ keptAs }: Run): typeof own {
  const { current } = lessonStore.getState().progress;
  return current === null || current.id !== keptAs
    ? null
    : { begunAt: current.begunAt, steps: [...current.steps] };
}

function note({ begunAt, steps }: NonNullable<typeof own>, run: Run): void {
  const facts = runFactsOf(run);
  if (facts === null) return;
  for (const step of steps) {
    const runs = runsOf.get(step) ?? new Map<string, RunFacts>();
    runsOf.set(step, runs.set(begunAt, facts));
    tell(step);
    look(step);
  }
}
