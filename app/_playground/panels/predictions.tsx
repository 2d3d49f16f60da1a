// Eight test images and what the network says to each: asked again after every epoch, drawn anew on request.
import { lazy, Suspense, useEffect, useState } from "react";
import { TextButton } from "@/app/_ui/button";
import { Section } from "@/app/_ui/section";
import type { DatasetDefinition } from "@/lib/spec/define";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { datasetOf } from "@/lib/spec/samples";
import { whenCalm } from "@/lib/store/hurry";
import type { Run } from "@/lib/store/reduce";
import { predictTest } from "@/lib/store/run";
import type { Predictions as Answers } from "@/lib/training/contract";
import { classNamesOf } from "../class-names";
import { useRun, useSpec } from "../use-stores";

const COUNT = 8;

const PredictionTile = lazy(() =>
  import("./prediction-tile").then(({ PredictionTile: component }) => ({ default: component })),
);

const DrawPad = lazy(() => import("../drawing/draw-pad"));

const drawRows = (images: number): number[] =>
  Array.from({ length: COUNT }, () => Math.floor(Math.random() * images));

export function Predictions() {
  const edited = useSpec();
  const spec = useRun((run) => run.spec) ?? edited;
  const dataset = datasetOf(spec);
  const locked = useRun((run) => run.holdOut);
  // Until they are opened nobody may look at them.
  const version = useRun((run) => (run.holdOut ? 0 : weightsVersion(run)));
  const { answers, redraw } = useAnswers(version, dataset);
  const title = useTitle("Predictions on test images", "Predictions");
  const faint = <Faint />;
  return (
    <Section
      id="predictions"
      title={title}
      className="@container"
      aside={
        <TextButton onClick={redraw} disabled={answers === null}>
          another eight
        </TextButton>
      }
    >
      {locked && (
        <p className="mb-3 text-mini text-soft">
          The test images are locked: no choice is to be made by looking at them.
        </p>
      )}
      <ul className="grid grid-cols-4 gap-x-3 gap-y-5 lg:gap-x-3.5 @min-[36rem]:grid-cols-8">
        {answers === null || !areOf(spec, answers) ? (
          faint
        ) : (
          <Suspense fallback={faint}>
            {Array.from(answers.labels, (label, index) => (
              <PredictionTile
                // biome-ignore lint/suspicious/noArrayIndexKey: eight places.
                key={index}
                images={answers.images}
                index={index}
                dataset={dataset}
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
const weightsVersion = ({ history, hash, opened, lookedAt }: Run): string | number =>
  lookedAt !== null ? `epoch ${lookedAt}` : (hash ?? (history.length || (opened ? 1 : 0)));

/** A section's name says whose answers it shows, where they are not the present network's. */
function useTitle(present: string, past: string): string {
  const epoch = useRun((run) => run.lookedAt);
  if (epoch === null) return present;
  return epoch === 0 ? `${past} before training` : `${past} after epoch ${epoch}`;
}

/** A pad to draw on, once there is a network to ask. */
export function Drawing() {
  const spec = useRun((run) => run.spec);
  const begun = useRun((run) => run.opened || run.loss.steps > 0);
  const title = useTitle("Draw a digit", "Draw a digit: read");
  if (spec === null || !begun) return null;
  const dataset = datasetOf(spec);
  return (
    <Section id="drawing" title={title}>
      <Suspense fallback={<div className="h-64 pointer-coarse:h-80" />}>
        <DrawPad key={dataset.id} dataset={dataset} names={classNamesOf(spec)} />
      </Suspense>
    </Section>
  );
}

/** False for answers of a network that told other classes apart: they go before the new ones are there. */
const areOf = (spec: ExperimentSpec, { labels, probabilities }: Answers): boolean =>
  probabilities.length === labels.length * classNamesOf(spec).length;

/** Images and answers live here, not in the store; both go when the network does. */
function useAnswers(version: string | number, dataset: DatasetDefinition) {
  const [answered, setAnswered] = useState<{ dataset: DatasetDefinition; answers: Answers } | null>(null);
  const [rows, setRows] = useState<readonly number[] | null>(null);
  const images = dataset.counts.test.reduce((sum, count) => sum + count, 0);
  useEffect(() => {
    if (version === 0) {
      setAnswered(null);
      return;
    }
    if (rows === null) {
      setRows(drawRows(images));
      return;
    }
    let wanted = true;
    predictTest(rows).then((predictions) =>
      whenCalm(() => {
        if (wanted && predictions !== null) setAnswered({ dataset, answers: predictions });
      }),
    );
    return () => {
      wanted = false;
    };
  }, [version, rows, images, dataset]);
  // Another data set's images have another shape: they go before the new ones are there.
  const answers = answered?.dataset === dataset ? answered.answers : null;
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
