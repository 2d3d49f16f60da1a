// A compared run's sign: its letter in its colour.
import { colorOf, letterOf } from "./compare-plot";

export function RunBadge({ index }: { index: number }) {
  return (
    <span
      className="inline-flex size-[18px] shrink-0 items-center justify-center rounded-full font-semibold text-2xs text-paper"
      style={{ background: colorOf(index) }}
    >
      {letterOf(index)}
    </span>
  );
}
