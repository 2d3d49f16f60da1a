// The boards, one of which is chosen; one that does not take this run says why.
import { RadioGroup } from "radix-ui";
import { useId } from "react";
import type { BoardId } from "@/lib/leaderboard/find-board";
import type { BoardChoice } from "./checks";

interface BoardChoicesProps {
  choices: readonly BoardChoice[];
  /** Null where no board takes the run. */
  value: BoardId | null;
  onChange(board: BoardId): void;
}

export function BoardChoices({ choices, value, onChange }: BoardChoicesProps) {
  const prefix = useId();
  return (
    <RadioGroup.Root
      aria-label="Board"
      value={value}
      onValueChange={(board) => onChange(board as BoardId)}
      className="divide-y divide-line border-line border-y"
    >
      {choices.map(({ id, label, summary, refused }) => (
        <label
          key={id}
          htmlFor={`${prefix}${id}`}
          className={`tap flex gap-3 py-2.5 ${refused === null ? "cursor-pointer" : "cursor-not-allowed"}`}
        >
          <RadioGroup.Item
            id={`${prefix}${id}`}
            value={id}
            disabled={refused !== null}
            aria-labelledby={`${prefix}${id}-label`}
            aria-describedby={`${prefix}${id}-summary`}
            className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-soft focus-visible:rounded-full disabled:opacity-45 data-[state=checked]:border-train"
          >
            <RadioGroup.Indicator className="size-2 rounded-full bg-train" />
          </RadioGroup.Item>
          <span className="min-w-0">
            <span
              id={`${prefix}${id}-label`}
              className={`block font-medium ${refused === null ? "" : "text-soft"}`}
            >
              {label}
            </span>
            <span id={`${prefix}${id}-summary`} className="block text-mini text-soft">
              {summary}
              {refused !== null && <span className="block text-ink">{refused}</span>}
            </span>
          </span>
        </label>
      ))}
    </RadioGroup.Root>
  );
}
