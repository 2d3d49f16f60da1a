// Where the network is wrong: what each class is taken for, the scores that follow, and the images themselves.
import { useMemo, useState } from "react";
import { TextButton } from "@/app/_ui/button";
import { Choices } from "@/app/_ui/choices";
import { formatAccuracy, formatCount } from "@/app/_ui/format";
import { ProblemText } from "@/app/_ui/problem";
import type { Verdicts } from "@/lib/lens/contract";
import { classScores, confusionOf, macroF1, mixups } from "@/lib/metrics/confusion";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { buildProgram } from "@/lib/spec/program";
import { countSamples } from "@/lib/spec/samples";
import { isActive } from "@/lib/store/reduce";
import { classNamesOf } from "../class-names";
import { useRun } from "../use-stores";
import { ClassTable } from "./class-table";
import { type Cell, ConfusionGrid } from "./confusion-grid";
import { AgainstAnother } from "./duel";
import { PictureWall } from "./picture-wall";
import { useLens, useLensState } from "./use-lens";
import { verdictSentence } from "./words";

/** Multiply-adds of what is counted after an epoch while it trains, under a tenth of a second, and of what is counted first. */
const TRAINING_MACS = 3e8;
const FIRST_MACS = 6e9;
const FEWEST = 500;
const MIXUPS = 6;

type Split = Verdicts["split"];

export default function Mistakes() {
  const network = useLensState((lens) => lens.spec);
  const trained = useRun((run) => run.spec);
  const locked = useRun((run) => run.holdOut);
  const spec = network ?? trained;
  if (spec === null) return null;
  const splits: Split[] = [];
  if (!locked) splits.push("test");
  if (countSamples(spec).validation > 0) splits.push("validation");
  if (splits.length === 0)
    return (
      <p className="text-mini text-soft">
        The test images are locked and no images are kept for validation: there is nothing to count yet.
      </p>
    );
  return <Counted splits={splits} spec={spec} locked={locked} />;
}

/** Some of the images where all of them would take long, and all of them once these are there and nothing trains. */
function useVerdicts(split: Split, spec: ExperimentSpec) {
  const training = useRun((run) => isActive(run.state));
  const macs = useMemo(() => buildProgram(spec).macs, [spec]);
  const quick = Math.max(FEWEST, Math.floor((training ? TRAINING_MACS : FIRST_MACS) / macs));
  const [followed, setFollowed] = useState<Verdicts | null>(null);
  const all = !training && followed?.split === split;
  const total = countSamples(spec)[split];
  const given = useLens("verdicts", { split, most: all ? total : Math.min(quick, total) });
  const { answer } = given;
  if (answer !== null && answer !== followed) setFollowed(answer);
  return { ...given, answer: answer?.split === split ? answer : null };
}

interface CountedProps {
  splits: readonly Split[];
  spec: ExperimentSpec;
  locked: boolean;
}

function Counted({ splits, spec, locked }: CountedProps) {
  const [chosen, setChosen] = useState<Split>("test");
  const [rates, setRates] = useState(false);
  const split = splits.includes(chosen) ? chosen : splits[0]!;
  const { answer, spec: own, waiting, problem } = useVerdicts(split, spec);
  return (
    <div className="@container space-y-6">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        {splits.length > 1 ? (
          <Choices<Split>
            name="Images that are counted"
            value={split}
            options={splits.map((value) => ({ value, label: value === "test" ? "Test" : "Validation" }))}
            onChange={setChosen}
          />
        ) : (
          <p className="text-mini text-soft">
            {locked ? "On validation images: the test images are locked." : "On test images."}
          </p>
        )}
        <Choices
          name="Numbers in the matrix"
          value={rates ? "rates" : "counts"}
          options={[
            { value: "counts", label: "Counts" },
            { value: "rates", label: "Rates, %" },
          ]}
          onChange={(value) => setRates(value === "rates")}
        />
      </div>
      {problem !== null && <ProblemText>{problem}</ProblemText>}
      {answer === null || own === null ? (
        <Faint waiting={waiting} count={countSamples(spec)[split]} />
      ) : (
        <Matrix verdicts={answer} spec={own} rates={rates} waiting={waiting} />
      )}
      {!locked && <AgainstAnother />}
    </div>
  );
}

interface MatrixProps {
  verdicts: Verdicts;
  spec: ExperimentSpec;
  rates: boolean;
  waiting: boolean;
}

function Matrix({ verdicts, spec, rates, waiting }: MatrixProps) {
  const names = classNamesOf(spec);
  const [chosen, setChosen] = useState<Cell | null>(null);
  // A network with fewer classes may have come since.
  const open = chosen !== null && Math.max(...chosen) < names.length ? chosen : null;
  const confusion = useMemo(
    () => confusionOf(verdicts.labels, verdicts.guesses, names.length),
    [verdicts, names.length],
  );
  const scores = useMemo(() => classScores(confusion), [confusion]);
  const places = useMemo(() => placesOf(verdicts, open), [verdicts, open]);
  const rows = useMemo(() => places.map((place) => verdicts.rows[place]!), [verdicts, places]);
  const toggle = (cell: Cell) => setChosen(String(cell) === String(open) ? null : cell);
  const nameOf = (list: Uint8Array, place: number) => names[list[places[place]!]!];
  const sure = (place: number) => verdicts.confidence[places[place]!]!.toFixed(2);
  return (
    <>
      <p className="text-mini text-soft" aria-busy={waiting}>
        {verdictSentence(verdicts, confusion.images - confusion.right)} · accuracy{" "}
        {formatAccuracy(confusion.right / confusion.images)} · mean F1 {macroF1(scores).toFixed(4)}
      </p>
      <div className="grid gap-x-8 gap-y-6 @min-[44rem]:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)]">
        <div className="@container">
          <ConfusionGrid
            confusion={confusion}
            scores={scores}
            names={names}
            rates={rates}
            open={open}
            onOpen={toggle}
          />
        </div>
        <ClassTable scores={scores} names={names} />
      </div>
      <div>
        <h3 className="mb-1 font-medium">Mixed up most</h3>
        <ul className="flex flex-wrap gap-x-4 gap-y-1">
          {mixups(confusion, MIXUPS).map(({ label, guess, count }) => (
            <li key={`${label} ${guess}`}>
              <TextButton
                onClick={() => setChosen([label, guess])}
                aria-label={`${names[label]} read as ${names[guess]}, ${count} times`}
              >
                {names[label]} → {names[guess]}
                <span className="font-normal text-soft">{formatCount(count)}</span>
              </TextButton>
            </li>
          ))}
        </ul>
      </div>
      <PictureWall
        key={`${verdicts.split} ${open}`}
        title={
          open === null
            ? "Wrong, the surest first"
            : open[0] === open[1]
              ? `${names[open[0]]} read right, the least sure first`
              : `${names[open[0]]} read as ${names[open[1]]}, the surest first`
        }
        split={verdicts.split}
        rows={rows}
        captionOf={(place) => (
          <>
            {open === null && <span className="text-soft">{nameOf(verdicts.labels, place)} → </span>}
            <span className="font-semibold">{nameOf(verdicts.guesses, place)}</span>
            <span className="block text-soft">{sure(place)}</span>
          </>
        )}
        spokenOf={(place) =>
          `label ${nameOf(verdicts.labels, place)}, read as ${nameOf(verdicts.guesses, place)} with ${sure(place)}`
        }
        aside={open !== null && <TextButton onClick={() => setChosen(null)}>all that are wrong</TextButton>}
      />
    </>
  );
}

/** Places of a cell's images, or of all that are wrong: the surest mistakes first, and the least sure right ones. */
function placesOf({ labels, guesses, confidence }: Verdicts, cell: Cell | null): Uint32Array {
  const isIn = (place: number) =>
    cell === null
      ? labels[place] !== guesses[place]
      : labels[place] === cell[0] && guesses[place] === cell[1];
  const sign = cell !== null && cell[0] === cell[1] ? 1 : -1;
  return Uint32Array.from(labels.keys())
    .filter(isIn)
    .sort((a, b) => sign * (confidence[a]! - confidence[b]!) || a - b);
}

/** What will be there. */
function Faint({ waiting, count }: { waiting: boolean; count: number }) {
  return (
    <div>
      <p className="mb-2 text-mini text-soft" role="status">
        {waiting
          ? `Reading ${formatCount(count)} images`
          : "Once the first epoch is over, its mistakes are here."}
      </p>
      <div aria-hidden="true" className="grid max-w-96 grid-cols-10 gap-px">
        {Array.from({ length: 100 }, (_, cell) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a hundred places.
            key={cell}
            className={`h-6 rounded-[3px] ${cell % 11 === 0 ? "bg-line" : "bg-hover"}`}
          />
        ))}
      </div>
    </div>
  );
}
