// The kept runs, pinned ones first, then the newest; before there are any, what will be there.
import { useState } from "react";
import { MAX_COMPARED } from "@/app/_charts/compare-plot";
import { Button } from "@/app/_ui/button";
import { formatPlural } from "@/app/_ui/format";
import { isActive } from "@/lib/store/reduce";
import { MAX_ENTRIES } from "@/lib/store/shelf-entry";
import { useRun } from "../use-stores";
import { KeptRun } from "./kept-run";
import { useShelf } from "./use-shelf";

interface ShelfListProps {
  /** Ids of runs to compare, in the order in which they were chosen. */
  chosen: readonly string[];
  onChoose(chosen: readonly string[]): void;
  onCompare(): void;
  onOpened(): void;
}

export function ShelfList({ chosen, onChoose, onCompare, onOpened }: ShelfListProps) {
  const entries = useShelf((shelf) => shelf.entries);
  const ready = useShelf((shelf) => shelf.state === "ready");
  const active = useRun((run) => isActive(run.state));
  const [now] = useState(Date.now);
  const held = active ? "A run is on: stop it before you open another." : null;
  if (entries.length === 0)
    return (
      <>
        <p className="sr-only">{ready ? "No runs are kept yet: each is, when it is over." : "Reading"}</p>
        <Faint />
      </>
    );
  return (
    <>
      {held !== null && <p className="pb-3 text-mini text-soft">{held}</p>}
      <ul aria-label="Kept runs" className="border-line border-b">
        {entries.map((entry) => (
          <KeptRun
            key={entry.id}
            entry={entry}
            now={now}
            chosen={chosen.includes(entry.id)}
            canChoose={chosen.length < MAX_COMPARED}
            onChoose={(add) => onChoose(add ? [...chosen, entry.id] : chosen.filter((id) => id !== entry.id))}
            held={held}
            onOpened={onOpened}
          />
        ))}
      </ul>
      <p className="pt-3 text-mini text-soft">
        Runs stay in this browser, at most {MAX_ENTRIES}; the oldest make room, pinned ones never do.
      </p>
      <div className="sticky bottom-0 -mx-4 mt-4 flex items-center justify-between gap-3 border-line border-t bg-paper px-4 py-3 sm:-mx-7 sm:px-7">
        <p className="text-mini text-soft" role="status">
          {chosen.length === 0
            ? `Choose 2 to ${MAX_COMPARED} runs to compare them`
            : `${formatPlural(chosen.length, "run")} chosen of at most ${MAX_COMPARED}`}
        </p>
        <Button onClick={onCompare} disabled={chosen.length < 2}>
          Compare
        </Button>
      </div>
    </>
  );
}

/** What will be there: three runs, faintly. */
function Faint() {
  return (
    <div aria-hidden="true" className="border-line border-b">
      {[56, 40, 48].map((width) => (
        <div key={width} className="flex items-center gap-4 border-line border-t py-4">
          <svg viewBox="0 0 96 32" className="h-8 w-24 shrink-0" aria-hidden="true">
            <path
              d="M0 3C6 20 16 27 40 28.500S84 30 96 30"
              fill="none"
              stroke="var(--line)"
              strokeWidth="2"
              strokeLinecap="round"
            />
          </svg>
          <div className="flex-1 space-y-2.5">
            <div className="h-2.5 rounded-full bg-line" style={{ width: `${width / 2}%` }} />
            <div className="h-2 rounded-full bg-line" style={{ width: `${width}%` }} />
          </div>
          <div className="h-4 w-14 rounded-full bg-line" />
        </div>
      ))}
    </div>
  );
}
