// How a run's accuracy went, epoch by epoch, the size of a word. All are drawn on one scale, so that they compare.
import type { PlacedEntry } from "@/lib/leaderboard/records";

const WIDTH = 72;
const HEIGHT = 28;
const RADIUS = 2;
/** The accuracy at the bottom; lower ones lie on it. The top is 1. */
const LEAST = 0.9;

export function Curve({ entry: { curve, experiment } }: { entry: PlacedEntry }) {
  const last = curve.at(-1);
  if (last === undefined) return null;
  const kind = experiment.validation.split > 0 ? "validation" : "train";
  const xOf = (index: number) => RADIUS + ((WIDTH - 2 * RADIUS) * (index + 1)) / Math.max(1, curve.length);
  const yOf = (accuracy: number) =>
    HEIGHT - RADIUS - ((HEIGHT - 2 * RADIUS) * (Math.max(LEAST, accuracy) - LEAST)) / (1 - LEAST);
  const points = curve.map((accuracy, index) => `${xOf(index).toFixed(1)} ${yOf(accuracy).toFixed(1)}`);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={`${kind === "train" ? "Training" : "Validation"} accuracy by epoch, from ${curve[0]!.toFixed(4)} to ${last.toFixed(4)}`}
    >
      <path d={`M0 ${HEIGHT - 0.5}H${WIDTH}M0 0.5H${WIDTH}`} stroke="var(--line)" />
      <path
        d={`M${points.join("L")}`}
        fill="none"
        stroke={`var(--${kind})`}
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeDasharray={kind === "validation" ? "4 2" : undefined}
      />
      <circle cx={xOf(curve.length - 1)} cy={yOf(last)} r={RADIUS} fill={`var(--${kind})`} />
    </svg>
  );
}
