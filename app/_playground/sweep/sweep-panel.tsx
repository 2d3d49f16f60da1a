// A comparison: what it will do, the button that does it, how far it is, its chart, what came out best, and every training
// as a row that opens in the playground.
import { Play, Square } from "lucide-react";
import { Progress } from "radix-ui";
import { useEffect, useState } from "react";
import { SweepChart } from "@/app/_charts/sweep-chart";
import { Button, TextButton } from "@/app/_ui/button";
import { formatDuration } from "@/app/_ui/format";
import { ProblemText } from "@/app/_ui/problem";
import { savesData } from "@/lib/store/device";
import { goOn, type SweepRun, startSweep, stopSweep } from "@/lib/store/sweep";
import type { SweepSpec } from "@/lib/sweeps/sweep";
import { SweepTable } from "./sweep-table";
import { useEstimate, useSweepRun, useSweeps, useTrainings } from "./use-sweep";
import { bestWords, doneWords, planWords, resultWords, shareDone, trainingWords } from "./words";

interface SweepPanelProps {
  /** Must be the same object as long as it is the same sweep. */
  sweep: SweepSpec;
  /** What its results are kept under in this browser. */
  storageKey: string;
  /** Somebody opened one of its trainings in the playground. */
  onOpened?(): void;
}

const NOTHING: readonly never[] = [];

export function SweepPanel({ sweep, storageKey, onOpened }: SweepPanelProps) {
  const run = useSweepRun(storageKey, sweep);
  const kept = useSweeps((sweeps) => sweeps.kept);
  const results = run?.results ?? NOTHING;
  const underway = useTrainings(run?.underway ?? NOTHING);
  const best = bestWords(sweep, results, run?.state === "done");
  return (
    <section aria-label={sweep.title} className="space-y-5">
      <div>
        <h3 className="font-semibold text-base">{sweep.title}</h3>
        <Plan sweep={sweep} />
      </div>
      <Controls sweep={sweep} run={run} storageKey={storageKey} />
      {run?.problem && <ProblemText>{run.problem} “Go on” tries again.</ProblemText>}
      {!kept && (
        <ProblemText severity="warning">
          This browser refuses storage to this page, as private windows do: the results are gone when it is
          closed.
        </ProblemText>
      )}
      <SweepChart sweep={sweep} results={results} underway={underway} />
      <p className="min-h-5 font-medium">{best}</p>
      <SweepTable
        sweep={sweep}
        results={results}
        underway={underway}
        storageKey={storageKey}
        onOpened={onOpened}
      />
      <p className="sr-only" aria-live="polite">
        {run?.state === "running" && resultWords(sweep, results)}
        {run?.state === "done" && `The comparison is done. ${best ?? ""}`}
      </p>
    </section>
  );
}

function Plan({ sweep }: { sweep: SweepSpec }) {
  const estimate = useEstimate(sweep);
  const [saves, setSaves] = useState(false);
  // The server does not know it.
  useEffect(() => setSaves(savesData()), []);
  return (
    <p className="text-mini text-soft">
      {planWords(sweep, estimate)}
      {saves && " · loads all images of the experiment, though your browser is set to save data"}
    </p>
  );
}

interface ControlsProps {
  sweep: SweepSpec;
  run: SweepRun | null;
  storageKey: string;
}

/** One button that says what it does now, so that it keeps the focus, and beside it how far the sweep is. */
function Controls({ sweep, run, storageKey }: ControlsProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const start = () =>
    startSweep(storageKey, sweep).then(
      () => setProblem(null),
      (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
    );
  const state = run?.state ?? "idle";
  const actions = {
    idle: { name: sweep.kind === "search" ? "Run the search" : "Run the comparison", act: start },
    running: { name: "Stop", act: () => stopSweep(storageKey) },
    stopped: { name: "Go on", act: () => goOn(storageKey) },
    done: { name: "Start again", act: start },
  } as const;
  const { name, act } = actions[state];
  const Icon = state === "running" ? Square : Play;
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button onClick={() => void act()}>
          <Icon className="size-3.5 fill-current" aria-hidden="true" />
          {name}
          {/* The playground beside it has a Stop of its own. */}
          {state === "running" && <span className="sr-only"> the comparison</span>}
        </Button>
        {state === "stopped" && <TextButton onClick={() => void start()}>Start again</TextButton>}
        {run !== null && <Status run={run} />}
      </div>
      {problem !== null && <ProblemText className="mt-3">{problem}</ProblemText>}
      {run !== null && state !== "done" && <Bar run={run} />}
    </div>
  );
}

function Status({ run }: { run: SweepRun }) {
  const { sweep, results, state, underway, waiting, leftMs } = run;
  const elapsedMs = results.reduce((sum, result) => sum + result.elapsedMs, 0);
  const lines = {
    running: waiting
      ? ["Waits until another run is over"]
      : underway.length === 0
        ? ["Starting the engine"]
        : underway.map(trainingWords),
    stopped: ["Stopped"],
    done: [`${formatDuration(elapsedMs)} of training in all`],
  }[state];
  const left =
    state === "running" && !waiting && leftMs !== null
      ? [`about ${formatDuration(Math.max(1000, leftMs))} left`]
      : [];
  return (
    <div className="min-w-0 basis-40 grow text-mini">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {state !== "done" && <p className="text-soft">{[doneWords(sweep, results), ...left].join(" · ")}</p>}
    </div>
  );
}

function Bar({ run: { sweep, results, underway } }: { run: SweepRun }) {
  const percent = Math.floor(1000 * shareDone(sweep, results, underway)) / 10;
  return (
    <Progress.Root
      value={percent}
      aria-label={`Progress of ${sweep.title}`}
      className="mt-4 h-[3px] overflow-hidden rounded-full bg-line"
    >
      <Progress.Indicator className="h-full rounded-full bg-train" style={{ width: `${percent}%` }} />
    </Progress.Root>
  );
}
