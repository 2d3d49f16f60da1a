// The run's accuracy by epoch, with the place from which on more epochs no longer help, where there is one.
import { HistoryChart } from "@/app/_charts/history-chart";
import { formatPlural } from "@/app/_ui/format";
import { FLAT_EPOCHS, plateauOf } from "@/lib/metrics/plateau";
import type { FigureProps } from "./figure";

export default function Plateau({ facts }: FigureProps) {
  const run = facts.runs.at(-1);
  const history = run?.history ?? none;
  const flatFrom = plateauOf(history);
  return (
    <figure>
      <HistoryChart
        title="Accuracy by epoch"
        history={history}
        epochs={Math.max(run?.spec.training.epochs ?? 1, history.length)}
        flatFrom={flatFrom}
      />
      <figcaption role="status" className="mt-2 text-sm text-soft">
        {sentence(history.length, flatFrom)}
      </figcaption>
    </figure>
  );
}

const none = [] as const;

function sentence(epochs: number, flatFrom: number | null): string {
  if (epochs === 0) return "Train: the epoch from which on more of them stop helping is pointed out here.";
  if (flatFrom === null)
    return epochs <= FLAT_EPOCHS
      ? "Too early to tell."
      : `Still rising after ${formatPlural(epochs, "epoch")}.`;
  return `From epoch ${flatFrom} on it is flat: the ${formatPlural(epochs - flatFrom, "epoch")} after it gained less than one point together.`;
}
