// The two losses of the reader's last run, and an epoch of it to be named as the best.
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { formatLoss } from "@/app/_ui/format";
import { bestEpoch, finishedRuns } from "@/lib/lessons/convolution-and-regularisation/checks";
import { marks as names } from "@/lib/lessons/convolution-and-regularisation/marks";
import type { RunFacts } from "@/lib/lessons/facts";
import type { FigureProps } from "./figure";
import { NamedSlider } from "./named-slider";
import { useWidth } from "./use-width";

const HEIGHT = 150;
/** How far the axis reaches, in lowest validation losses: the first fall is steep, and what matters is what follows. */
const ROOM = 2.5;
const PAD = { left: 8, right: 8, top: 10, bottom: 8 };

export default function BestEpoch({ facts, marks }: FigureProps) {
  const run = finishedRuns(facts).findLast(
    ({ history }) => history.length > 1 && bestEpoch(history) !== null,
  );
  if (run === undefined)
    return (
      <p className="text-mini text-soft">
        The losses of your run will stand here, to find its best epoch in them.
      </p>
    );
  return <Picker key={`${run.elapsedMs} ${run.history.length}`} history={run.history} marks={marks} />;
}

interface PickerProps extends Pick<FigureProps, "marks"> {
  history: RunFacts["history"];
}

function Picker({ history, marks }: PickerProps) {
  const [epoch, setEpoch] = useState(history.length);
  const [named, setNamed] = useState<number | null>(null);
  const { loss, valLoss } = history[epoch - 1]!;
  const best = bestEpoch(history)!;

  function name() {
    setNamed(epoch);
    marks(names.bestEpoch, epoch);
  }

  return (
    <section aria-label="The best epoch of your run">
      <Lines history={history} epoch={epoch} onPick={setEpoch} />
      <NamedSlider
        name="Epoch"
        value={epoch}
        min={1}
        max={history.length}
        step={1}
        text={`${epoch} of ${history.length}`}
        onChange={setEpoch}
      />
      <div className="mt-1 flex flex-wrap items-center gap-x-5 gap-y-2">
        <p className="mr-auto">
          <span className="whitespace-nowrap text-train">training loss {formatLoss(loss)}</span> ·{" "}
          <span className="whitespace-nowrap text-validation-text">
            validation loss {valLoss === null ? "–" : formatLoss(valLoss)}
          </span>
        </p>
        <Button onClick={name}>This is the best epoch</Button>
      </div>
      <p role="status" className="mt-2 min-h-5 text-mini">
        {named !== null && <Verdict {...{ named, best, history }} />}
      </p>
    </section>
  );
}

function Verdict({ named, best, history }: { named: number; best: number; history: RunFacts["history"] }) {
  if (named !== best)
    return (
      <span className="text-wrong">
        ✗ Not epoch {named}: validation loss is lower elsewhere. The checkpoint goes by that line alone.
      </span>
    );
  const after = history.length - best;
  return (
    <span>
      <span className="text-correct">✓ Epoch {best}.</span> The checkpoint kept its weights
      {after === 0
        ? "; it is the last one, so more epochs might still have helped."
        : `; the ${after} after it made validation loss ${formatLoss(history.at(-1)!.valLoss! - history[best - 1]!.valLoss!)} higher.`}
    </span>
  );
}

interface LinesProps {
  history: RunFacts["history"];
  epoch: number;
  onPick(epoch: number): void;
}

function Lines({ history, epoch, onPick }: LinesProps) {
  const [place, width] = useWidth<HTMLDivElement>();
  const lowest = history[bestEpoch(history)! - 1]!.valLoss!;
  const most = Math.min(
    ROOM * lowest,
    Math.max(...history.flatMap(({ loss, valLoss }) => [loss, valLoss ?? 0])),
  );
  const x = (of: number) =>
    PAD.left + ((of - 1) / (history.length - 1)) * Math.max(0, width - PAD.left - PAD.right);
  const y = (loss: number) => PAD.top + (1 - loss / most) * (HEIGHT - PAD.top - PAD.bottom);
  const path = (losses: readonly number[]) =>
    losses
      .map((loss, index) => `${index === 0 ? "M" : "L"}${x(index + 1).toFixed(1)} ${y(loss).toFixed(1)}`)
      .join("");
  return (
    <div
      ref={place}
      className="mb-1 cursor-crosshair touch-pan-y overflow-clip"
      style={{ height: HEIGHT }}
      onPointerDown={({ clientX, currentTarget }) => {
        const share =
          (clientX - currentTarget.getBoundingClientRect().left - PAD.left) / (width - PAD.left - PAD.right);
        onPick(Math.min(history.length, Math.max(1, 1 + Math.round(share * (history.length - 1)))));
      }}
    >
      {width > 0 && (
        <svg width={width} height={HEIGHT} role="img" aria-label="Training and validation loss by epoch">
          <path d={`M0 ${y(0)}H${width}`} stroke="var(--line)" />
          <path d={`M${x(epoch)} 0V${HEIGHT}`} stroke="var(--soft)" strokeDasharray="2 3" />
          <path d={path(history.map(({ loss }) => loss))} fill="none" stroke="var(--train)" strokeWidth="2" />
          <path
            d={path(history.map(({ valLoss }) => valLoss ?? 0))}
            fill="none"
            stroke="var(--validation)"
            strokeWidth="2"
            strokeDasharray="5 3"
          />
          <circle cx={x(epoch)} cy={y(history[epoch - 1]!.loss)} r="4" fill="var(--train)" />
          <circle cx={x(epoch)} cy={y(history[epoch - 1]!.valLoss ?? 0)} r="4" fill="var(--validation)" />
        </svg>
      )}
    </div>
  );
}
