// What the page around says is done to the playground, and what happens in the playground is told to it.
import { plainText } from "../lessons/inline";
import type { EpochMetrics } from "../metrics/history";
import { readLoaded } from "../share/loaded";
import type { ExperimentSpec } from "../spec/experiment";
import { ParseError } from "../spec/parse";
import { type LessonState, lessonStore, untouched } from "../store/lesson-state";
import type { Run } from "../store/reduce";
import { pause, reset, resume, runStore, stop, train } from "../store/run";
import { beginWith, firstError, lockFields, specStore } from "../store/spec";
import type { EmbedMessage, HostMessage, StepReport } from "./messages";
import type { Port } from "./port";

/** The titles of a lesson's steps by name, with their marks. */
export type StepTitles = Readonly<Record<string, string>>;

/**
 * Connects the playground on this page with the page around, and says that it listens.
 * @param titles of the lesson on this page; empty without one
 * @returns what ends it
 */
export function connectEmbed(port: Port, titles: StepTitles = {}): () => void {
  const { send } = port;

  const actions: { [K in HostMessage["type"]]: (message: Extract<HostMessage, { type: K }>) => void } = {
    load({ experiment }) {
      try {
        open(readLoaded(experiment));
      } catch (error) {
        if (!(error instanceof ParseError)) throw error;
        send(invalid(error.message));
      }
    },
    train() {
      const problem = firstError(specStore.getState().spec);
      if (problem !== null) send(invalid(problem.message));
      else void train();
    },
    pause: () => void pause(),
    resume: () => void resume(),
    stop: () => void stop(),
    reset,
    lock: ({ fields }) => lockFields(fields),
  };

  function open(spec: ExperimentSpec): void {
    reset();
    beginWith({ spec, forkedFrom: null });
    send({ type: "ready", experiment: spec });
  }

  const ends = [
    port.listen((message) => (actions[message.type] as (message: HostMessage) => void)(message)),
    runStore.subscribe((run, before) => {
      for (const message of told(run, before)) send(message);
    }),
    lessonStore.subscribe((lesson, before) => {
      if (lesson.step === before.step && lesson.progress === before.progress) return;
      const message = lessonReport(lesson, titles);
      if (message !== null) send(message);
    }),
  ];
  send({ type: "ready", experiment: specStore.getState().spec });
  const lesson = lessonReport(lessonStore.getState(), titles);
  if (lesson !== null) send(lesson);
  send({ type: "state", state: runStore.getState().state });
  return () => {
    for (const end of ends) end();
  };
}

const invalid = (message: string): EmbedMessage => ({ type: "error", code: "invalid", message });

/** What a change of the run is to the page around, in the order in which it came about. */
export function told(run: Run, before: Run): EmbedMessage[] {
  const messages: EmbedMessage[] = [];
  if (run.queue !== before.queue && run.queue !== null)
    messages.push({ type: "waiting", position: run.queue });
  if (run.history !== before.history)
    for (const epoch of run.history.slice(sharedEpochs(run, before)))
      messages.push({ type: "epoch", ...metricsOf(epoch) });
  if (run.state === before.state) return messages;
  messages.push({ type: "state", state: run.state });
  // A run that was opened ended before, elsewhere perhaps.
  if (run.state === "done" && !run.opened) messages.push(doneMessage(run));
  if (run.state === "failed" && run.failure !== null) {
    const { code, message, advice } = run.failure;
    messages.push({ type: "error", code, message: `${message} ${advice}` });
  }
  return messages;
}

/** How many epochs both have: the others are new. */
function sharedEpochs({ history }: Run, before: Run): number {
  const other = history.findIndex((epoch, index) => epoch !== before.history[index]);
  return other === -1 ? history.length : other;
}

const doneMessage = ({ history, test, completed, engine }: Run): EmbedMessage => ({
  type: "done",
  history: history.map(metricsOf),
  testAccuracy: test?.accuracy ?? null,
  testLoss: test?.loss ?? null,
  elapsedMs: completed?.elapsedMs ?? 0,
  engine: engine?.name ?? "",
});

const metricsOf = ({ epoch, loss, accuracy, valLoss, valAccuracy }: EpochMetrics): EpochMetrics => ({
  epoch,
  loss,
  accuracy,
  valLoss,
  valAccuracy,
});

/** How far the reader is; null where no lesson is open. */
export function lessonReport(
  { slug, step, steps, progress }: LessonState,
  titles: StepTitles,
): EmbedMessage | null {
  if (slug === null || step === null) return null;
  const reports = steps.map(({ id, checks }): StepReport => {
    const { passed } = progress.steps[id] ?? untouched;
    return {
      id,
      title: plainText(titles[id] ?? id),
      passed: checks.filter((check) => passed.includes(check)).length,
      total: checks.length,
      done: progress.done.includes(id),
    };
  });
  const done = reports.filter((report) => report.done).length;
  return { type: "lesson", slug, step, steps: reports, done, total: reports.length };
}
