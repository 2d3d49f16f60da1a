// One thing first: the button that trains, what it will do or is doing, and how far it is.
import { Pause, Play, Square, Trophy } from "lucide-react";
import { Progress } from "radix-ui";
import { lazy, Suspense, useEffect, useState } from "react";
import { Button } from "@/app/_ui/button";
import { ProblemText } from "@/app/_ui/problem";
import { titleOf } from "@/lib/spec/describe";
import { number } from "@/lib/spec/fields";
import { isActive } from "@/lib/store/reduce";
import { continueTraining, pause, resume, stop, train } from "@/lib/store/run";
import { firstError, sameExperiment } from "@/lib/store/spec";
import { estimateMs } from "@/lib/store/speed";
import { NumberControl } from "../controls/number-control";
import { problemSentence } from "../problems";
import { planStatus, progressOf, runStatus } from "../status";
import { useCapsule } from "../use-capsule";
import { useRun, useSettings, useSpec } from "../use-stores";
import { LoadBest, OpenTest } from "./after-run";
import { DataOffer } from "./data-offer";
import { Failure } from "./failure";
import { BatchOffer, FitOffer } from "./fit-offer";
import { FrozenNote } from "./frozen-note";
import { ResetButton } from "./reset-button";
import { TestHere } from "./test-here";
import { Unfinished } from "./unfinished";

/**
 * On narrow screens the first row is a bar at the thumb; it is the same row, elsewhere.
 * @param onSubmit somebody wants to submit the run to a leaderboard
 */
export function RunPanel({ onSubmit }: { onSubmit(): void }) {
  return (
    <section aria-label="Run">
      <div className="natural:static natural:rounded-lg natural:border fixed inset-x-0 bottom-0 z-40 flex items-center gap-3 border-line border-t bg-raised pt-2.5 pr-[max(1rem,env(safe-area-inset-right))] pb-[calc(0.625rem+env(safe-area-inset-bottom))] pl-[max(1rem,env(safe-area-inset-left))] lg:static lg:gap-4 lg:border-0 lg:bg-transparent lg:p-0">
        <MainButton />
        <StopButton />
        <StatusLines />
        <Submit onSubmit={onSubmit} className="max-lg:hidden" />
      </div>
      <ProgressBar />
      <Failure />
      <DataOffer />
      <FrozenNote />
      <FitOffer />
      <BatchOffer />
      <CapsuleProblem />
      {/* Its height is kept free where there is room, so that the charts stay where they are. */}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 max-lg:not-empty:mt-4 lg:mt-4 lg:min-h-9">
        <Unfinished />
        <EditedLine />
        <Continue />
        <LoadBest />
        <OpenTest />
        <Submit onSubmit={onSubmit} className="lg:hidden" />
        <Opened />
        <Hash />
        <Reset />
      </div>
    </section>
  );
}

function MainButton() {
  const state = useRun((run) => run.state);
  const blocked = firstError(useSpec()) !== null;
  if (state === "training")
    return (
      <Button filled onClick={pause}>
        <Pause className="size-4 fill-current max-[22.5rem]:hidden" aria-hidden="true" />
        Pause
      </Button>
    );
  if (state === "paused")
    return (
      <Button filled onClick={resume}>
        <Play className="size-4 fill-current max-[22.5rem]:hidden" aria-hidden="true" />
        Resume
      </Button>
    );
  // While it loads the button keeps the focus, so it is not disabled but does nothing.
  const loading = state === "loading";
  return (
    <Button
      filled
      onClick={train}
      disabled={!loading && blocked}
      aria-disabled={loading || blocked}
      aria-busy={loading}
      aria-describedby="status"
    >
      <Play className="size-4 fill-current max-[22.5rem]:hidden" aria-hidden="true" />
      Train
    </Button>
  );
}

function StopButton() {
  const active = useRun((run) => isActive(run.state));
  if (!active) return null;
  return (
    <Button onClick={stop} className="h-11 max-sm:w-11 max-sm:px-0">
      <Square className="size-3.5 fill-current" aria-hidden="true" />
      <span className="max-sm:sr-only">Stop</span>
    </Button>
  );
}

function StatusLines() {
  const spec = useSpec();
  const run = useRun((all) => all);
  const engine = useSettings((settings) => settings.engine);
  const [estimate, setEstimate] = useState<number | null>(null);
  const { state } = run;
  // What this browser remembers is not known to the server, and a run that ends changes it.
  useEffect(() => {
    if (!isActive(state)) setEstimate(estimateMs(spec, engine));
  }, [spec, engine, state]);
  const status = state === "idle" ? planStatus(spec, estimate) : runStatus(run);
  const running = state === "training" || state === "paused";
  return (
    <div id="status" className="min-w-0 flex-1">
      <p className="lg:text-base">
        <span className="font-semibold">{status.lead}</span>
        {status.parts.map(({ text, wide }) => (
          <span key={text} className={wide ? "max-lg:hidden" : ""}>
            {" · "}
            <span className="whitespace-nowrap">{text}</span>
          </span>
        ))}
      </p>
      {/* While the numbers run this is one line: parts that would begin a second are out of sight. */}
      <p
        className={`text-mini text-soft ${running ? "flex h-5 flex-wrap content-start overflow-hidden" : ""}`}
      >
        {status.details.map((text, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: places of a sentence.
          <span key={index} className={running ? "whitespace-pre" : ""}>
            {running && index === 0 && <Dot paused={state === "paused"} />}
            {index > 0 && " · "}
            {text}
          </span>
        ))}
      </p>
    </div>
  );
}

function Dot({ paused }: { paused: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={`mr-2 inline-block size-[7px] rounded-full align-[1px] ${paused ? "bg-soft" : "bg-correct"}`}
    />
  );
}

function ProgressBar() {
  const percent = useRun((run) => Math.floor(1000 * progressOf(run)) / 10);
  return (
    <Progress.Root
      value={percent}
      aria-label="Progress of the run"
      className="mt-4 h-[3px] overflow-hidden rounded-full bg-line lg:mt-5"
    >
      <Progress.Indicator className="h-full rounded-full bg-train" style={{ width: `${percent}%` }} />
    </Progress.Root>
  );
}

const moreField = number("How many more", { default: 5, min: 1, max: 1000, integer: true });

/** More epochs for a run that is over. */
function Continue() {
  const state = useRun((run) => run.state);
  const planned = useRun((run) => run.spec?.training.epochs ?? 1);
  const opened = useRun((run) => run.opened);
  const [chosen, setChosen] = useState<number | null>(null);
  if (state !== "done" || opened) return null;
  const more = chosen ?? planned;
  return (
    <div className="flex flex-wrap items-center gap-x-2.5">
      <Button onClick={() => continueTraining(more)}>Continue training</Button>
      <span className="flex flex-wrap items-center gap-x-1.5 text-soft">
        for
        <span className="text-ink">
          <NumberControl
            field={moreField}
            value={more}
            name={moreField.label}
            align="center"
            onChange={setChosen}
          />
        </span>
        more {more === 1 ? "epoch" : "epochs"}
      </span>
    </div>
  );
}

/** For a run that was made here and is whole; beside what it came to where there is room. */
function Submit({ onSubmit, className }: { onSubmit(): void; className: string }) {
  const whole = useRun(
    (run) => run.state === "done" && !run.opened && run.history.length > 0 && run.finishedAt !== null,
  );
  if (!whole) return null;
  return (
    <Button onClick={onSubmit} className={className}>
      <Trophy className="size-4" aria-hidden="true" />
      Submit to leaderboard
    </Button>
  );
}

/** Why the network that came with the link cannot be opened; the experiment is there all the same. */
function CapsuleProblem() {
  const problem = useCapsule();
  return problem === null ? null : <ProblemText className="mt-4">{problem}</ProblemText>;
}

/** A run that was opened answers, and can be measured; it does not train on. */
function Opened() {
  const note = useRun(({ opened, holdOut, history, completed }) => {
    if (!opened || holdOut) return null;
    if (history.length === 0 || completed === null) return "its weights are rounded to about 4 bits each";
    return "it answers with its weights as they were trained";
  });
  return note === null ? null : <TestHere note={note} />;
}

const WeightsHash = lazy(() => import("./weights-hash"));

function Hash() {
  const hash = useRun((run) => (run.state === "done" ? run.hash : null));
  return <Suspense>{hash !== null && <WeightsHash key={hash} hash={hash} />}</Suspense>;
}

/** Forgets a run that rests or is over. */
function Reset() {
  const state = useRun((run) => run.state);
  if (state !== "paused" && state !== "done") return null;
  return <ResetButton className="lg:ml-auto" />;
}

/** The experiment may be edited during a run, or be another one by now; the run does not change. */
function EditedLine() {
  const spec = useSpec();
  const trained = useRun((run) => run.spec);
  if (trained === null || sameExperiment(spec, trained)) return null;
  const error = firstError(spec);
  return (
    <p className="basis-full text-mini text-soft">
      {error !== null
        ? `The experiment was edited and cannot be trained like this. ${problemSentence(error)}`
        : spec.title === trained.title
          ? "The experiment was edited: this run goes on as it began, and the next Train takes the changes."
          : `This run is of “${titleOf(trained)}”. Train begins with “${titleOf(spec)}”.`}
    </p>
  );
}
