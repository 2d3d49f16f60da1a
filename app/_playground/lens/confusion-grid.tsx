// The confusion matrix as a grid whose cells open: what each class is taken for. Right cells are green, the others red,
// the deeper the more; the number stands in each.
import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { IconButton } from "@/app/_ui/button";
import { type ClassScore, type Confusion, countOf } from "@/lib/metrics/confusion";
import { cellSentence, formatPercent } from "./words";

export type Cell = readonly [label: number, guess: number];

interface ConfusionGridProps {
  confusion: Confusion;
  scores: readonly ClassScore[];
  names: readonly string[];
  /** Shares of a row instead of counts. */
  rates: boolean;
  open: Cell | null;
  onOpen(cell: Cell): void;
}

/** The deepest tint, in percent: the number on it stays readable in both themes. */
const DEEPEST = 45;

const moves: Readonly<Record<string, (cell: Cell, last: number) => Cell>> = {
  ArrowLeft: ([label, guess]) => [label, guess - 1],
  ArrowRight: ([label, guess]) => [label, guess + 1],
  ArrowUp: ([label, guess]) => [label - 1, guess],
  ArrowDown: ([label, guess]) => [label + 1, guess],
  Home: ([label]) => [label, 0],
  End: ([label], last) => [label, last],
};

/** How a finger corrects which cell it met. */
const arrows = [
  { key: "ArrowLeft", label: "The cell to the left", Icon: ArrowLeft },
  { key: "ArrowRight", label: "The cell to the right", Icon: ArrowRight },
  { key: "ArrowUp", label: "The cell above", Icon: ArrowUp },
  { key: "ArrowDown", label: "The cell below", Icon: ArrowDown },
] as const;

/** A cell within the grid: at its edges a move leads nowhere. */
const within = ([label, guess]: Cell, last: number): Cell => [
  Math.min(Math.max(label, 0), last),
  Math.min(Math.max(guess, 0), last),
];

export function ConfusionGrid({ confusion, scores, names, rates, open, onOpen }: ConfusionGridProps) {
  const grid = useRef<HTMLTableElement>(null);
  const [reached, setReached] = useState<Cell>([0, 0]);
  const last = names.length - 1;
  // A network with fewer classes may have come since.
  const focus = within(reached, last);
  const share = (label: number, guess: number) =>
    countOf(confusion, label, guess) / Math.max(1, scores[label]!.images);
  const deepest = Math.max(
    0.001,
    ...names.flatMap((_, label) => names.map((__, guess) => (label === guess ? 0 : share(label, guess)))),
  );

  function onKeyDown(event: KeyboardEvent) {
    const { key } = event;
    if (key === "Enter" || key === " ") {
      event.preventDefault();
      onOpen(focus);
      return;
    }
    const move = moves[key];
    if (move === undefined) return;
    event.preventDefault();
    const next = within(move(focus, last), last);
    setReached(next);
    grid.current?.querySelector<HTMLElement>(`[data-cell="${next[0]} ${next[1]}"]`)?.focus();
  }

  return (
    <>
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are chosen is a grid.
        role="grid"
        aria-label={`Confusion matrix in ${rates ? "percent of each class" : "images"}: a row for each class, a column for what it is read as`}
        className="w-full table-fixed border-separate border-spacing-px text-center text-[0.625rem] @min-[26rem]:text-2xs"
      >
        <thead>
          <tr>
            <th scope="col" className="caps w-10 text-left align-bottom @min-[26rem]:w-11">
              class
            </th>
            {names.map((name) => (
              <th key={name} scope="col" className="truncate font-semibold text-soft">
                <span className="sr-only">read as </span>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>
          {names.map((name, label) => (
            <tr key={name}>
              <th scope="row" className="truncate pr-1 text-left font-semibold text-soft">
                {name}
              </th>
              {names.map((other, guess) => {
                const count = countOf(confusion, label, guess);
                const isRight = label === guess;
                const depth = isRight ? share(label, guess) : Math.sqrt(share(label, guess) / deepest);
                const isOpen = open?.[0] === label && open[1] === guess;
                return (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the table hears the keys of all its cells.
                  <td
                    key={other}
                    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell that can be chosen says so.
                    role="gridcell"
                    data-cell={`${label} ${guess}`}
                    tabIndex={focus[0] === label && focus[1] === guess ? 0 : -1}
                    aria-label={cellSentence([name, other], count, scores[label]!)}
                    aria-selected={isOpen}
                    onClick={() => {
                      setReached([label, guess]);
                      onOpen([label, guess]);
                    }}
                    className={`h-6 cursor-pointer rounded-[3px] tracking-tighter @min-[26rem]:h-8 @min-[26rem]:tracking-normal ${isOpen ? "outline-2 outline-ink" : ""}`}
                    style={{
                      background: `color-mix(in srgb, var(${isRight ? "--right" : "--wrong"}) ${Math.round(depth * DEEPEST)}%, var(--hover))`,
                    }}
                  >
                    {count > 0 && (rates ? formatPercent(share(label, guess)) : count)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {open !== null && (
        <div className="mt-1 hidden flex-wrap items-start gap-x-3 pointer-coarse:flex">
          {/* First, and at the top: where they are does not depend on how long the sentence is. */}
          <div className="-ml-3.5 flex">
            {arrows.map(({ key, label, Icon }) => {
              const next = within(moves[key]!(open, last), last);
              const isEdge = String(next) === String(open);
              return (
                <IconButton
                  key={key}
                  label={label}
                  // Disabled, it would lose the focus as soon as it is pressed.
                  aria-disabled={isEdge}
                  className="aria-disabled:opacity-35"
                  onClick={() => {
                    if (isEdge) return;
                    setReached(next);
                    onOpen(next);
                  }}
                >
                  <Icon className="size-4" aria-hidden="true" />
                </IconButton>
              );
            })}
          </div>
          <p className="min-w-0 flex-1 basis-40 self-center text-mini" role="status">
            {cellSentence([names[open[0]]!, names[open[1]]!], countOf(confusion, ...open), scores[open[0]]!)}
          </p>
        </div>
      )}
    </>
  );
}
