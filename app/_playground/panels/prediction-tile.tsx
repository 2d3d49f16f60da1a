// One test image: what it is, what the network takes it for, and how it spreads its belief over the classes.
import { Check, X } from "lucide-react";
import { ImageCanvas } from "@/app/_ui/image-canvas";
import type { DatasetDefinition } from "@/lib/spec/define";

interface PredictionTileProps {
  images: Uint8Array;
  index: number;
  /** Where the images are from. */
  dataset: Pick<DatasetDefinition, "shape" | "scale">;
  /** The position of the true class in `names`. */
  label: number;
  /** [images, classes] */
  probabilities: Float32Array;
  names: readonly string[];
}

export function PredictionTile({ images, index, dataset, label, probabilities, names }: PredictionTileProps) {
  const own = probabilities.subarray(index * names.length, (index + 1) * names.length);
  const chosen = own.reduce((best, value, kind) => (value > own[best]! ? kind : best), 0);
  const right = chosen === label;
  const Sign = right ? Check : X;
  const confidence = own[chosen]!;
  return (
    <li>
      <ImageCanvas
        images={images}
        index={index}
        dataset={dataset}
        label={`Test image ${index + 1}: label ${names[label]}, read as ${names[chosen]} with confidence ${confidence.toFixed(2)}`}
        className="aspect-square w-full rounded-md [image-rendering:pixelated]"
      />
      <p className="mt-2 flex items-center justify-between">
        <span className={`flex items-center gap-1 font-semibold ${right ? "text-correct" : "text-wrong"}`}>
          <Sign className="size-3.5" strokeWidth={3} aria-label={right ? "right:" : "wrong:"} />
          {names[chosen]}
        </span>
        <span className="text-mini text-soft">{confidence.toFixed(2)}</span>
      </p>
      <p className="text-mini text-soft">label {names[label]}</p>
      <Bars probabilities={own} names={names} chosen={chosen} label={label} />
    </li>
  );
}

interface BarsProps {
  probabilities: Float32Array;
  names: readonly string[];
  chosen: number;
  /** The true class, where there is one. */
  label: number | null;
}

export function Bars({ probabilities, names, chosen, label }: BarsProps) {
  const spoken = names.map((name, kind) => `${name}: ${probabilities[kind]!.toFixed(2)}`).join(", ");
  return (
    <div role="img" aria-label={`Probabilities: ${spoken}`} className="mt-0.5 flex h-12 gap-px">
      {names.map((name, kind) => (
        <span key={name} className="flex min-w-0 flex-1 flex-col">
          <span className="flex flex-1 items-end">
            <span
              className={`min-h-0.5 w-full ${kind === chosen ? "bg-train" : probabilities[kind]! >= 0.005 ? "bg-soft" : "bg-line"}`}
              style={{ height: `${100 * probabilities[kind]!}%` }}
            />
          </span>
          <span
            className={`h-4 overflow-hidden text-center text-[0.5625rem] leading-4 ${kind === label ? "font-bold text-ink" : "text-soft"}`}
          >
            {name}
          </span>
        </span>
      ))}
    </div>
  );
}
