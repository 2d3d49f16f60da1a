// A run as the page knows it: a pure fold over the trainer's events. Weights and images never enter it.
import { keptEpoch } from "../metrics/callbacks";
import { append, cut, emptySeries, type Series } from "../metrics/series";
import type { ExperimentSpec } from "../spec/experiment";
import type { SampleCounts } from "../spec/samples";
import type {
  EngineInfo,
  EngineReport,
  EpochRecord,
  EvaluateResult,
  RunFailure,
  RunState,
  TrainEvent,
} from "../training/contract";
import {
  completedLines,
  engineLine,
  epochHeading,
  epochLine,
  failedLines,
  frozenLines,
  hashedLines,
  type LogLine,
  preamble,
  restoredLines,
  resumedLines,
  testedLines,
  unkeptLines,
  watchedLines,
} from "./log";

type EventOf<K extends TrainEvent["type"]> = Extract<TrainEvent, { type: K }>;

export interface Run {
  state: RunState;
  /** What is being trained; the experiment may have been edited since. */
  spec: ExperimentSpec | null;
  /** The published run that the experiment was forked from. */
  forkedFrom: string | null;
  /** What it is called where it is kept while it is on; null where it is not. */
  keptAs: string | null;
  /** Why a reload would lose it, in a sentence; null where it would not, as far as is known. */
  unkept: string | null;
  /** True for a run that was made before or elsewhere: its network answers, and does not train on. */
  opened: boolean;
  /** How many playgrounds train before this one may; null where it waits for none. */
  queue: number | null;
  waiting: EventOf<"waiting"> | null;
  /** True while the rest of the data waits to be allowed. */
  asking: boolean;
  counts: SampleCounts | null;
  stepsPerEpoch: number;
  engine: EngineInfo | null;
  reports: readonly EngineReport[];
  before: EvaluateResult | null;
  /** Epochs done before this part of the run, and to reach by its end. */
  from: number;
  to: number;
  /** The epoch whose heading was printed last, from 1; 0 before the first. */
  epoch: number;
  loss: Series;
  accuracy: Series;
  history: readonly EpochRecord[];
  progress: EventOf<"progress"> | null;
  /** How long the browser kept this part of the run stopped, in all. */
  frozenMs: number;
  completed: EventOf<"completed"> | null;
  /** SHA-256 of the weights, once the epochs are over. */
  hash: string | null;
  /** True where the test images stay locked until somebody opens them. */
  holdOut: boolean;
  /** The epoch, from 1, whose weights are kept to be put back; null where none are. */
  bestEpoch: number | null;
  /** The epoch, from 1, whose weights are in the place of the last one's; null where none are. */
  restoredEpoch: number | null;
  /** The epoch, from 0, whose network answers because somebody looks back at it; null where the present one does. */
  lookedAt: number | null;
  test: EvaluateResult | null;
  /** When it was over, ISO 8601; null before that and for runs that failed. */
  finishedAt: string | null;
  failure: RunFailure | null;
  /** What the engine held when the run was over. */
  memory: { tensors: number; bytes: number } | null;
  log: readonly LogLine[];
  /** Parts of the log's preamble that are printed. */
  preambleParts: number;
}

export const emptyRun: Run = {
  state: "idle",
  spec: null,
  forkedFrom: null,
  keptAs: null,
  unkept: null,
  opened: false,
  queue: null,
  waiting: null,
  asking: false,
  counts: null,
  stepsPerEpoch: 0,
  engine: null,
  reports: [],
  before: null,
  from: 0,
  to: 0,
  epoch: 0,
  loss: emptySeries,
  accuracy: emptySeries,
  history: [],
  progress: null,
  frozenMs: 0,
  completed: null,
  hash: null,
  holdOut: false,
  bestEpoch: null,
  restoredEpoch: null,
  lookedAt: null,
  test: null,
  finishedAt: null,
  failure: null,
  memory: null,
  log: [],
  preambleParts: 0,
};

/** What is told anew of each network that a run comes to. */
const unconcluded = { hash: null, restoredEpoch: null, test: null, finishedAt: null };

const print = (run: Run, lines: readonly LogLine[]): Run =>
  lines.length === 0 ? run : { ...run, log: [...run.log, ...lines] };

function printPreamble(run: Run): Run {
  const { lines, printed } = preamble(run);
  return { ...print(run, lines), preambleParts: printed };
}

/** Prints the headings up to this epoch's. */
function openEpoch(run: Run, epoch: number): Run {
  if (epoch <= run.epoch || epoch > run.to) return run;
  return print({ ...run, epoch }, [epochHeading(epoch, run.to)]);
}

/** The reports, with what the engine that is training was measured at in its last epoch. */
function withSpeed({ spec, engine, reports }: Run, { msPerStep }: EpochRecord): readonly EngineReport[] {
  if (spec === null) return reports;
  const samplesPerSecond = (1000 * spec.training.batchSize) / msPerStep;
  return reports.map((report) => (report.id === engine?.id ? { ...report, samplesPerSecond } : report));
}

const reducers: { [K in TrainEvent["type"]]: (run: Run, event: EventOf<K>) => Run } = {
  state: (run, { state }) => ({ ...run, state }),
  waiting: (run, event) => ({ ...run, waiting: event }),
  asking: (run, { asks }) => ({ ...run, asking: asks }),
  samples: (run, { counts, stepsPerEpoch }) => printPreamble({ ...run, counts, stepsPerEpoch }),
  engine(run, event) {
    const moved = run.engine !== null && run.engine.id !== event.engine.id;
    const next = { ...run, engine: event.engine, reports: event.reports };
    return moved ? print(next, engineLine(event)) : printPreamble(next);
  },
  before: (run, { loss, accuracy }) => printPreamble({ ...run, before: { loss, accuracy } }),
  begin(run, { from, to }) {
    const history = run.history.slice(0, from);
    const next = { ...run, from, to, history, epoch: from, progress: null, frozenMs: 0 };
    return openEpoch({ ...next, ...unconcluded, completed: null, failure: null, memory: null }, from + 1);
  },
  batches: (run, { step, losses, accuracies }) => ({
    ...run,
    loss: append(cut(run.loss, step), losses),
    accuracy: append(cut(run.accuracy, step), accuracies),
  }),
  frozen: (run, event) => print({ ...run, frozenMs: run.frozenMs + event.elapsedMs }, frozenLines(event)),
  progress: (run, event) => ({ ...openEpoch(run, event.epoch), progress: event }),
  epoch(run, { record }) {
    const history = [...run.history, record];
    const bestEpoch = run.spec && keptEpoch(run.spec, history);
    const next = { ...openEpoch(run, record.epoch), history, bestEpoch };
    return print({ ...next, reports: withSpeed(run, record) }, [...epochLine(record), ...watchedLines(next)]);
  },
  completed: (run, event) =>
    print(
      { ...run, completed: event, restoredEpoch: event.restoredEpoch ?? null },
      completedLines(run, event),
    ),
  restored: (run, { epoch }) => print({ ...run, ...unconcluded, restoredEpoch: epoch }, restoredLines(epoch)),
  hashed: (run, event) => print({ ...run, hash: event.hash }, hashedLines(run, event)),
  tested: (run, event) => print({ ...run, test: event.result }, testedLines(event)),
  failed: (run, event) => print({ ...run, failure: event.failure }, failedLines(event)),
  reopened(run, { story, loss, accuracy }) {
    const { state, spec, forkedFrom, holdOut, keptAs } = run;
    const begun = { ...emptyRun, state, spec, forkedFrom, holdOut, keptAs };
    return { ...story.reduce<Run>(reduceRun, begun), loss, accuracy };
  },
  resumed: (run, event) => print(run, resumedLines(event)),
  unkept: (run, { reason }) => print({ ...run, unkept: reason }, unkeptLines(reason)),
};

/** The run after one more event. */
export function reduceRun(run: Run, event: TrainEvent): Run {
  const reduce = reducers[event.type] as (run: Run, event: TrainEvent) => Run;
  return reduce(run, event);
}

/** Loading, training or paused: there is something to stop. */
export const isActive = (state: RunState): boolean =>
  state === "loading" || state === "training" || state === "paused";

/**
 * The epoch, from 1, whose weights can be put in the place of the present ones; null where none are kept, and where
 * these are they.
 */
export function loadableEpoch(run: Run): number | null {
  const { state, opened, bestEpoch, restoredEpoch, history, stepsPerEpoch, loss } = run;
  if (state !== "done" || opened) return null;
  const brokenOff = loss.steps > history.length * stepsPerEpoch;
  const present = restoredEpoch ?? (brokenOff ? null : history.length);
  return bestEpoch === present ? null : bestEpoch;
}
