// What is done to training images: each kind of augmentation on or off, and how much of it. Edits the experiment.

import { SwitchControl } from "@/app/_playground/controls/switch-control";
import * as augmentations from "@/lib/spec/augmentations/registry";
import {
  type AugmentationKind,
  augmentationKinds,
  createAugmentation,
  type ExperimentSpec,
} from "@/lib/spec/experiment";
import type { NumberField } from "@/lib/spec/fields";
import {
  addAugmentation,
  canAddAugmentation,
  removeAugmentation,
  setAugmentationField,
} from "@/lib/store/spec";
import { Slider } from "../slider";

export function Strengths({ spec }: { spec: ExperimentSpec }) {
  return (
    <ul aria-label="What is done to the images">
      {augmentationKinds.map((kind) => (
        <Strength key={kind} kind={kind} spec={spec} />
      ))}
    </ul>
  );
}

function Strength({ kind, spec }: { kind: AugmentationKind; spec: ExperimentSpec }) {
  const { label, fields } = augmentations[kind];
  // Every kind there is has one number for its strength.
  const [name, field] = Object.entries(fields)[0] as [string, NumberField];
  const index = spec.augmentation.findIndex((entry) => entry.kind === kind);
  const on = index >= 0;
  const values = (on ? spec.augmentation[index]! : createAugmentation(kind)) as unknown as Record<
    string,
    number
  >;
  const value = values[name]!;

  function turn(next: boolean) {
    if (!next) removeAugmentation(index);
    else if (canAddAugmentation(spec)) addAugmentation(kind);
  }

  return (
    <li className="flex items-center gap-3">
      <span className="w-16 shrink-0">{label}</span>
      <SwitchControl value={on} name={label} onChange={turn} />
      <div className={`min-w-0 flex-1 ${on ? "" : "invisible"}`}>
        <Slider
          name={`${field.label} of ${label.toLowerCase()}`}
          label={null}
          value={value}
          min={field.min}
          max={field.max}
          step={field.step}
          text={String(value)}
          onChange={(next) => setAugmentationField(index, name, next)}
        />
      </div>
    </li>
  );
}
