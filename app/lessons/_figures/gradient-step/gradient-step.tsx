// One step of plain gradient descent on the lesson's network, weight by weight: by the formula, with the gradient of an
// independent computation, and as the engine made it.
import { useState } from "react";
import { Button, TextButton } from "@/app/_ui/button";
import { Choices } from "@/app/_ui/choices";
import { formatCount } from "@/app/_ui/format";
import { ProblemText } from "@/app/_ui/problem";
import { network } from "@/lib/lessons/binary-classification/experiments";
import { DIFFERENCE_MARK, EXACT, STEPS_MARK } from "@/lib/lessons/binary-classification/marks";
import { parseExperiment } from "@/lib/spec/experiment";
import type { GradientStep as Answer } from "@/lib/training/contract";
import type { FigureProps } from "../figure";
import { fixed, formatDifference } from "../numbers";
import { useLab } from "../use-lab";
import { OneWeight } from "./one-weight";

const rates = ["0.01", "0.1", "0.5", "1"] as const;
type Rate = (typeof rates)[number];
/** Costs that are shown side by side. */
const SHOWN = 6;

const spec = parseExperiment(network);

interface State {
  /** The last step; null before the first. */
  step: Answer | null;
  /** J before each step, and after the last. */
  costs: readonly number[];
  waiting: boolean;
  failure: string | null;
}

const start: State = { step: null, costs: [], waiting: false, failure: null };

export default function GradientStep({ marks }: FigureProps) {
  const open = useLab();
  const [rate, setRate] = useState<Rate>("0.1");
  const [state, setState] = useState(start);
  const { step, costs, waiting, failure } = state;

  async function advance() {
    setState({ ...state, waiting: true, failure: null });
    try {
      const lab = await open();
      const weights = step?.arrays.map(({ stepped }) => stepped);
      const next = await lab.gradientStep({ spec, weights, learningRate: Number(rate) });
      const all = [...costs.slice(0, -1), next.loss, next.lossAfter];
      setState({ step: next, costs: all, waiting: false, failure: null });
      marks(DIFFERENCE_MARK, next.largestDifference);
      marks(STEPS_MARK, all.length - 1);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      setState({ ...state, waiting: false, failure: message });
    }
  }

  return (
    <div className="@container rounded-lg border border-line bg-raised p-4">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        <span className="flex items-center gap-2">
          <span className="text-soft">learning rate α</span>
          <Choices<Rate>
            name="Learning rate"
            value={rate}
            options={rates.map((value) => ({ value, label: value }))}
            onChange={setRate}
          />
        </span>
        <span className="flex items-center gap-4">
          <Button onClick={() => void advance()} disabled={waiting}>
            {step === null ? "Make a step" : "Another step"}
          </Button>
          {step !== null && (
            <TextButton onClick={() => setState(start)} disabled={waiting}>
              from the start
            </TextButton>
          )}
        </span>
      </div>
      <p className="mt-3 min-h-5 text-mini text-soft" role="status">
        {waiting
          ? "Fetching 32 images and computing the step twice"
          : step === null
            ? "The network is untrained. A step computes the gradient of J on 32 images and moves all 20,031 weights."
            : `Step ${costs.length - 1}: ${costs.slice(-SHOWN).length < costs.length ? "… " : ""}J ${costs
                .slice(-SHOWN)
                .map((cost) => fixed(cost, 4))
                .join(" → ")}`}
      </p>
      {failure !== null && <ProblemText className="mt-2">{failure}</ProblemText>}
      {step !== null && (
        <>
          <OneWeight step={step} marks={marks} />
          <Agreement step={step} />
        </>
      )}
    </div>
  );
}

function Agreement({ step }: { step: Answer }) {
  const weights = step.arrays.reduce((sum, { weights }) => sum + weights.length, 0);
  const exact = step.largestDifference <= EXACT;
  return (
    <p className={`mt-3 text-mini ${exact ? "text-correct" : "text-wrong"}`}>
      Over all {formatCount(weights)} weights, formula and engine are at most{" "}
      {formatDifference(step.largestDifference)} apart: {exact ? "the same" : "not the same"} to 0.00001.
    </p>
  );
}
