// What to compare: one of the usual comparisons, a grid, or a search.
import { RadioGroup } from "radix-ui";
import { useId } from "react";
import { type DraftKind, draftKinds } from "./draft";

const words: Readonly<Record<DraftKind, { label: string; summary: string }>> = {
  optimizers: { label: "Optimizers", summary: "the same network, each at its own defaults" },
  learningRates: { label: "Learning rates", summary: "from too large to too small" },
  batchSizes: { label: "Batch sizes", summary: "how many images before each step" },
  grid: { label: "Grid", summary: "any fields of the experiment, in every combination" },
  search: { label: "Search", summary: "many settings drawn, the better ones trained on" },
};

interface KindChoicesProps {
  value: DraftKind;
  onChange(kind: DraftKind): void;
}

export function KindChoices({ value, onChange }: KindChoicesProps) {
  const prefix = useId();
  return (
    <RadioGroup.Root
      aria-label="What to compare"
      value={value}
      onValueChange={(kind) => onChange(kind as DraftKind)}
      className="self-start divide-y divide-line border-line border-y"
    >
      {draftKinds.map((kind) => (
        <label key={kind} htmlFor={prefix + kind} className="tap flex cursor-pointer gap-3 py-2">
          <RadioGroup.Item
            id={prefix + kind}
            value={kind}
            aria-labelledby={`${prefix}${kind}-label`}
            aria-describedby={`${prefix}${kind}-summary`}
            className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-soft focus-visible:rounded-full data-[state=checked]:border-train"
          >
            <RadioGroup.Indicator className="size-2 rounded-full bg-train" />
          </RadioGroup.Item>
          <span className="min-w-0">
            <span id={`${prefix}${kind}-label`} className="font-medium">
              {words[kind].label}
            </span>{" "}
            <span id={`${prefix}${kind}-summary`} className="text-mini text-soft">
              {words[kind].summary}
            </span>
          </span>
        </label>
      ))}
    </RadioGroup.Root>
  );
}
