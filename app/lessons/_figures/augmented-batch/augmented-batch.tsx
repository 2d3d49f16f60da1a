// One batch of training images as they are stored and, to the byte, as the engine will see them in a step. What is done to
// them is the experiment's own augmentation: changed here, it is changed in the playground.
import { ArrowLeft, ArrowRight } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useSpec } from "@/app/_playground/use-stores";
import { Button, IconButton } from "@/app/_ui/button";
import { formatCount } from "@/app/_ui/format";
import { ImageCanvas } from "@/app/_ui/image-canvas";
import { marks as names } from "@/lib/lessons/convolution-and-regularisation/marks";
import { Augmenter } from "@/lib/spec/augment";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { sizeOf } from "@/lib/spec/ops";
import { datasetOf, stepsPerEpoch } from "@/lib/spec/samples";
import type { FigureProps } from "../figure";
import { imagesOfStep } from "./images";
import { Strengths } from "./strengths";

/** What fits into two rows of eight. */
const SHOWN = 16;

export default function AugmentedBatch({ facts, marks }: FigureProps) {
  const spec = useSpec();
  const [step, setStep] = useState(0);
  const stored = useStored(spec, step);
  const dataset = datasetOf(spec);
  const steps = stepsPerEpoch(spec);
  const seen = useMemo(
    () =>
      stored.images &&
      new Augmenter(spec.augmentation, dataset.shape, dataset.scale, spec.seed).apply(stored.images, step),
    [stored.images, step, spec.augmentation, spec.seed, dataset],
  );

  function show(next: number) {
    setStep(next);
    marks(names.batchesSeen, Math.max(next + 1, Number(facts.marks[names.batchesSeen] ?? 0)));
  }

  const place = `step ${formatCount((step % steps) + 1)} of ${formatCount(steps)} in epoch ${Math.floor(step / steps) + 1}`;
  return (
    <div className="@container">
      <Batch title="As they are stored" images={stored.images} spec={spec} />
      <Batch title="As the engine sees them in this step" images={seen} spec={spec} />
      {stored.failure !== null && <p className="mt-2 text-mini text-wrong">{stored.failure}</p>}
      <div className="mt-3 mb-2 flex items-center gap-3">
        <Button onClick={() => show(step + 1)}>
          Next batch
          <ArrowRight className="size-4" aria-hidden="true" />
        </Button>
        <IconButton label="The batch before" disabled={step === 0} onClick={() => show(step - 1)}>
          <ArrowLeft className="size-4" aria-hidden="true" />
        </IconButton>
        <span role="status" className="text-mini text-soft">
          {place}
        </span>
      </div>
      <Strengths spec={spec} />
    </div>
  );
}

interface Stored {
  images: Uint8Array | null;
  /** Why there are none, in a sentence. */
  failure: string | null;
}

/** The images of a step; the ones before stay until the next are there. */
function useStored(spec: ExperimentSpec, step: number): Stored {
  const [stored, setStored] = useState<Stored>({ images: null, failure: null });
  const { dataset, validation, training, seed } = spec;
  const key = JSON.stringify([dataset, validation, training.batchSize, training.shuffle, seed, step]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key holds what the order of the images depends on.
  useEffect(() => {
    let wanted = true;
    imagesOfStep(spec, step, SHOWN).then(
      (images) => wanted && setStored({ images, failure: null }),
      (error: Error) => wanted && setStored((before) => ({ ...before, failure: error.message })),
    );
    return () => {
      wanted = false;
    };
  }, [key]);
  return stored;
}

function Batch({ title, images, spec }: { title: string; images: Uint8Array | null; spec: ExperimentSpec }) {
  const dataset = datasetOf(spec);
  const count = images === null ? SHOWN : images.length / sizeOf(dataset.shape);
  return (
    <figure className="mb-3">
      <figcaption className="mb-1 text-mini text-soft">{title}</figcaption>
      <div
        role="img"
        aria-label={`${count} training images, ${title.charAt(0).toLowerCase()}${title.slice(1)}`}
        className="grid grid-cols-8 gap-1"
      >
        {Array.from({ length: count }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: places of a batch.
          <span key={index} className="aspect-square overflow-hidden rounded-sm bg-line">
            {images !== null && (
              <ImageCanvas images={images} index={index} dataset={dataset} className="size-full" />
            )}
          </span>
        ))}
      </div>
    </figure>
  );
}
