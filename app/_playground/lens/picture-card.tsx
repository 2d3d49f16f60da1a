// One image: what the network says to it, and the training images that it sees as most alike.
import { Check, X } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { TextButton } from "@/app/_ui/button";
import { formatCount } from "@/app/_ui/format";
import { ImageCanvas } from "@/app/_ui/image-canvas";
import { ProblemText } from "@/app/_ui/problem";
import type { LensSplit, Neighbours } from "@/lib/lens/contract";
import { argMax } from "@/lib/metrics/confusion";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { datasetOf } from "@/lib/spec/samples";
import { classNamesOf } from "../class-names";
import { Bars } from "../panels/prediction-tile";
import { useLens } from "./use-lens";
import { imageName } from "./words";

const NEIGHBOURS = 8;

interface PictureCardProps {
  split: LensSplit;
  row: number;
  onClose(): void;
}

export function PictureCard({ split, row, onClose }: PictureCardProps) {
  const section = useRef<HTMLElement>(null);
  const rows = useMemo(() => Uint32Array.of(row), [row]);
  const said = useLens("pictures", { split, rows });
  const alike = useLens("neighbours", { split, row, count: NEIGHBOURS });
  // It opens above what was pressed.
  useEffect(() => {
    section.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const { answer, spec } = said;
  const name = imageName(split, row);
  const there = answer !== null && said.question?.rows === rows && spec !== null;
  return (
    <section
      ref={section}
      aria-label={name}
      className="mb-4 rounded-xl border border-line bg-raised p-4 @container"
    >
      <div className="mb-3 flex items-baseline justify-between gap-3">
        <h4 className="font-medium">{name}</h4>
        <TextButton onClick={onClose} aria-label={`Close ${name.toLowerCase()}`}>
          close
        </TextButton>
      </div>
      {said.problem !== null && <ProblemText className="mb-2">{said.problem}</ProblemText>}
      <div className="flex flex-wrap gap-x-6 gap-y-4">
        <div className="w-40 shrink-0">
          {there ? (
            <Said answer={answer} spec={spec} name={name} />
          ) : (
            <div className="h-56 rounded-md bg-line" aria-hidden="true" />
          )}
        </div>
        <div className="min-w-56 flex-1">
          <Alike
            neighbours={alike.question?.row === row ? alike.answer : null}
            spec={alike.spec}
            problem={alike.problem}
          />
        </div>
      </div>
    </section>
  );
}

interface SaidProps {
  answer: { images: Uint8Array; labels: Uint8Array; probabilities: Float32Array };
  spec: ExperimentSpec;
  name: string;
}

function Said({ answer, spec, name }: SaidProps) {
  const names = classNamesOf(spec);
  const [label] = answer.labels as unknown as [number];
  const guess = argMax(answer.probabilities);
  const right = guess === label;
  const Sign = right ? Check : X;
  return (
    <>
      <ImageCanvas
        images={answer.images}
        index={0}
        dataset={datasetOf(spec)}
        label={`${name}: label ${names[label]}`}
        className="aspect-square w-full rounded-md [image-rendering:pixelated]"
      />
      <p className="mt-2 flex items-center gap-x-3">
        <span className={`flex items-center gap-1 font-semibold ${right ? "text-correct" : "text-wrong"}`}>
          <Sign className="size-3.5" strokeWidth={3} aria-label={right ? "right:" : "wrong:"} />
          {names[guess]}
        </span>
        <span className="text-mini text-soft">
          {answer.probabilities[guess]!.toFixed(2)} · label {names[label]}
        </span>
      </p>
      <Bars probabilities={answer.probabilities} names={names} chosen={guess} label={label} />
    </>
  );
}

interface AlikeProps {
  neighbours: Neighbours | null;
  spec: ExperimentSpec | null;
  problem: string | null;
}

function Alike({ neighbours, spec, problem }: AlikeProps) {
  if (problem !== null) return <ProblemText>{problem}</ProblemText>;
  if (neighbours === null || spec === null)
    return (
      <p className="text-mini text-soft" role="status">
        Looking through the training images
      </p>
    );
  const names = classNamesOf(spec);
  const { images, rows, labels, distances, among, width, hidden } = neighbours;
  const space = hidden
    ? `by the ${formatCount(width)} numbers that the last hidden layer makes of each`
    : "pixel by pixel, because there is no hidden layer";
  return (
    <>
      <p className="mb-2 text-mini text-soft">
        The nearest of {formatCount(among)} training images {space}. Below each: its label and its distance.
      </p>
      <ul className="grid grid-cols-4 gap-2 @min-[40rem]:grid-cols-8">
        {Array.from(rows, (row, place) => (
          <li key={row}>
            <ImageCanvas
              images={images}
              index={place}
              dataset={datasetOf(spec)}
              label={`${imageName("train", row)}: label ${names[labels[place]!]}, distance ${distances[place]!.toFixed(2)}`}
              className="aspect-square w-full rounded-md [image-rendering:pixelated]"
            />
            <p aria-hidden="true" className="mt-0.5 flex justify-between text-2xs">
              <span className="font-semibold">{names[labels[place]!]}</span>
              <span className="text-soft">{distances[place]!.toFixed(2)}</span>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
