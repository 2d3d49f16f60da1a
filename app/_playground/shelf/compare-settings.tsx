// How compared curves are looked at, in one sentence: which lines, how smooth, and what is placed by decades.
import type { ShownLines } from "@/app/_charts/compare-chart";
import { Select } from "@/app/_ui/select";
import { SwitchControl } from "../controls/switch-control";

export interface CompareLook {
  lines: ShownLines;
  /** Against what is usual; 0 is not at all. */
  smoothing: number;
  decades: { loss: boolean; accuracy: boolean; epochs: boolean };
}

export const usualLook: CompareLook = {
  lines: "both",
  smoothing: 1,
  decades: { loss: false, accuracy: false, epochs: false },
};

const lineOptions: readonly { value: ShownLines; label: string }[] = [
  { value: "both", label: "training and validation" },
  { value: "training", label: "training alone" },
  { value: "validation", label: "validation alone" },
];

const smoothings = [
  { value: "0", label: "none", summary: "means of a few batches, as they came" },
  { value: "0.3", label: "light", summary: "over a three-hundredth of the run" },
  { value: "1", label: "usual", summary: "over a hundredth of the run" },
  { value: "5", label: "strong", summary: "over a twentieth of the run" },
];

const scales = [
  { axis: "loss", label: "loss", name: "Log scale of the loss" },
  { axis: "accuracy", label: "accuracy", name: "Log scale of the accuracy, by its error" },
  { axis: "epochs", label: "epochs", name: "Log scale of the epochs" },
] as const;

interface CompareSettingsProps {
  look: CompareLook;
  /** Whether any of the runs has validation lines. */
  validated: boolean;
  onChange(look: CompareLook): void;
}

export function CompareSettings({ look, validated, onChange }: CompareSettingsProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-1 text-mini text-soft">
      {validated && (
        <p className="flex flex-wrap items-center gap-x-2">
          Training is solid, validation dashed. Shown:
          <Select
            name="Lines shown"
            value={look.lines}
            options={lineOptions}
            onChange={(value) => onChange({ ...look, lines: value as ShownLines })}
          />
        </p>
      )}
      <p className="flex items-center gap-x-2">
        Smoothing:
        <Select
          name="Smoothing"
          value={String(look.smoothing)}
          options={smoothings}
          onChange={(value) => onChange({ ...look, smoothing: Number(value) })}
        />
      </p>
      <p className="flex flex-wrap items-center gap-x-3">
        Log scale:
        {scales.map(({ axis, label, name }) => (
          <span key={axis} className="inline-flex items-center gap-x-1.5">
            {label}
            <SwitchControl
              name={name}
              value={look.decades[axis]}
              onChange={(value) => onChange({ ...look, decades: { ...look.decades, [axis]: value } })}
            />
          </span>
        ))}
      </p>
    </div>
  );
}
