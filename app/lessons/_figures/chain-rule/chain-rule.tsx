// Backpropagation through the smallest network that has a hidden unit. Every number of the two passes is computed by the
// engine that trains; the product of the slopes is computed by hand beside it.
import { useEffect, useMemo, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Choices } from "@/app/_ui/choices";
import { marks as names } from "@/lib/lessons/loss-to-backpropagation/marks";
import { passChain } from "@/lib/lessons/mathematics/chain";
import type { TinyQuestion } from "@/lib/training/contract";
import type { FigureProps } from "../figure";
import { fixed } from "../numbers";
import { Slider } from "../slider";
import { Product } from "./product";
import { type KnobName, Stations } from "./stations";
import { useTiny } from "./use-tiny";

const start: TinyQuestion = { x: 0.8, w1: 0.5, b1: -0.2, w2: 1.4, b2: 0.1, y: 0, learningRate: 0.5 };

/** Under this slope the sigmoid lets hardly anything through. */
const SATURATED = 0.02;

/** A step of W₁ that was made: from where, with what loss. */
interface Made {
  w1: number;
  loss: number;
}

export default function ChainRule({ marks }: FigureProps) {
  const [question, setQuestion] = useState(start);
  const [made, setMade] = useState<Made | null>(null);
  const { asked, failure } = useTiny(question);
  const answer = asked?.answer ?? null;
  const formula = useMemo(() => passChain(asked?.question ?? start), [asked]);
  /** The engine has answered the very numbers that are shown. */
  const fresh = asked?.question === question;

  const fell = made !== null && fresh && answer !== null && answer.loss < made.loss;
  const saturated = answer !== null && formula.slopes.sByL1 < SATURATED;
  useEffect(() => {
    if (fell) marks(names.stepped, true);
    if (saturated) marks(names.saturated, true);
  }, [fell, saturated, marks]);

  function change(part: Partial<TinyQuestion>) {
    setMade(null);
    setQuestion({ ...question, ...part });
  }

  function step() {
    if (answer === null || !fresh) return;
    setMade({ w1: question.w1, loss: answer.loss });
    setQuestion({ ...question, w1: answer.stepped.w1 });
  }

  return (
    <figure
      aria-label="The chain rule in a tiny network"
      className="@container my-6 max-w-xl text-sm leading-5"
    >
      <Stations
        values={question}
        answer={answer}
        y={asked?.question.y ?? question.y}
        onKnob={(name: KnobName, value) => change({ [name]: value })}
        target={<Target value={question.y} onChange={(y) => change({ y })} />}
      />
      <Product answer={answer} formula={formula} />
      <div className="mt-3 flex flex-wrap items-center gap-x-6 gap-y-2">
        <div className="min-w-48 max-w-64 flex-1">
          <Slider
            name="Learning rate"
            label={<i>α</i>}
            {...{ value: question.learningRate!, min: 0.1, max: 2, step: 0.1 }}
            text={fixed(question.learningRate!, 1)}
            onChange={(learningRate) => change({ learningRate })}
          />
        </div>
        <Button onClick={step} aria-disabled={answer === null}>
          <span>
            <i>W₁</i>′ = <i>W₁</i> − <i>α</i> ∂ℓ/∂<i>W₁</i>
          </span>
        </Button>
      </div>
      <p role="status" className={`mt-2 min-h-10 text-mini ${failure === null ? "text-soft" : "text-wrong"}`}>
        {failure !== null
          ? `The engine did not answer: ${failure} Move a slider to ask it again.`
          : answer === null
            ? "Waiting for the engine to start."
            : made === null || !fresh
              ? `One step would take W₁ from ${fixed(question.w1, 3)} to ${fixed(answer.stepped.w1, 3)}.`
              : `W₁ went from ${fixed(made.w1, 3)} to ${fixed(question.w1, 3)}, and the loss from ${fixed(made.loss, 4)} to ${fixed(answer.loss, 4)}.`}
      </p>
    </figure>
  );
}

function Target({ value, onChange }: { value: 0 | 1; onChange(value: 0 | 1): void }) {
  return (
    <div className="flex items-center gap-3 pt-1">
      <i className="w-6 font-medium" aria-hidden="true">
        y
      </i>
      <Choices
        name="Label y"
        value={value === 0 ? "0" : "1"}
        options={[
          { value: "0", label: "0" },
          { value: "1", label: "1" },
        ]}
        onChange={(label) => onChange(label === "0" ? 0 : 1)}
      />
    </div>
  );
}
