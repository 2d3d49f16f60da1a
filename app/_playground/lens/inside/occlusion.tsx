// A square that covers a part of the image, slid over it by a pointer, a finger or the arrow keys: what the network says
// then, and for every place how probable the class still is.
import { type KeyboardEvent, type PointerEvent, useMemo, useState } from "react";
import { ImageCanvas } from "@/app/_ui/image-canvas";
import type { Occlusion } from "@/lib/lens/contract";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { datasetOf } from "@/lib/spec/samples";
import { Bars } from "../../panels/prediction-tile";
import { SheetCanvas } from "./sheet";
import { Table } from "./table";

/** Places that are named in the table. */
const NAMED = 8;

interface OcclusionViewProps {
  spec: ExperimentSpec;
  image: Uint8Array;
  answer: Occlusion;
  target: number;
  names: readonly string[];
}

const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value));

export function OcclusionView({ spec, image, answer, target, names }: OcclusionViewProps) {
  const dataset = datasetOf(spec);
  const [height = 1, width = 1] = dataset.shape;
  const { size, stride, rows, columns, probabilities, uncovered } = answer;
  const [chosen, setChosen] = useState<{ row: number; column: number } | null>(null);
  const classes = uncovered.length;
  const losses = useMemo(
    () =>
      Float32Array.from(
        { length: rows * columns },
        (_, place) => probabilities[place * classes + target]! - uncovered[target]!,
      ),
    [probabilities, uncovered, rows, columns, classes, target],
  );
  const ranked = useMemo(() => [...losses.keys()].sort((a, b) => losses[a]! - losses[b]!), [losses]);
  // Before anybody has moved it, it covers what is missed most.
  const worst = ranked[0]!;
  const row = clamp(chosen?.row ?? Math.floor(worst / columns), rows - 1);
  const column = clamp(chosen?.column ?? worst % columns, columns - 1);
  const place = row * columns + column;
  const here = probabilities.subarray(place * classes, (place + 1) * classes);
  const best = here.reduce((most, p, kind) => (p > here[most]! ? kind : most), 0);
  const at = (where: number) =>
    `row ${Math.floor(where / columns) * stride + 1}, column ${(where % columns) * stride + 1}`;
  const text = `Covered from ${at(place)}: ${names[target]} ${here[target]!.toFixed(2)}, read as ${names[best]}`;

  function onPointer({ clientX, clientY, currentTarget, buttons, type }: PointerEvent) {
    if (type === "pointermove" && buttons === 0) return;
    const box = currentTarget.getBoundingClientRect();
    const along = (share: number, length: number) => Math.round((share * length - size / 2) / stride);
    setChosen({
      row: clamp(along((clientY - box.top) / box.height, height), rows - 1),
      column: clamp(along((clientX - box.left) / box.width, width), columns - 1),
    });
  }

  function onKeyDown(event: KeyboardEvent) {
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
    };
    const move = moves[event.key];
    if (move === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    setChosen({ row: clamp(row + move[0], rows - 1), column: clamp(column + move[1], columns - 1) });
  }

  return (
    <figure>
      <figcaption className="mb-2 text-mini text-soft">
        <span className="block font-medium text-ink text-sm">Covered</span>
        Slide the square over the image. At the right, each place in{" "}
        <span className="font-semibold text-validation-text">orange</span> is one that {names[target]} needs.
      </figcaption>
      <div className="flex max-w-80 gap-2">
        <div
          role="slider"
          tabIndex={0}
          aria-label="Place of the square that covers the image; the arrow keys move it"
          aria-valuemin={1}
          aria-valuemax={rows * columns}
          aria-valuenow={place + 1}
          aria-valuetext={text}
          className="relative w-1/2 cursor-move touch-none select-none"
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            onPointer(event);
          }}
          onPointerMove={onPointer}
          onKeyDown={onKeyDown}
        >
          <ImageCanvas
            images={image}
            index={0}
            dataset={dataset}
            className="aspect-square w-full rounded-md [image-rendering:pixelated]"
          />
          <span
            aria-hidden="true"
            className="pointer-events-none absolute bg-[#000] outline-2 outline-validation"
            style={{
              left: `${(100 * column * stride) / width}%`,
              top: `${(100 * row * stride) / height}%`,
              width: `${(100 * size) / width}%`,
              height: `${(100 * size) / height}%`,
            }}
          />
        </div>
        <div className="w-1/2">
          <SheetCanvas
            values={losses}
            count={1}
            height={rows}
            width={columns}
            columns={1}
            limit={1}
            label={`How the probability of ${names[target]}, ${uncovered[target]!.toFixed(2)} uncovered, changes with the place of the square: most from ${at(worst)}, by ${losses[worst]!.toFixed(2)}.`}
            className="aspect-square rounded-md outline outline-line"
          />
        </div>
      </div>
      <p aria-hidden="true" className="mt-2 text-mini">
        {names[target]} {here[target]!.toFixed(2)}
        <span className="text-soft"> · {uncovered[target]!.toFixed(2)} uncovered</span>
      </p>
      <div className="max-w-80">
        <Bars probabilities={here} names={names} chosen={best} label={null} />
      </div>
      <Table
        title="Where it is missed most"
        head={["The square from", `Probability of ${names[target]}`]}
        rows={ranked
          .slice(0, NAMED)
          .map((where) => [at(where), probabilities[where * classes + target]!.toFixed(3)])}
      />
    </figure>
  );
}
