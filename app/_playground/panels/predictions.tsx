// Eight test images and what the network says to each: asked again after every epoch, drawn anew on request.
import { lazy, Suspense, useEffect, useState } from "react";
import { TextButton } from "@/app/_ui/button";
import { Section } from "@/app/_ui/section";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { datasetOf } from "@/lib/spec/samples";
import type { Run } from "@/lib/store/reduce";
import { predictTest } from "@/lib/store/run";
import type { Predictions as Answers } from "@/lib/training/contract";
import { useRun, useSpec } from "../use-stores";

const COUNT = 8;

const PredictionTile = lazy(() =>
  import("./prediction-tile").then(({ PredictionTile: component }) => ({ default: component })),
);

const DrawPad = lazy(() => import("./draw-pad"));

const drawRows = (images: number): number[] =>
  Array.from({ length: COUNT }, () => Math.floor(Math.random() * images));

export function Predictions() {
  const edited = useSpec();
  const spec = useRun((run) => run.spec) ?? edited;
  const dataset = datasetOf(spec);
  const version = useRun(weightsVersion);
  const { answers, redraw } = useAnswers(
    version,
    dataset.counts.test.reduce((sum, count) => sum + count, 0),
  );
  const faint = <Faint />;
  return (
    <Section
      id="predictions"
      title="Predictions on test images"
      aside={
        <TextButton onClick={redraw} disabled={answers === null}>
          another eight
        </TextButton>
      }
    >
      <ul className="grid grid-cols-4 gap-x-3 gap-y-5 sm:grid-cols-8 lg:gap-x-3.5">
        {answers === null ? (
          faint
        ) : (
          <Suspense fallback={faint}>
            {Array.from(answers.labels, (label, index) => (
              <PredictionTile
                // biome-ignore lint/suspicious/noArrayIndexKey: eight places.
                key={index}
                images={answers.images}
                index={index}
                shape={dataset.shape}
                label={label}
                probabilities={answers.probabilities}
                names={classNamesOf(spec)}
              />
            ))}
          </Suspense>
        )}
      </ul>
    </Section>
  );
}

/** Changes when there are new weights to ask; 0 while there are none. */
const weightsVersion = ({ history, hash, opened }: Run): string | number =>
  hash ?? (history.length || (opened ? 1 : 0));

/** A pad to draw on, once there is a network to ask. */
export function Drawing() {
  const spec = useRun((run) => run.spec);
  const version = useRun(weightsVersion);
  if (spec === null || version === 0) return null;
  const dataset = datasetOf(spec);
  return (
    <Section id="drawing" title="Draw a digit">
      <Suspense fallback={<div className="h-52" />}>
        <DrawPad dataset={dataset} names={classNamesOf(spec)} version={version} />
      </Suspense>
    </Section>
  );
}

/** The names of the classes that the network tells apart, in its order. */
function classNamesOf(spec: ExperimentSpec): string[] {
  const { classNames } = datasetOf(spec);
  return (spec.dataset.classes ?? [...classNames.keys()]).map((kind) => classNames[kind]!);
}

/** Images and answers live here, not in the store; both go when the network does. */
function useAnswers(version: string | number, images: number) {
  const [answers, setAnswers] = useState<Answers | null>(null);
  const [rows, setRows] = useState<readonly number[] | null>(null);
  useEffect(() => {
    if (version === 0) {
      setAnswers(null);
      return;
    }
    if (rows === null) {
      setRows(drawRows(images));
      return;
    }
    let wanted = true;
    predictTest(rows).then((predictions) => {
      if (wanted && predictions !== null) setAnswers(predictions);
    });
    return () => {
      wanted = false;
    };
  }, [version, rows, images]);
  return { answers, redraw: () => setRows(drawRows(images)) };
}

/** What will be there: eight images with ten bars each. */
function Faint() {
  return Array.from({ length: COUNT }, (_, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: eight places.
    <li key={i} aria-hidden="true">
      <div className="aspect-square rounded-md bg-line" />
      <div className="mt-2 h-10" />
      <div className="flex h-8 items-end gap-px">
        {Array.from({ length: 10 }, (_, bar) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: ten places.
            key={bar}
            className={`flex-1 bg-line ${bar === (7 * i + 3) % 10 ? "h-full" : "h-0.5"}`}
          />
        ))}
      </div>
      <div className="h-4" />
    </li>
  ));
}
