// The same rise in accuracy, measured from two places: from the untrained network, and from epoch 1 as the log does.
import { useRun } from "@/app/_playground/use-stores";
import { accuracyImprovement } from "@/lib/metrics/history";

interface Rise {
  label: string;
  from: number;
  to: number;
}

export default function Improvement() {
  const before = useRun((run) => run.before?.accuracy);
  const history = useRun((run) => run.history);
  const improvement = accuracyImprovement(history);
  const known = before !== undefined && improvement !== null;
  const [untrained, first, last] = known ? [before, improvement.first, improvement.last] : [0.1, 0.92, 0.98];
  const rises: Rise[] = [
    { label: "from the untrained network", from: untrained, to: last },
    {
      label: `from epoch 1 to epoch ${known ? history.length : "n"}, as the log prints it`,
      from: first,
      to: last,
    },
  ];
  return (
    <figure className="rounded-xl border border-line bg-raised px-4 pt-4 pb-3">
      <figcaption className="sr-only">
        {known ? "How much the accuracy rose, in points" : "Bars that a run will fill in"}
      </figcaption>
      <div className="space-y-3.5">
        {rises.map((rise) => (
          <Row key={rise.label} rise={rise} known={known} />
        ))}
      </div>
      <div aria-hidden="true" className="mt-1.5 flex justify-between text-2xs text-soft">
        {["0 %", "50 %", "100 %"].map((tick) => (
          <span key={tick}>{tick}</span>
        ))}
      </div>
    </figure>
  );
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function Row({ rise: { label, from, to }, known }: { rise: Rise; known: boolean }) {
  return (
    <div>
      <p className="flex items-baseline justify-between gap-3 text-sm">
        <span className="text-soft">{label}</span>
        <span className="shrink-0 font-semibold">{known && `${(100 * (to - from)).toFixed(1)} points`}</span>
      </p>
      <div className="relative mt-1.5 h-2 rounded-full bg-line">
        {/* Before a run there is nothing to show but where it will stand. */}
        <div
          className={`absolute h-2 min-w-1 rounded-full ${known ? "bg-train" : "bg-hover"}`}
          style={{ left: percent(from).replace(" ", ""), right: percent(1 - to).replace(" ", "") }}
        />
      </div>
      {known && (
        <p className="mt-1 text-2xs text-soft">
          {percent(from)} → {percent(to)}
        </p>
      )}
    </div>
  );
}
