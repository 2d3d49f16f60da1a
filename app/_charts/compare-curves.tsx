// The curves of several runs in one chart: a colour and a letter each, training drawn through, validation dashed with
// dots. Only drawn: who does not see it reads the slider around it, or the table.
import { createContext, use, useId, useMemo } from "react";
import { Curve, Dot, usePlotArea, useXAxisScale, useYAxisScale } from "recharts";
import { placeOn } from "@/lib/metrics/decades";
import { type Comparison, colorOf, LETTER_PX, letterOf, spread } from "./compare-plot";
import { Cursor } from "./cursor";
import { Frame } from "./frame";
import type { Point } from "./plot";

interface CompareCurvesProps {
  comparison: Comparison;
  /** The epoch that is being read, or null. */
  at: number | null;
  /** The run that stands out, or null. */
  marked: number | null;
}

const CompareContext = createContext<CompareCurvesProps | null>(null);

/** Dots of validation are drawn for as many epochs as can be told apart. */
const MOST_DOTS = 30;
/** How much is left to see of the others, where one stands out. */
const FADED = 0.2;
const lines = <Lines />;

export function CompareCurves({ comparison, at, marked }: CompareCurvesProps) {
  const value = useMemo(() => ({ comparison, at, marked }), [comparison, at, marked]);
  return (
    <div className="size-full" aria-hidden="true">
      <CompareContext value={value}>
        <Frame x={comparison.x} y={comparison.y}>
          {lines}
        </Frame>
      </CompareContext>
    </div>
  );
}

interface End extends Point {
  run: number;
  /** Of a validation line: its letter is drawn as an outline. */
  outlined: boolean;
}

function Lines() {
  const clipId = useId();
  const compared = use(CompareContext);
  const scaleX = useXAxisScale();
  const scaleY = useYAxisScale();
  const area = usePlotArea();
  if (compared === null || scaleX === undefined || scaleY === undefined || area === undefined) return null;
  const { comparison, at, marked } = compared;
  const placeX = (x: number) => Number(scaleX(placeOn(comparison.x, x)));
  const place = ({ x, y }: Point) => ({ x: placeX(x), y: Number(scaleY(placeOn(comparison.y, y))) });
  const opacityOf = (run: number) => (marked === null || marked === run ? 1 : FADED);
  const drawn = comparison.runs.map(({ train, validation }) => ({
    train: train.map(place),
    validation: validation.map(place),
  }));
  const ends = drawn.flatMap(({ train, validation }, run): End[] => [
    ...train.slice(-1).map((end) => ({ ...end, run, outlined: false })),
    ...validation.slice(-1).map((end) => ({ ...end, run, outlined: true })),
  ]);
  const letters = spread(ends, area.y + LETTER_PX / 2, area.y + area.height - LETTER_PX / 2);
  return (
    <g>
      <clipPath id={clipId}>
        <rect {...area} />
      </clipPath>
      <g clipPath={`url(#${clipId})`} fill="none" strokeWidth={1.75}>
        {drawn.map(({ train, validation }, run) => (
          <g key={letterOf(run)} opacity={opacityOf(run)}>
            <Curve points={train} stroke={colorOf(run)} />
            <Curve points={validation} stroke={colorOf(run)} strokeDasharray="4 4" />
          </g>
        ))}
      </g>
      {drawn.map(({ validation }, run) =>
        validation.length > MOST_DOTS
          ? null
          : validation.map(({ x, y }) => (
              <Dot
                key={`${letterOf(run)}${x}`}
                cx={x}
                cy={y}
                r={2.5}
                fill="var(--paper)"
                stroke={colorOf(run)}
                opacity={opacityOf(run)}
              />
            )),
      )}
      {at !== null && <Cursor x={placeX(at)} top={area.y} bottom={area.y + area.height} />}
      {letters.map(({ x, y }, index) => (
        <Letter
          key={`${ends[index]!.run}${ends[index]!.outlined}`}
          x={x + 7}
          y={y}
          {...styleOf(ends[index]!)}
        />
      ))}
    </g>
  );
}

const styleOf = ({ run, outlined }: End) => ({
  letter: letterOf(run),
  ink: outlined ? colorOf(run) : "var(--paper)",
  ground: outlined ? "var(--paper)" : colorOf(run),
  edge: colorOf(run),
});

interface LetterProps extends Point {
  letter: string;
  ink: string;
  ground: string;
  edge: string;
}

function Letter({ x, y, letter, ink, ground, edge }: LetterProps) {
  return (
    <g>
      <circle cx={x} cy={y} r={LETTER_PX / 2 - 1} fill={ground} stroke={edge} strokeWidth={1.25} />
      <text x={x} y={y + 3.5} textAnchor="middle" fontSize={10} fontWeight={700} fill={ink}>
        {letter}
      </text>
    </g>
  );
}
