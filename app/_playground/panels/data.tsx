// What is trained on: nine images of it, how many there are, and which are kept aside.
import { type ReactNode, useMemo } from "react";
import { formatBytes, formatCount } from "@/app/_ui/format";
import { ImageCanvas } from "@/app/_ui/image-canvas";
import { Section } from "@/app/_ui/section";
import { Select } from "@/app/_ui/select";
import { Augmenter } from "@/lib/spec/augment";
import * as augmentations from "@/lib/spec/augmentations/registry";
import * as datasets from "@/lib/spec/datasets/registry";
import type { DatasetDefinition } from "@/lib/spec/define";
import { augmentationKinds, type DatasetId, datasetIds, validationFields } from "@/lib/spec/experiment";
import { countSamples, datasetOf } from "@/lib/spec/samples";
import { isActive } from "@/lib/store/reduce";
import {
  addAugmentation,
  canAddAugmentation,
  imageCount,
  imagesField,
  programOf,
  removeAugmentation,
  setAugmentationField,
  setDataset,
  setTrainLimit,
  setValidation,
} from "@/lib/store/spec";
import { Entries } from "../controls/entries";
import { FieldControl, FieldRow } from "../controls/field";
import { Locked, useLocked } from "../locks";
import { PREVIEW_IMAGES } from "../preview";
import { problemsAt } from "../problems";
import { usePreview } from "../use-preview";
import { useRun, useSpec } from "../use-stores";

const percent = (share: number) => `${Number((100 * share).toPrecision(4))} %`;

export function Data() {
  const spec = useSpec();
  const dataset = datasetOf(spec);
  const preview = usePreview(dataset);
  const augmented = useMemo(
    () =>
      preview && new Augmenter(spec.augmentation, dataset.shape, dataset.scale, spec.seed).apply(preview, 0),
    [preview, spec.augmentation, dataset, spec.seed],
  );
  const { train, validation, test } = countSamples(spec);
  const { problems } = programOf(spec);
  // Another data set takes its network with it.
  const fixed = useLocked("dataset", "layers");
  const options = datasetIds.map((id) => ({
    value: id,
    label: datasets[id].label,
    summary: datasets[id].summary,
  }));
  return (
    <Section
      id="data"
      title="Data"
      aside={
        <Arriving>
          {options.length > 1 ? (
            <Select
              name="Data set"
              value={spec.dataset.id}
              options={options}
              onChange={(id) => setDataset(id as DatasetId)}
              disabled={fixed}
            />
          ) : (
            dataset.label
          )}
        </Arriving>
      }
    >
      <Strip images={augmented} dataset={dataset} augmented={spec.augmentation.length > 0} />
      <p className="mt-2 mb-1 text-mini text-soft">
        {formatCount(train)} train · {formatCount(validation)} val · {formatCount(test)} test
      </p>
      <Locked part="dataset">
        <FieldRow
          field={imagesField(spec)}
          value={imageCount(spec)}
          format={formatCount}
          onChange={(images) => setTrainLimit(Number(images))}
          problems={problemsAt(problems, "dataset")}
        />
      </Locked>
      <Locked part="validation">
        <FieldRow
          field={validationFields.split}
          value={spec.validation.split}
          format={percent}
          onChange={(split) => setValidation("split", split)}
          problems={problemsAt(problems, "validation")}
        >
          <FieldControl
            field={validationFields.from}
            value={spec.validation.from}
            onChange={(from) => setValidation("from", from)}
          />
        </FieldRow>
      </Locked>
      <Locked part="augmentation">
        <Entries
          label="Augmentation"
          help="What is done to the training images, drawn anew for each image of each step. Validation and test images stay as they are."
          noun="augmentation"
          entries={spec.augmentation}
          catalog={augmentations}
          kinds={canAddAugmentation(spec) ? augmentationKinds : []}
          onAdd={addAugmentation}
          onRemove={removeAugmentation}
          onChange={setAugmentationField}
        />
      </Locked>
    </Section>
  );
}

/** How much of the data is there while it arrives, in the place of what else stands there. */
function Arriving({ children }: { children: ReactNode }) {
  const waiting = useRun((run) => (isActive(run.state) ? run.waiting : null));
  if (waiting === null || waiting.loadedBytes >= waiting.totalBytes) return children;
  return `${formatBytes(waiting.loadedBytes)} of ${formatBytes(waiting.totalBytes)}`;
}

interface StripProps {
  images: Uint8Array | null;
  dataset: DatasetDefinition;
  augmented: boolean;
}

function Strip({ images, dataset, augmented }: StripProps) {
  const label = `Nine images of ${dataset.label}${augmented ? ", as a step might see them" : ""}`;
  return (
    <div role="img" aria-label={label} className="grid grid-cols-9 gap-1">
      {Array.from({ length: PREVIEW_IMAGES }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nine places, always the same.
        <span key={i} className="aspect-square overflow-hidden rounded-sm bg-line">
          {images !== null && (
            <ImageCanvas images={images} index={i} dataset={dataset} className="size-full" />
          )}
        </span>
      ))}
    </div>
  );
}
