// A kept run in the list: its curve, its name, what it was and what came of it, and what can be done with it.
import { Check, Pin, Trash2 } from "lucide-react";
import { Checkbox } from "radix-ui";
import { useEffect, useMemo, useRef, useState } from "react";
import { Sparkline } from "@/app/_charts/sparkline";
import { Button, IconButton, TextButton } from "@/app/_ui/button";
import { formatAccuracy, formatPlural } from "@/app/_ui/format";
import { ProblemText } from "@/app/_ui/problem";
import { outcomeOf } from "@/lib/metrics/compare";
import { describeNetwork, describeOptimizer } from "@/lib/spec/describe";
import { deleteRun, pinRun, undoDelete } from "@/lib/store/shelf";
import type { ShelfEntry } from "@/lib/store/shelf-entry";
import { formatAgo } from "./ago";
import { KeptName } from "./kept-name";
import { takeDown } from "./use-shelf";

interface KeptRunProps {
  entry: ShelfEntry;
  /** When the list is looked at, in ms since 1970. */
  now: number;
  chosen: boolean;
  /** False where as many runs are chosen as can be compared. */
  canChoose: boolean;
  onChoose(chosen: boolean): void;
  /** Why it cannot be opened now; null where it can. */
  held: string | null;
  onOpened(): void;
}

/** What a run was stands below its name; on phones what can be done with it comes below that. */
const LAYOUT =
  "grid grid-cols-[auto_minmax(0,1fr)_auto] sm:grid-cols-[auto_minmax(0,1fr)_auto_auto] md:grid-cols-[auto_auto_minmax(0,1fr)_auto_auto]";

export function KeptRun(props: KeptRunProps) {
  const { entry, now, chosen, canChoose, onChoose, held, onOpened } = props;
  const { id, name, pinned, deletedAt, keptAt, record } = entry;
  const [problem, setProblem] = useState<string | null>(null);
  const [opening, setOpening] = useState(false);
  const row = useRowFocus(deletedAt !== null);

  async function open() {
    if (opening) return;
    // Said on a tap too: fingers know no tooltips.
    setProblem(held);
    if (held !== null) return;
    setOpening(true);
    try {
      await takeDown(entry);
      onOpened();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setOpening(false);
    }
  }

  return (
    <li
      ref={row}
      aria-label={name}
      className={`items-center gap-x-3 border-line border-t py-2.5 ${deletedAt === null ? LAYOUT : "flex"}`}
    >
      {deletedAt === null ? (
        <>
          <Choose name={name} chosen={chosen} disabled={!chosen && !canChoose} onChoose={onChoose} />
          <Sparkline series={record.curves.loss} className="row-span-2 h-8 w-24 max-md:hidden" />
          <KeptName id={id} name={name} />
          <p className="text-right sm:row-span-2">
            <span className="font-semibold text-base sm:block">{formatAccuracy(record.test.accuracy)}</span>
            <span className="text-2xs text-soft max-sm:sr-only">test accuracy</span>
          </p>
          <div className="max-sm:order-1 max-sm:col-span-2 max-sm:col-start-2 sm:col-start-2 sm:row-start-2 md:col-start-3">
            <Facts entry={entry} ago={formatAgo(keptAt, now)} />
            {problem !== null && <ProblemText>{problem}</ProblemText>}
          </div>
          <div className="flex items-center gap-1 max-sm:order-2 max-sm:col-span-2 max-sm:col-start-2 max-sm:pt-2 sm:row-span-2 sm:row-start-1 sm:col-start-4 md:col-start-5">
            <Button
              aria-label={`Open ${name}`}
              aria-disabled={opening || held !== null}
              aria-busy={opening}
              title={held ?? undefined}
              onClick={open}
            >
              {opening ? "Opening…" : "Open"}
            </Button>
            <IconButton
              label={`Pin ${name}`}
              aria-pressed={pinned}
              onClick={() => pinRun(id, !pinned)}
              className={pinned ? "text-ink" : ""}
            >
              <Pin className={`size-4 ${pinned ? "fill-current" : ""}`} aria-hidden="true" />
            </IconButton>
            <IconButton label={`Delete ${name}`} onClick={() => deleteRun(id)}>
              <Trash2 className="size-4" aria-hidden="true" />
            </IconButton>
          </div>
        </>
      ) : (
        <>
          <p role="status" className="min-w-0 flex-1 truncate text-soft">
            Deleted <span className="line-through">{name}</span>
          </p>
          <TextButton aria-label={`Undo deleting ${name}`} onClick={() => undoDelete(id)}>
            Undo
          </TextButton>
        </>
      )}
    </li>
  );
}

/** The focus stays in the row when its buttons give way to Undo, and when they come back. */
function useRowFocus(deleted: boolean) {
  const row = useRef<HTMLLIElement>(null);
  const before = useRef(deleted);
  useEffect(() => {
    if (before.current === deleted) return;
    before.current = deleted;
    const { activeElement } = document;
    // Only where it has nowhere else to be: another page may have deleted the run.
    const lost = activeElement === null || activeElement.matches("body, [role=dialog]");
    if (lost) row.current?.querySelector<HTMLElement>("button:not([role=checkbox])")?.focus();
  }, [deleted]);
  return row;
}

interface ChooseProps {
  name: string;
  chosen: boolean;
  disabled: boolean;
  onChoose(chosen: boolean): void;
}

function Choose({ name, chosen, disabled, onChoose }: ChooseProps) {
  return (
    <Checkbox.Root
      aria-label={`Compare ${name}`}
      checked={chosen}
      disabled={disabled}
      onCheckedChange={(checked) => onChoose(checked === true)}
      className="tap group inline-flex items-center justify-center disabled:opacity-40 max-lg:-ml-3 sm:row-span-2"
    >
      <span className="flex size-[18px] items-center justify-center rounded border border-soft group-data-[state=checked]:border-ink group-data-[state=checked]:bg-ink">
        <Checkbox.Indicator>
          <Check className="size-3.5 text-paper" strokeWidth={3} aria-hidden="true" />
        </Checkbox.Indicator>
      </span>
    </Checkbox.Root>
  );
}

/** "784-128-64-10 · Adam .001", and what it took. */
function Facts({ entry: { record }, ago }: { entry: ShelfEntry; ago: string }) {
  const { experiment } = record;
  const words = useMemo(
    () => ({ network: describeNetwork(experiment), outcome: outcomeOf(record) }),
    [experiment, record],
  );
  const { parameters, epochs, restoredEpoch, elapsedMs, engine } = words.outcome;
  const took = [
    formatPlural(parameters, "parameter"),
    `${formatPlural(epochs, "epoch")} in ${(elapsedMs / 1000).toFixed(2)} s`,
    ...(restoredEpoch === null ? [] : [`weights of epoch ${restoredEpoch}`]),
    engine,
    ago,
  ];
  return (
    <div className="text-mini text-soft">
      <p className="truncate">
        {words.network} · {describeOptimizer(experiment)}
      </p>
      <p>{took.join(" · ")}</p>
    </div>
  );
}
