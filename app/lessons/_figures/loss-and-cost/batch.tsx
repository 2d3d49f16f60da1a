// The cost of six images: each has its answer, by hand or from the trained network, and its loss; the cost is the mean.
import { useState } from "react";
import { useRun } from "@/app/_playground/use-stores";
import { TextButton } from "@/app/_ui/button";
import { ImageCanvas } from "@/app/_ui/image-canvas";
import { type Answer, costOf, lossOf } from "@/lib/lessons/binary-classification/cross-entropy";
import { LOW_COST, LOW_COST_MARK } from "@/lib/lessons/binary-classification/marks";
import { buildProgram } from "@/lib/spec/program";
import { datasetOf } from "@/lib/spec/samples";
import type { Run } from "@/lib/store/reduce";
import { predictTest } from "@/lib/store/run";
import type { FigureProps } from "../figure";
import { fixed } from "../numbers";
import { Slider } from "../slider";

/** The first six zeros and ones of the test file have these labels. */
const first: readonly Answer[] = [
  { y: 1, f: 0.7 },
  { y: 0, f: 0.4 },
  { y: 1, f: 0.15 },
  { y: 0, f: 0.55 },
  { y: 0, f: 0.2 },
  { y: 1, f: 0.85 },
];
const ROWS = first.map((_, row) => row);
/** A loss as long as its bar's place. */
const MOST = 5;

interface Shown {
  answers: readonly Answer[];
  /** The images that the network answered to; null where the answers are made up. */
  images: Uint8Array | null;
}

/** There is a network that tells zeros and ones apart with one unit. */
const canAnswer = ({ spec, history, opened }: Run): boolean =>
  spec !== null &&
  (history.length > 0 || opened) &&
  spec.dataset.id === "mnist" &&
  spec.dataset.classes?.join() === "0,1" &&
  buildProgram(spec).outputs === 1;

export function Batch({ marks }: Pick<FigureProps, "marks">) {
  const [{ answers, images }, setShown] = useState<Shown>({ answers: first, images: null });
  const ready = useRun(canAnswer);
  const spec = useRun((run) => run.spec);
  const cost = costOf(answers);

  function show(next: Shown) {
    setShown(next);
    if (costOf(next.answers) < LOW_COST) marks(LOW_COST_MARK, true);
  }

  async function ask() {
    const predictions = await predictTest(ROWS);
    if (predictions === null) return;
    const { labels, probabilities } = predictions;
    show({
      answers: ROWS.map((row) => ({ y: labels[row] === 1 ? 1 : 0, f: probabilities[2 * row + 1]! })),
      images: predictions.images,
    });
  }

  return (
    <div>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <span className="font-medium">Cost of a batch of six</span>
        <TextButton onClick={() => void ask()} disabled={!ready}>
          Take the network's answers
        </TextButton>
      </div>
      <ol>
        {answers.map((answer, index) => {
          const loss = lossOf(answer);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: six places.
            <li key={index} className="flex min-h-11 items-center gap-3 border-line border-t py-1">
              <span className="grid size-8 shrink-0 place-items-center overflow-hidden rounded-md bg-hover font-semibold">
                {images !== null && spec !== null ? (
                  <ImageCanvas
                    images={images}
                    index={index}
                    dataset={datasetOf(spec)}
                    label={`Test image ${index + 1}`}
                    className="size-full [image-rendering:pixelated]"
                  />
                ) : (
                  <span aria-hidden="true">{answer.y}</span>
                )}
              </span>
              <div className="min-w-0 flex-1">
                <Slider
                  name={`Prediction for image ${index + 1}, a ${answer.y === 1 ? "one" : "zero"}`}
                  label={<span className="text-mini text-soft">y={answer.y}</span>}
                  value={answer.f}
                  min={0}
                  max={1}
                  step={0.01}
                  text={fixed(answer.f, 3)}
                  onChange={(f) => show({ answers: answers.with(index, { ...answer, f }), images })}
                />
              </div>
              <Loss value={loss} />
            </li>
          );
        })}
      </ol>
      <div className="flex items-baseline justify-between gap-3 border-ink border-t pt-2">
        <span className="text-soft">cost J, the mean of the six losses</span>
        <span className="font-semibold">{fixed(cost, 4)}</span>
      </div>
      <p className="mt-2 text-mini text-soft">
        {ready
          ? "Move the predictions, or take those of the network that is trained."
          : "Move the predictions. Once a network for zeros and ones is trained, it can answer in your place."}
      </p>
    </div>
  );
}

/** A loss as a number and as a bar. */
function Loss({ value }: { value: number }) {
  return (
    <span className="w-14 shrink-0 text-right">
      <span className="sr-only">loss </span>
      {fixed(value, 3)}
      <span className="mt-0.5 block h-1 overflow-hidden rounded-full bg-line" aria-hidden="true">
        <span
          className="block h-full bg-wrong"
          style={{ width: `${Math.min(100, (100 * value) / MOST)}%` }}
        />
      </span>
    </span>
  );
}
