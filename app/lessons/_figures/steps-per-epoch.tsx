// How many steps an epoch has, rounded down and up, and what becomes of the images that are left over.
import { useState } from "react";
import { FieldRow } from "@/app/_playground/controls/field";
import { useSpec } from "@/app/_playground/use-stores";
import { formatBytes, formatCount, formatPlural } from "@/app/_ui/format";
import { splitIntoBatches } from "@/lib/lessons/convolution-and-regularisation/batching";
import { marks as names } from "@/lib/lessons/convolution-and-regularisation/marks";
import { trainingFields } from "@/lib/spec/experiment";
import { number } from "@/lib/spec/fields";
import { buildProgram, memoryBytes } from "@/lib/spec/program";
import { countSamples } from "@/lib/spec/samples";
import type { FigureProps } from "./figure";

const imagesField = number("Training images", { default: 8000, min: 1, max: 60_000, integer: true });

export default function StepsPerEpoch({ marks }: FigureProps) {
  const spec = useSpec();
  const [images, setImages] = useState(() => countSamples(spec).train);
  const [batchSize, setBatchSize] = useState(spec.training.batchSize);
  const split = splitIntoBatches(images, batchSize);
  const { parameters, steps } = buildProgram(spec);

  function change(nextImages: number, nextBatchSize: number) {
    setImages(nextImages);
    setBatchSize(nextBatchSize);
    marks(splitIntoBatches(nextImages, nextBatchSize).left === 0 ? names.even : names.uneven, true);
  }

  return (
    <div className="@container">
      <div className="grid gap-x-8 @md:grid-cols-2">
        <FieldRow
          field={imagesField}
          value={images}
          format={formatCount}
          onChange={(next) => change(Number(next), batchSize)}
        />
        <FieldRow
          field={trainingFields.batchSize}
          value={batchSize}
          format={formatCount}
          onChange={(next) => change(images, Number(next))}
        />
      </div>
      <Batches {...split} batchSize={batchSize} />
      <table className="mt-4 w-full">
        <caption className="sr-only">Steps of an epoch, rounded down and up</caption>
        <tbody>
          <Row
            name="Rounded down"
            code="images // batch_size"
            steps={split.floor}
            result={
              split.left === 0 ? "every image is used" : `${formatPlural(split.left, "image")} not used`
            }
          />
          <Row
            name="Rounded up"
            code="fit, and this playground"
            steps={split.ceiling}
            result={
              split.left === 0
                ? "every batch is full"
                : `the last batch has ${formatPlural(split.left, "image")}`
            }
          />
        </tbody>
      </table>
      <p className="mt-3 text-mini text-soft">
        Training the network beside this text in batches of {formatCount(batchSize)} takes about{" "}
        {formatBytes(memoryBytes(parameters, steps, batchSize))} of memory for its weights, their gradients
        and what every layer gives.
      </p>
    </div>
  );
}

interface RowProps {
  name: string;
  code: string;
  steps: number;
  result: string;
}

function Row({ name, code, steps, result }: RowProps) {
  return (
    <tr className="border-line border-t">
      <th scope="row" className="py-2 pr-3 text-left font-normal">
        {name}
        <span className="block text-mini text-soft">{code}</span>
      </th>
      <td className="py-2 pr-3 text-right align-top font-semibold">{formatCount(steps)}</td>
      <td className="w-1/2 py-2 align-top text-soft">{result}</td>
    </tr>
  );
}

/** The first batches and the last, each as full as it is. */
function Batches({ floor, left, batchSize }: { floor: number; left: number; batchSize: number }) {
  const shown = Math.min(floor, 3);
  const label =
    left === 0
      ? `${formatPlural(floor, "full batch").replace("batchs", "batches")}, and nothing left`
      : `${formatPlural(floor, "full batch").replace("batchs", "batches")}, and ${formatPlural(left, "image")} left`;
  return (
    <div role="img" aria-label={label} className="mt-3 flex items-center gap-1.5 text-mini">
      {Array.from({ length: shown }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: batches in their order.
        <Batch key={index} share={1} images={batchSize} />
      ))}
      {floor > shown && (
        <span className="shrink-0 px-0.5 text-soft">… {formatCount(floor - shown)} more</span>
      )}
      {left > 0 && <Batch share={left / batchSize} images={left} short />}
    </div>
  );
}

function Batch({ share, images, short = false }: { share: number; images: number; short?: boolean }) {
  return (
    <span
      className={`relative flex h-9 min-w-0 max-w-28 flex-1 items-center justify-center overflow-clip rounded-md border ${short ? "border-validation border-dashed" : "border-line"}`}
    >
      <span
        className={`absolute inset-y-0 left-0 ${short ? "bg-validation/20" : "bg-hover"}`}
        style={{ width: `${100 * share}%` }}
      />
      <span className="relative truncate px-1">{formatCount(images)}</span>
    </span>
  );
}
