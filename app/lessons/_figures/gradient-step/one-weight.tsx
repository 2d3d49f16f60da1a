// The step of one weight, line by line: where it was, its gradient, where the formula puts it and where the engine did.
import { useState } from "react";
import { TextButton } from "@/app/_ui/button";
import { Select } from "@/app/_ui/select";
import { WEIGHT_MARK } from "@/lib/lessons/binary-classification/marks";
import type { GradientStep } from "@/lib/training/contract";
import type { FigureProps } from "../figure";
import { fixed, formatDifference } from "../numbers";
import { Slider } from "../slider";
import { arrayLabel, steepest, weightPlace } from "./weights";

const DIGITS = 8;
const IMAGE_WIDTH = 28;

interface OneWeightProps extends Pick<FigureProps, "marks"> {
  step: GradientStep;
}

export function OneWeight({ step, marks }: OneWeightProps) {
  const { arrays, learningRate } = step;
  const [index, setIndex] = useState(arrays.length - 2);
  const array = arrays[index]!;
  /** Null until somebody chooses: then it is the steepest. */
  const [chosen, setChosen] = useState<number | null>(null);
  const at = chosen ?? steepest(array);

  function choose(next: number | null) {
    setChosen(next);
    marks(WEIGHT_MARK, true);
  }

  const [w, gradient] = [array.weights[at]!, array.gradients[at]!];
  const [expected, stepped] = [array.expected[at]!, array.stepped[at]!];
  return (
    <div className="mt-3 border-line border-t pt-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <Select
          name="Weights"
          value={array.name}
          options={arrays.map(({ name }, i) => ({ value: name, label: arrayLabel(arrays, i) }))}
          onChange={(name) => {
            setIndex(arrays.findIndex((other) => other.name === name));
            choose(null);
          }}
        />
        <TextButton onClick={() => choose(null)}>the steepest</TextButton>
      </div>
      <Slider
        name="Which of them"
        label="W"
        value={at}
        min={0}
        max={array.weights.length - 1}
        step={1}
        text={`${at + 1}`}
        onChange={choose}
      />
      <p className="mb-2 pl-9 text-mini text-soft">{weightPlace(array, at, IMAGE_WIDTH)}</p>
      <dl>
        <Line name="W, before" value={fixed(w, DIGITS)} />
        <Line name="∂J/∂W, from the independent computation" value={fixed(gradient, DIGITS)} />
        <Line name={`W − ${learningRate} · ∂J/∂W, by the formula`} value={fixed(expected, DIGITS)} strong />
        <Line name="W, after the engine's step" value={fixed(stepped, DIGITS)} strong />
        <Line name="how far the two are apart" value={formatDifference(expected - stepped)} />
      </dl>
    </div>
  );
}

function Line({ name, value, strong = false }: { name: string; value: string; strong?: boolean }) {
  return (
    <div className="flex items-baseline justify-between gap-x-4 border-line border-t py-1">
      <dt className="text-soft">{name}</dt>
      <dd className={strong ? "font-semibold" : ""}>{value}</dd>
    </div>
  );
}
