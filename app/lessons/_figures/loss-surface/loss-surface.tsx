// Gradient descent on a loss that one can see whole: a ball on a map, put anywhere by hand, that follows the slope down by
// steps as long as the learning rate makes them.
import { Play, Square, StepForward } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, TextButton } from "@/app/_ui/button";
import { formatLoss } from "@/app/_ui/format";
import { marks as names } from "@/lib/lessons/loss-to-backpropagation/marks";
import {
  descend,
  descendToEnd,
  gradientAt,
  isOver,
  lossAt,
  type Outcome,
  outcomeOf,
  type Path,
  surface,
} from "@/lib/lessons/mathematics/descent";
import type { FigureProps } from "../figure";
import { Handle } from "../handle";
import { fixed } from "../numbers";
import { aspectOf, planeOf, toStep, within } from "../plane";
import { Slider } from "../slider";
import { useWidth } from "../use-width";
import { FittedLine } from "./fitted-line";
import { B, LossMap, W } from "./map";

const start: Path = [{ w: -1.3, b: 2.4 }];
/** What an arrow key moves the ball by. */
const STEP = 0.1;
/** Steps that Run makes at most, and the time between two. */
const MOST = 200;
const BETWEEN_MS = 70;
/** Fewer steps than these may have been luck. */
const FEWEST = 3;

/** The slider's ends, as powers of ten. */
const RATES = { min: -3, max: 0.3, step: 0.05 };
const rateOf = (power: number) => Number((10 ** power).toPrecision(2));

const says: Record<Outcome, (steps: number) => string> = {
  begun: () => "Drag the ball somewhere, choose a learning rate, and step.",
  falling: (steps) => `${steps === 1 ? "One step" : `${steps} steps`}: the loss falls.`,
  climbing: () => "The step was too long: the loss grew.",
  arrived: (steps) =>
    `Arrived after ${steps === 1 ? "one step" : `${steps} steps`}: the ground is flat here.`,
  diverged: () =>
    "Diverged: each step ends higher than it began. Go back to the start with a smaller learning rate.",
};

export default function LossSurface({ marks }: FigureProps) {
  const [path, setPath] = useState(start);
  const [power, setPower] = useState(-1);
  /** Steps that Run has still to make; 0 while it does not run. */
  const [left, setLeft] = useState(0);
  const running = left > 0;
  const [place, width] = useWidth<HTMLDivElement>();
  const plane = planeOf(width, W, B);
  const learningRate = rateOf(power);
  const ball = path.at(-1)!;
  const [loss, gradient, outcome] = [lossAt(ball), gradientAt(ball), outcomeOf(path)];
  const [steps, over] = [path.length - 1, isOver(path)];

  function go(next: Path) {
    setPath(next);
    const reached = outcomeOf(next);
    if (reached === "arrived" && next.length > FEWEST) marks(names.arrived, true);
    if (reached === "diverged") marks(names.diverged, true);
  }

  useEffect(() => {
    if (!running) return;
    const timer = setTimeout(() => {
      const next = descend(path, learningRate);
      go(next);
      setLeft(isOver(next) ? 0 : left - 1);
    }, BETWEEN_MS);
    return () => clearTimeout(timer);
  });

  function run() {
    if (over) return;
    if (running) setLeft(0);
    else if (matchMedia("(prefers-reduced-motion: reduce)").matches)
      go(descendToEnd(path, learningRate, MOST));
    else setLeft(MOST);
  }

  /** By hand: a new path begins. */
  function put(w: number, b: number) {
    setLeft(0);
    setPath([{ w: within(w, W), b: within(b, B) }]);
  }

  return (
    <figure
      aria-label="Gradient descent on a loss surface"
      className="@container my-6 max-w-xl text-sm leading-5"
    >
      <div className="grid gap-x-8 gap-y-4 @lg:grid-cols-[minmax(0,1fr)_9rem]">
        {/* A tap on the map puts the ball there; who has no pointer moves the ball itself. */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the ball is the control, and takes the keys. */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above. */}
        <div
          ref={place}
          className="relative overflow-clip rounded-lg"
          style={{ aspectRatio: aspectOf(W, B) }}
          onClick={({ target, currentTarget, clientX, clientY }) => {
            if (target instanceof Element && target.closest("[role=slider]")) return;
            const box = currentTarget.getBoundingClientRect();
            put(plane.x(clientX - box.left), plane.y(clientY - box.top));
          }}
        >
          {width > 0 && (
            <>
              <LossMap plane={plane} path={path} next={over ? null : descend(path, learningRate).at(-1)!} />
              <Handle
                name="Ball on the loss surface"
                left={within(plane.px(ball.w) || 0, [0, plane.width])}
                top={within(plane.py(ball.b) || 0, [0, plane.height])}
                value={{
                  ...{ now: ball.w, min: W[0], max: W[1] },
                  text: `w ${fixed(ball.w)}, b ${fixed(ball.b)}, loss ${formatLoss(loss)}`,
                }}
                onDrag={(x, y) => put(plane.x(x), plane.y(y))}
                onPush={(right, up) =>
                  put(toStep(ball.w, STEP) + STEP * right, toStep(ball.b, STEP) + STEP * up)
                }
                className="bg-validation"
              />
            </>
          )}
        </div>
        <div className="flex items-start gap-6 @lg:block @lg:space-y-4">
          <FittedLine line={ball} />
          <dl className="grid flex-1 grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
            <Value name="w">{fixed(ball.w)}</Value>
            <Value name="b">{fixed(ball.b)}</Value>
            <Value name="loss ℓ">{formatLoss(loss)}</Value>
            <Value name="∂ℓ/∂w">{fixed(gradient.w, 3)}</Value>
            <Value name="∂ℓ/∂b">{fixed(gradient.b, 3)}</Value>
          </dl>
        </div>
      </div>
      <div className="mt-4 max-w-md">
        <Slider
          name="Learning rate"
          label="α"
          value={power}
          {...RATES}
          text={String(learningRate)}
          onChange={setPower}
        />
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button
          onClick={() => {
            if (!running && !over) go(descend(path, learningRate));
          }}
          aria-disabled={running || over}
        >
          <StepForward className="size-4" aria-hidden="true" />
          Step
        </Button>
        <Button onClick={run} aria-disabled={over}>
          {running ? (
            <Square className="size-4" aria-hidden="true" />
          ) : (
            <Play className="size-4" aria-hidden="true" />
          )}
          {running ? "Halt" : "Run"}
        </Button>
        <TextButton
          onClick={() => {
            setLeft(0);
            setPath(path.slice(0, 1));
          }}
          disabled={steps === 0}
        >
          Back to the start
        </TextButton>
      </div>
      <p
        role="status"
        className={`mt-2 min-h-10 text-mini ${outcome === "arrived" ? "text-correct" : outcome === "diverged" || outcome === "climbing" ? "text-validation-text" : "text-soft"}`}
      >
        {running ? "" : says[outcome](steps)}
        {!running && outcome === "falling" && ` ${fixed(loss - surface.loss, 3)} above the lowest point.`}
      </p>
    </figure>
  );
}

function Value({ name, children }: { name: string; children: string }) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd className="text-right">{children}</dd>
    </>
  );
}
