// Automatic differentiation at work: what was computed is written on a tape, and the reader plays it backwards share by
// share, until the gradient has come together and can be held against the derivative by hand.
import { RotateCcw, StepBack } from "lucide-react";
import { useState } from "react";
import { Button, TextButton } from "@/app/_ui/button";
import { Choices } from "@/app/_ui/choices";
import { marks as names } from "@/lib/lessons/loss-to-backpropagation/marks";
import type { Entry, Share } from "@/lib/lessons/mathematics/tape";
import { runTape, type TapeFunction, tapeFunctions } from "@/lib/lessons/mathematics/tape-functions";
import { mix32, uniformAt } from "@/lib/random";
import type { FigureProps } from "../figure";
import { formatDifference } from "../numbers";
import { Matrix } from "./matrix";

/** Four numbers from −3 to 3 with two decimals, so that one can follow them by hand. */
const draw = (seed: number) =>
  Array.from({ length: 4 }, (_, i) => Math.round(600 * uniformAt(mix32(seed), i) - 300) / 100);

const subscripts = "₀₁₂₃₄₅₆₇₈₉";
/** Entries are called t₁, t₂ and so on, but for the first, which is x, and the last, which is y. */
const nameOf = (place: number, last: number) =>
  place === 0 ? "x" : place === last ? "y" : `t${subscripts[place]}`;

function expressionOf({ operation, inputs }: Entry, last: number): string {
  const [a, b] = inputs.map((input) => nameOf(input, last));
  if (operation === "input") return "given";
  if (operation === "sigmoid") return `σ(${a})`;
  return operation === "add" ? `${a} + ${b}` : `${a} · ${b}`;
}

/** The local slope of a share, as it is found from the operation. */
function slopeOf({ operation, inputs }: Entry, from: number, to: number, last: number): string {
  if (operation === "add") return "1";
  const self = nameOf(from, last);
  if (operation === "sigmoid") return `${self}(1 − ${self})`;
  const other = inputs[0] === to ? inputs[1]! : inputs[0]!;
  return nameOf(other, last);
}

export default function TapeFigure({ marks }: FigureProps) {
  const [chosen, setChosen] = useState<TapeFunction>(tapeFunctions[0]!);
  const [seed, setSeed] = useState(1);
  const [read, setRead] = useState(0);
  const values = draw(seed);
  const { tape, x, y } = runTape(chosen, values);
  const shares = tape.backward(y);
  const done = read === shares.length;
  const current = shares[read - 1];

  function readBack() {
    if (done) return;
    setRead(read + 1);
    if (chosen.id === "square" && read + 1 === shares.length) marks(names.readBack, true);
  }

  return (
    <figure aria-label="A tape, read backwards" className="@container my-6 max-w-xl text-sm leading-5">
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Choices
          name="Function"
          value={chosen.id}
          options={tapeFunctions.map(({ id, formula }) => ({ value: id, label: `y = ${formula}` }))}
          onChange={(id) => {
            setChosen(tapeFunctions.find((entry) => entry.id === id)!);
            setRead(0);
          }}
        />
        <TextButton
          onClick={() => {
            setSeed(seed + 1);
            setRead(0);
          }}
        >
          other numbers
        </TextButton>
      </div>
      <ol className="border-line border-y">
        {tape.entries.map((entry, place) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: a tape's places.
            key={place}
            name={nameOf(place, y)}
            expression={expressionOf(entry, y)}
            values={entry.values}
            arrived={arrivedAt(place, y, shares.slice(0, read), entry.values.length)}
            lit={current === undefined ? place === y : place === current.to}
          />
        ))}
      </ol>
      <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button onClick={readBack} aria-disabled={done}>
          <StepBack className="size-4" aria-hidden="true" />
          Read back
        </Button>
        <TextButton onClick={() => setRead(0)} disabled={read === 0}>
          <RotateCcw className="size-3.5" aria-hidden="true" />
          From the end
        </TextButton>
      </div>
      <div role="status" className="mt-2 min-h-16 text-mini text-soft">
        {current === undefined ? (
          <p>The tape ends with y, and ∂y/∂y is 1. From there it is read backwards.</p>
        ) : (
          <p>
            {nameOf(current.from, y)} sends back what arrived there times{" "}
            {slopeOf(tape.entries[current.from]!, current.from, current.to, y)}
            {isSecond(current, shares.slice(0, read))
              ? `, which is added to what ${nameOf(current.to, y)} has`
              : ""}
            .
          </p>
        )}
        {done && <Verdict {...{ chosen, values }} gradient={tape.gradient(y, x)} />}
      </div>
    </figure>
  );
}

/** What has come together at an entry; null before anything has. */
function arrivedAt(
  place: number,
  last: number,
  shares: readonly Share[],
  length: number,
): Float64Array | null {
  if (place === last) return new Float64Array(length).fill(1);
  return shares.findLast(({ to }) => to === place)?.total ?? null;
}

const isSecond = ({ to }: Share, read: readonly Share[]) =>
  read.filter((share) => share.to === to).length > 1;

interface RowProps {
  name: string;
  expression: string;
  values: Float64Array;
  arrived: Float64Array | null;
  lit: boolean;
}

function Row({ name, expression, values, arrived, lit }: RowProps) {
  return (
    <li
      className={`grid grid-cols-[3.75rem_1fr_1fr] items-center gap-x-2 border-line border-b px-2 py-2 last:border-b-0 @md:grid-cols-[8rem_1fr_1fr] ${lit ? "bg-raised shadow-[inset_3px_0_var(--validation)]" : ""}`}
    >
      <span>
        <i className="font-semibold">{name}</i>
        <span className="ml-2 text-soft @max-md:ml-0 @max-md:block">
          <span className="sr-only">is </span>
          {expression === "given" ? "given" : `= ${expression}`}
        </span>
      </span>
      <span className="text-train">
        <Matrix values={values} />
      </span>
      <span className="text-validation-text">
        <span className="block text-2xs">∂y/∂{name}</span>
        {arrived === null ? <span className="text-soft">not yet</span> : <Matrix values={arrived} />}
      </span>
    </li>
  );
}

interface VerdictProps {
  chosen: TapeFunction;
  values: readonly number[];
  gradient: Float64Array;
}

/** The tape's gradient against the derivative by hand. */
function Verdict({ chosen, values, gradient }: VerdictProps) {
  const byHand = values.map(chosen.byHand);
  const difference = byHand.reduce((most, slope, i) => Math.max(most, Math.abs(slope - gradient[i]!)), 0);
  return (
    <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink">
      <span>
        by hand, {chosen.derivative}: <Matrix values={byHand} className="align-middle" />
      </span>
      <span className="text-correct">largest difference from the tape: {formatDifference(difference)}</span>
    </p>
  );
}
