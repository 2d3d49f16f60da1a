// One thing first: the button that trains, what it will do or is doing, and how far it is.
import { Pause, Play, RotateCcw, Square } from "lucide-react";
import { Progress } from "radix-ui";
import { useEffect, useState } from "react";
import { preloadCharts } from "@/app/_charts/lazy-curves";
import { Button } from "@/app/_ui/button";
import { number } from "@/lib/spec/fields";
import { isActive } from "@/lib/store/reduce";
import { continueTraining, pause, reset, resume, stop, train } from "@/lib/store/run";
import { firstError, sameExperiment } from "@/lib/store/spec";
import { estimateMs } from "@/lib/store/speed";
import { NumberControl } from "../controls/number-control";
import { planStatus, progressOf, runStatus, type Status } from "../status";
import { useRun, useSettings, useSpec } from "../use-stores";
import { Failure } from "./failure";

/** On narrow screens the first row is a bar at the thumb; it is the same row, elsewhere. */
export function RunPanel() {
  return (
    <section aria-label="Run">
      <div className="fixed inset-x-0 bottom-0 z-40 flex items-center gap-3 border-line border-t bg-raised px-4 pt-2.5 pb-[calc(0.625rem+env(safe-area-inset-bottom))] lg:static lg:gap-4 lg:border-0 lg:bg-transparent lg:p-0">
        <MainButton />
        <StopButton />
        <StatusLines />
      </div>
      <ProgressBar />
      <Failure />
      {/* Its height is kept free where there is room, so that the charts stay where they are. */}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 empty:hidden max-lg:not-empty:mt-4 lg:mt-4 lg:min-h-9 lg:empty:flex">
        <EditedLine />
        <Continue />
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
        <Pause className="size-4 fill-current" aria-hidden="true" />
        Pause
      </Button>
    );
  if (state === "paused")
    return (
      <Button filled onClick={resume}>
        <Play className="size-4 fill-current" aria-hidden="true" />
        Resume
      </Button>
    );
  // While it loads the button keeps the focus, so it is not disabled but does nothing.
  const loading = state === "loading";
  return (
    <Button
      filled
      onClick={train}
      onPointerEnter={preloadCharts}
      onFocus={preloadCharts}
      disabled={!loading && blocked}
      aria-disabled={loading || blocked}
      aria-busy={loading}
      aria-describedby="status"
    >
      <Play className="size-4 fill-current" aria-hidden="true" />
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
  return (
    <div id="status" className="min-w-0 flex-1">
      <p className="lg:text-base">
        <span className="font-semibold">{status.lead}</span>
        <Parts parts={status.parts} first />
      </p>
      <p className="text-mini text-soft">
        {run.engine !== null && isActive(state) && <Dot paused={state === "paused"} />}
        <Parts parts={status.details} />
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

/** Parts with dots between them; a narrow screen leaves some out, with their dot. */
function Parts({ parts, first = false }: { parts: Status["parts"]; first?: boolean }) {
  const shown = parts.filter(({ text }) => text !== "");
  return shown.map(({ text, wide }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: places of a sentence.
    <span key={index} className={wide ? "max-lg:hidden" : ""}>
      {(first || index > 0) && (
        <span className={!first && index === 1 && shown[0]?.wide ? "max-lg:hidden" : ""}> · </span>
      )}
      {text}
    </span>
  ));
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
  const [chosen, setChosen] = useState<number | null>(null);
  if (state !== "done") return null;
  const more = chosen ?? planned;
  return (
    <div className="flex flex-wrap items-center gap-x-2.5">
      <Button onClick={() => continueTraining(more)}>Continue training</Button>
      <span className="flex flex-wrap items-center gap-x-1.5 text-soft">
        for
        <span className="text-ink">
          <NumberControl field={moreField} value={more} name={moreField.label} onChange={setChosen} />
        </span>
        more {more === 1 ? "epoch" : "epochs"}
      </span>
    </div>
  );
}

/** Forgets a run that rests or is over. */
function Reset() {
  const state = useRun((run) => run.state);
  if (state !== "paused" && state !== "done" && state !== "failed") return null;
  return (
    <Button onClick={reset} className="ml-auto">
      <RotateCcw className="size-3.5" aria-hidden="true" />
      Reset
    </Button>
  );
}

/** The experiment may be edited during a run; the run does not change. */
function EditedLine() {
  const spec = useSpec();
  const trained = useRun((run) => run.spec);
  if (trained === null || sameExperiment(spec, trained)) return null;
  return (
    <p className="basis-full text-mini text-soft">
      The experiment was edited: this run goes on as it began, and the next Train takes the changes.
    </p>
  );
}
