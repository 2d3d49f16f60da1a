// The gradient of a class' score by the image, beside the image.
import { useMemo } from "react";
import { ImageCanvas } from "@/app/_ui/image-canvas";
import type { Saliency } from "@/lib/lens/contract";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { datasetOf } from "@/lib/spec/samples";
import { limitOf } from "./pictures";
import { SheetCanvas } from "./sheet";
import { Table } from "./table";

/** Pixels that are named in the table. */
const NAMED = 8;

interface SaliencyViewProps extends Saliency {
  spec: ExperimentSpec;
  image: Uint8Array;
  /** Of the class. */
  name: string;
}

export function SaliencyView({ spec, image, name, gradient, score }: SaliencyViewProps) {
  const dataset = datasetOf(spec);
  const [height = 1, width = 1, channels = 1] = dataset.shape;
  const pixels = useMemo(() => overChannels(gradient, channels), [gradient, channels]);
  const limit = limitOf(pixels);
  const strongest = [...pixels.keys()]
    .sort((a, b) => Math.abs(pixels[b]!) - Math.abs(pixels[a]!))
    .slice(0, NAMED);
  const at = (pixel: number) => `row ${Math.floor(pixel / width) + 1}, column ${(pixel % width) + 1}`;
  return (
    <figure>
      <figcaption className="mb-2 text-mini text-soft">
        <span className="block font-medium text-ink text-sm">Gradient</span>
        Making a <span className="font-semibold text-train">blue</span> pixel brighter raises the score of{" "}
        {name}, an <span className="font-semibold text-validation-text">orange</span> one lowers it.
      </figcaption>
      <div className="flex max-w-80 gap-2">
        <ImageCanvas
          images={image}
          index={0}
          dataset={dataset}
          label="The image"
          className="aspect-square w-1/3 self-start rounded-md [image-rendering:pixelated]"
        />
        <div className="w-2/3">
          <SheetCanvas
            values={pixels}
            count={1}
            height={height}
            width={width}
            columns={1}
            limit={limit}
            label={`How the score of ${name}, now ${score.toFixed(2)}, changes with each pixel: most at ${at(strongest[0]!)}, by ${pixels[strongest[0]!]!.toPrecision(3)} from black to white.`}
            className="rounded-md outline outline-line"
          />
        </div>
      </div>
      <Table
        title="The strongest pixels"
        head={["Pixel", "Gradient"]}
        rows={strongest.map((pixel) => [at(pixel), pixels[pixel]!.toPrecision(3)])}
      />
    </figure>
  );
}

/** One number for a pixel: of its channels' the one that is farthest from 0. */
function overChannels(gradient: Float64Array, channels: number): Float64Array {
  return Float64Array.from({ length: gradient.length / channels }, (_, pixel) =>
    gradient
      .subarray(pixel * channels, (pixel + 1) * channels)
      .reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0),
  );
}
