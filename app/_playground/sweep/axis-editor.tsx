// One field and the values that it takes: numbers as they are typed, or some of a few things.
import { X } from "lucide-react";
import { ToggleGroup } from "radix-ui";
import { useId } from "react";
import { IconButton } from "@/app/_ui/button";
import { Select } from "@/app/_ui/select";
import type { VariedField, VariedNumber } from "@/lib/sweeps/fields";
import { type AxisDraft, axisDraft, readNumbers } from "./draft";

interface AxisEditorProps {
  fields: readonly VariedField[];
  axis: AxisDraft;
  onChange(axis: AxisDraft): void;
  /** Lets another field be chosen; its place in the list, from 1. */
  place?: number;
  /** Takes the field away. */
  onRemove?(): void;
}

export function AxisEditor({ fields, axis, onChange, place, onRemove }: AxisEditorProps) {
  const varied = fields.find(({ field }) => field === axis.field);
  if (varied === undefined) return null;
  return (
    <div>
      <div className="flex min-h-8 items-center justify-between gap-3">
        {place === undefined ? (
          <span className="font-medium">{varied.label}</span>
        ) : (
          <Select
            name={`Field ${place}`}
            value={axis.field}
            options={fields.map(({ field, label }) => ({ value: field, label }))}
            onChange={(field) => onChange(axisDraft(fields.find((other) => other.field === field)!))}
          />
        )}
        {onRemove !== undefined && (
          <IconButton label={`Remove field ${place}`} className="-mr-1.5" onClick={onRemove}>
            <X className="size-[15px]" aria-hidden="true" />
          </IconButton>
        )}
      </div>
      {varied.type === "number" ? (
        <Numbers
          varied={varied}
          text={axis.values as string}
          onChange={(values) => onChange({ ...axis, values })}
        />
      ) : (
        <ToggleGroup.Root
          type="multiple"
          aria-label={`Values of ${varied.label}`}
          value={[...axis.values]}
          onValueChange={(values) => onChange({ ...axis, values })}
          className="mt-1 flex flex-wrap gap-2"
        >
          {varied.options.map(({ label }) => (
            <ToggleGroup.Item
              key={label}
              value={label}
              className="tap rounded-lg border border-line px-3 py-1 text-soft hover:border-soft data-[state=on]:border-train data-[state=on]:font-medium data-[state=on]:text-ink"
            >
              {label}
            </ToggleGroup.Item>
          ))}
        </ToggleGroup.Root>
      )}
    </div>
  );
}

interface NumbersProps {
  varied: VariedNumber;
  text: string;
  onChange(text: string): void;
}

function Numbers({ varied, text, onChange }: NumbersProps) {
  const id = useId();
  const { min, max, allowed } = varied.number;
  const read = readNumbers(text);
  const outside = typeof read === "string" ? [] : read.filter((value) => value < min || value > max);
  return (
    <>
      <input
        type="text"
        inputMode="text"
        autoComplete="off"
        spellCheck={false}
        aria-label={`Values of ${varied.label}`}
        aria-describedby={`${id}-help`}
        value={text}
        onChange={({ target }) => onChange(target.value)}
        className="tap mt-1 block h-9 w-full rounded-lg border border-line bg-paper px-3 font-medium focus-visible:rounded-lg max-lg:text-base"
      />
      <p id={`${id}-help`} className="mt-1 text-mini text-soft">
        {outside.length === 0
          ? `Separated by commas; each is ${allowed}.`
          : `${outside.join(", ")} cannot be trained with, as ${allowed} is needed: it will score 0 with that reason.`}
      </p>
    </>
  );
}
