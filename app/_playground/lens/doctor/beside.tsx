// The mended run beside the one that was examined: their curves, what each had come to at an epoch, and what to do next.
import { Square } from "lucide-react";
import { useMemo, useState } from "react";
import { BesideChart } from "@/app/_charts/beside-chart";
import { RunBadge } from "@/app/_charts/run-badge";
import { Button, TextButton } from "@/app/_ui/button";
import { formatAccuracy, formatLoss } from "@/app/_ui/format";
import { NumberTable } from "@/app/_ui/number-table";
import { ProblemText } from "@/app/_ui/problem";
import { clearMend, type Mending, openMended, stopMend } from "@/lib/store/mend";
import { isActive, type Run } from "@/lib/store/reduce";
import { useLocks } from "../../locks";
import { type BesidePlot, besidePlot, besideValue } from "./beside-plot";

export function Beside({ mending: { finding, label, before, run } }: { mending: Mending }) {
  const loss = useMemo(() => besidePlot(before, run, "loss"), [before, run]);
  const accuracy = useMemo(() => besidePlot(before, run, "accuracy"), [before, run]);
  const [read, setRead] = useState<number | null>(null);
  const epochs = loss.x.domain[1];
  // Nothing is read past the end.
  const here = read === null ? null : Math.min(read, epochs);
  const at = here ?? epochs;
  const reading = { at: here, onRead: setRead, spoken: spoken(at, loss, accuracy) };
  const active = isActive(run.state);
  // It may change any part of the experiment.
  const isFree = useLocks().length === 0;
  return (
    <section aria-labelledby="beside" className="mt-5 space-y-4 border-line border-t pt-5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 id="beside" className="font-semibold text-base">
          {label}
        </h3>
        <p className="text-mini text-soft">against “{finding.toLowerCase()}”</p>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {/* One button that says what it does now, so that it keeps the focus. */}
        {(active || isFree) && (
          <Button onClick={active ? stopMend : openMended}>
            {active && <Square className="size-3.5 fill-current" aria-hidden="true" />}
            {active ? "Stop" : "Use this experiment"}
            {active && <span className="sr-only"> the mended run</span>}
          </Button>
        )}
        <p className="text-mini" role="status">
          {stateWords(run, before)}
        </p>
        {!active && (
          <TextButton className="ml-auto" onClick={clearMend}>
            put away
          </TextButton>
        )}
      </div>
      {run.failure !== null && (
        <ProblemText>
          {run.failure.message} {run.failure.advice}
        </ProblemText>
      )}
      {run.loss.steps > 0 && (
        <div className="@container">
          <div className="grid gap-x-8 gap-y-5 @min-[34rem]:grid-cols-2">
            <BesideChart title="Loss" plot={loss} {...reading} />
            <BesideChart title="Accuracy" plot={accuracy} {...reading} />
          </div>
          <p className="mt-2 mb-3 text-2xs text-soft">Training is solid, validation dashed.</p>
          <Values at={at} {...{ loss, accuracy }} />
        </div>
      )}
    </section>
  );
}

/** How far it is, or what came of it. */
function stateWords(run: Run, before: Run): string {
  const { state, queue, progress, history, test, spec } = run;
  if (queue !== null) return "Waits until another playground has trained.";
  if (state === "paused") return "Waits until the run above is over.";
  if (isActive(state))
    return progress === null
      ? "Starting the engine."
      : `Epoch ${progress.epoch} of ${spec!.training.epochs}, loss ${formatLoss(progress.loss)}.`;
  if (state !== "done" || history.length === 0) return state === "failed" ? "It failed." : "Stopped.";
  const [now, former] = [run, before].map((each) => each.history.at((each.restoredEpoch ?? 0) - 1) ?? null);
  if (test !== null && before.test !== null)
    return `Test accuracy ${formatAccuracy(test.accuracy)}; it was ${formatAccuracy(before.test.accuracy)}.`;
  if (former == null)
    return `Training accuracy ${formatAccuracy(now!.accuracy)}; the former run came to nothing.`;
  return `Training accuracy ${formatAccuracy(now!.accuracy)}; it was ${formatAccuracy(former.accuracy)}.`;
}

/** "3", "1.84" */
const epochText = (epoch: number): string => String(Number(epoch.toFixed(2)));

const names = ["examined run", "mended run"] as const;

/** "epoch 3, examined run loss 2.301, accuracy 0.1040, mended run …" */
function spoken(at: number, loss: BesidePlot, accuracy: BesidePlot): string {
  const parts = names.map((name, i) => {
    const values = [besideValue(loss.runs[i]!.train, at), besideValue(accuracy.runs[i]!.train, at)];
    if (values[0] == null || values[1] == null) return `${name} has nothing there`;
    return `${name} loss ${formatLoss(values[0])}, accuracy ${formatAccuracy(values[1])}`;
  });
  return [`epoch ${epochText(at)}`, ...parts].join(", ");
}

interface ValuesProps {
  at: number;
  loss: BesidePlot;
  accuracy: BesidePlot;
}

function Values({ at, loss, accuracy }: ValuesProps) {
  const value = (points: BesidePlot["runs"][0]["train"], format: (value: number) => string) => {
    const found = besideValue(points, at);
    return found === null ? "–" : format(found);
  };
  return (
    <NumberTable caption={`Both runs at epoch ${epochText(at)}`}>
      <thead className="text-2xs text-soft">
        <tr>
          <th scope="col" className="text-left font-normal">
            <span className="sr-only">Run</span>
          </th>
          {["loss", "validation", "accuracy", "validation"].map((name, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
            <th key={i} scope="col" className="pl-3 font-normal">
              {name}
              {i % 2 === 1 && <span className="sr-only"> {i === 1 ? "loss" : "accuracy"}</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {names.map((name, i) => (
          <tr key={name} className="border-line border-t">
            <th scope="row" className="py-1 text-left font-normal">
              <span className="flex items-center gap-2">
                <RunBadge index={i} />
                {name}
              </span>
            </th>
            <td className="pl-3">{value(loss.runs[i]!.train, formatLoss)}</td>
            <td className="pl-3">{value(loss.runs[i]!.validation, formatLoss)}</td>
            <td className="pl-3">{value(accuracy.runs[i]!.train, formatAccuracy)}</td>
            <td className="pl-3">{value(accuracy.runs[i]!.validation, formatAccuracy)}</td>
          </tr>
        ))}
      </tbody>
    </NumberTable>
  );
}
