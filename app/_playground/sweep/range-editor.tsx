// A field that a search draws, and between which numbers.
import { X } from "lucide-react";
import { IconButton } from "@/app/_ui/button";
import { Select } from "@/app/_ui/select";
import { rangeOf, type VariedNumber } from "@/lib/sweeps/fields";
import type { SearchRange } from "@/lib/sweeps/sweep";
import { NumberControl } from "../controls/number-control";

interface RangeEditorProps {
  fields: readonly VariedNumber[];
  range: SearchRange;
  /** From 1. */
  place: number;
  onChange(range: SearchRange): void;
  onRemove(): void;
}

export function RangeEditor({ fields, range, place, onChange, onRemove }: RangeEditorProps) {
  const varied = fields.find(({ field }) => field === range.field);
  if (varied === undefined) return null;
  const end = (name: "min" | "max") => (
    <NumberControl
      field={varied.number}
      value={range[name]}
      name={`${name === "min" ? "Least" : "Largest"} ${varied.label}`}
      align="center"
      onChange={(value) => onChange({ ...range, [name]: value })}
    />
  );
  return (
    <div className="border-line border-t py-0.5">
      <div className="flex min-h-8 items-center justify-between gap-x-2">
        <Select
          name={`Range ${place}`}
          value={range.field}
          options={fields.map(({ field, label }) => ({ value: field, label }))}
          onChange={(field) => onChange(rangeOf(fields.find((other) => other.field === field)!))}
        />
        <IconButton label={`Remove range ${place}`} className="-mr-1.5" onClick={onRemove}>
          <X className="size-[15px]" aria-hidden="true" />
        </IconButton>
      </div>
      <div className="flex min-h-8 flex-wrap items-center gap-x-2">
        <span className="text-soft">from</span>
        {end("min")}
        <span className="text-soft">to</span>
        {end("max")}
        {range.logarithmic && <span className="text-mini text-soft">drawn by decades</span>}
      </div>
    </div>
  );
}
