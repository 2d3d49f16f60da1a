// The loss of one answer: both curves of the binary cross-entropy, and a prediction that is dragged along one of them.
import { useState } from "react";
import { Choices } from "@/app/_ui/choices";
import { type Answer, lossOf } from "@/lib/lessons/binary-classification/cross-entropy";
import { SURELY_WRONG, SURELY_WRONG_MARK } from "@/lib/lessons/binary-classification/marks";
import type { FigureProps } from "../figure";
import { Handle } from "../handle";
import { fixed } from "../numbers";
import { type Range, toStep, within } from "../plane";
import { useWidth } from "../use-width";

const HEIGHT = 232;
const PAD = { left: 30, right: 14, top: 12, bottom: 40 };
/** Predictions that can be chosen, and what an arrow key moves one by. */
const F: Range = [0.005, 0.995];
const STEP = 0.005;
const MOST = 5.4;
const ticks = [0, 1, 2, 3, 4, 5];
const shares = [0, 0.25, 0.5, 0.75, 1];

const words = { 0: "zero", 1: "one" } as const;

export function OneImage({ marks }: Pick<FigureProps, "marks">) {
  const [answer, setAnswer] = useState<Answer>({ f: 0.7, y: 1 });
  const [place, width] = useWidth<HTMLDivElement>();
  const { f, y } = answer;
  const loss = lossOf(answer);
  const plot = plotOf(width);

  function change(next: Answer) {
    setAnswer(next);
    if (lossOf(next) > SURELY_WRONG) marks(SURELY_WRONG_MARK, true);
  }

  const move = (to: number) => change({ f: within(toStep(to, STEP), F), y });
  const truth = y === 1 ? f : 1 - f;
  return (
    <div>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <span className="font-medium">Loss of one image</span>
        <Choices
          name="What the image shows"
          value={String(y) as "0" | "1"}
          options={[
            { value: "1", label: "it is a 1" },
            { value: "0", label: "it is a 0" },
          ]}
          onChange={(value) => change({ f, y: value === "1" ? 1 : 0 })}
        />
      </div>
      <div
        ref={place}
        className="relative overflow-clip rounded-lg border border-line bg-raised"
        style={{ height: HEIGHT }}
      >
        {width > 0 && (
          <>
            <Curves plot={plot} answer={answer} />
            <Handle
              name="Prediction f"
              left={plot.px(f)}
              top={plot.py(loss)}
              value={{ now: f, min: F[0], max: F[1], text: `f is ${fixed(f, 3)}, loss ${fixed(loss, 3)}` }}
              onDrag={(left) => move(plot.f(left))}
              onPush={(right, up) => move(f + STEP * (right + up))}
              className={y === 1 ? "bg-train" : "bg-validation"}
            />
          </>
        )}
      </div>
      <p className="mt-2 text-mini">
        <span className="text-soft">
          The truth, {words[y]}, was given {fixed(truth, 3)}:
        </span>{" "}
        <span className="font-semibold">
          loss = −log {fixed(truth, 3)} = {fixed(loss, 3)}
        </span>
      </p>
    </div>
  );
}

interface Plot {
  width: number;
  px(f: number): number;
  py(loss: number): number;
  f(px: number): number;
}

function plotOf(width: number): Plot {
  const inner = width - PAD.left - PAD.right;
  return {
    width,
    px: (f) => PAD.left + f * inner,
    py: (loss) => PAD.top + (1 - Math.min(loss, MOST) / MOST) * (HEIGHT - PAD.top - PAD.bottom),
    f: (px) => (px - PAD.left) / inner,
  };
}

/** Close together where the curve is steep. */
const places = Array.from({ length: 97 }, (_, i) => {
  const t = i / 96;
  return F[0] + (F[1] - F[0]) * (t * t * (3 - 2 * t));
});

function Curves({ plot, answer }: { plot: Plot; answer: Answer }) {
  const { width, px, py } = plot;
  const path = (y: 0 | 1) =>
    `M${places.map((f) => `${px(f).toFixed(1)} ${py(lossOf({ f, y })).toFixed(1)}`).join("L")}`;
  const lines = [
    { y: 1 as const, ink: "var(--train)", text: "var(--train)", at: 0.1, anchor: "start" as const },
    {
      y: 0 as const,
      ink: "var(--validation)",
      text: "var(--validation-text)",
      at: 0.9,
      anchor: "end" as const,
    },
  ];
  return (
    <svg width={width} height={HEIGHT} aria-hidden="true" className="absolute inset-0">
      <g fontSize="11" fill="var(--soft)">
        {ticks.map((tick) => (
          <g key={tick}>
            <path d={`M${PAD.left} ${py(tick)}H${width - PAD.right}`} stroke="var(--line)" />
            <text x={PAD.left - 8} y={py(tick) + 4} textAnchor="end">
              {tick}
            </text>
          </g>
        ))}
        {shares.map((share) => (
          <text key={share} x={px(share)} y={HEIGHT - 24} textAnchor="middle">
            {share}
          </text>
        ))}
        <text x={px(0.5)} y={HEIGHT - 8} textAnchor="middle">
          prediction f
        </text>
      </g>
      <path
        d={`M${px(answer.f)} ${py(0)}V${py(lossOf(answer))}H${PAD.left}`}
        fill="none"
        stroke="var(--soft)"
        strokeDasharray="2 3"
      />
      {lines.map(({ y, ink, text, at, anchor }) => (
        <g key={y}>
          <path
            d={path(y)}
            opacity={y === answer.y ? 1 : 0.4}
            fill="none"
            stroke={ink}
            strokeWidth="2"
            strokeDasharray={y === 1 ? undefined : "5 4"}
          />
          <text
            x={px(at)}
            y={py(lossOf({ f: at, y })) - 6}
            textAnchor={anchor}
            fontSize="12"
            fontWeight="600"
            fill={y === answer.y ? text : "var(--soft)"}
            stroke="var(--raised)"
            strokeWidth="3"
            paintOrder="stroke"
          >
            {y === 1 ? "−log f, for a 1" : "−log(1 − f), for a 0"}
          </text>
        </g>
      ))}
    </svg>
  );
}
