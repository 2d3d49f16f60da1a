// Which parts of the experiment the reader cannot change.
import { Check } from "lucide-react";
import { Checkbox } from "radix-ui";
import { type Dispatch, type SetStateAction, useId } from "react";
import { Section } from "@/app/_ui/section";
import { type LockField, lockable } from "@/lib/spec/lockable";
import { type Draft, withLock } from "./draft";

const labels: Readonly<Record<LockField, string>> = {
  dataset: "Data",
  validation: "Validation",
  augmentation: "Augmentation",
  layers: "Layers",
  loss: "Loss",
  optimizer: "Optimizer",
  training: "Epochs and batches",
  callbacks: "Callbacks",
  seed: "Seed",
};

interface LocksProps {
  draft: Draft;
  setDraft: Dispatch<SetStateAction<Draft>>;
}

export function Locks({ draft, setDraft }: LocksProps) {
  const prefix = useId();
  const count = draft.lock.length;
  return (
    <Section id="locks" title="Locked" aside={count === 0 ? "nothing" : `${count} of ${lockable.length}`}>
      <fieldset className="grid grid-cols-2 gap-x-4">
        <legend className="sr-only">What readers cannot change</legend>
        {lockable.map((field) => (
          <label
            key={field}
            htmlFor={prefix + field}
            className="tap flex min-h-8 cursor-pointer items-center gap-2.5"
          >
            <Checkbox.Root
              id={prefix + field}
              checked={draft.lock.includes(field)}
              onCheckedChange={(on) => setDraft((before) => withLock(before, field, on === true))}
              className="tap group inline-flex items-center justify-center -mx-[13px] lg:-mx-1 pointer-coarse:-mx-[13px]"
            >
              <span className="flex size-4 items-center justify-center rounded border border-soft group-data-[state=checked]:border-ink group-data-[state=checked]:bg-ink">
                <Checkbox.Indicator>
                  <Check className="size-3 text-paper" strokeWidth={3} aria-hidden="true" />
                </Checkbox.Indicator>
              </span>
            </Checkbox.Root>
            {labels[field]}
          </label>
        ))}
      </fieldset>
    </Section>
  );
}
