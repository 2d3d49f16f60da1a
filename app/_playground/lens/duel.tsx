// Two runs side by side: which test images the one on the page gets right and a kept one wrong, and the other way round.
import { useEffect, useMemo, useState } from "react";
import { Button } from "@/app/_ui/button";
import { formatCount } from "@/app/_ui/format";
import { ProblemText } from "@/app/_ui/problem";
import { Select } from "@/app/_ui/select";
import type { Duel } from "@/lib/lens/contract";
import { buildProgram } from "@/lib/spec/program";
import { countSamples, datasetOf } from "@/lib/spec/samples";
import { weightsOf } from "@/lib/store/shelf";
import type { ShelfEntry } from "@/lib/store/shelf-entry";
import { useOpenShelf, useShelf } from "../shelf/use-shelf";
import { useRun } from "../use-stores";
import { PictureWall } from "./picture-wall";
import { useLens, useLensState } from "./use-lens";

/** About two seconds of multiply-adds of both together. */
const MACS = 12e9;

export function AgainstAnother() {
  const [open, setOpen] = useState(false);
  return (
    <section aria-label="Against another run" className="border-line border-t pt-4">
      {open ? <Opponents /> : <Button onClick={() => setOpen(true)}>Compare with a kept run</Button>}
    </section>
  );
}

function Opponents() {
  useOpenShelf();
  const spec = useLensState((lens) => lens.spec);
  const hash = useRun((run) => run.hash);
  const entries = useShelf((shelf) => shelf.entries);
  const problem = useShelf((shelf) => (shelf.state === "unavailable" ? shelf.problem : null));
  const ready = useShelf((shelf) => shelf.state === "ready");
  const [chosen, setChosen] = useState<string | null>(null);
  const others = useMemo(
    () =>
      entries.filter(
        ({ deletedAt, record }) =>
          deletedAt === null &&
          record.experiment.dataset.id === spec?.dataset.id &&
          record.environment.weightsHash !== hash,
      ),
    [entries, spec, hash],
  );
  const entry = others.find(({ id }) => id === chosen) ?? others[0];
  if (problem !== null) return <ProblemText severity="warning">{problem}</ProblemText>;
  if (entry === undefined || spec === null)
    return (
      <p className="text-mini text-soft" role="status">
        {ready && spec !== null
          ? `No other run on ${datasetOf(spec).label} is kept: each is, when it is over and tested.`
          : "Reading the kept runs"}
      </p>
    );
  return (
    <>
      <p className="mb-3 flex flex-wrap items-center gap-x-2">
        <span className="text-soft">This run against</span>
        <Select
          name="The other run"
          value={entry.id}
          options={others.map(({ id, name, record }) => ({
            value: id,
            label: name,
            summary: `test accuracy ${record.test.accuracy.toFixed(4)}`,
          }))}
          onChange={setChosen}
        />
      </p>
      <Fought key={entry.id} entry={entry} />
    </>
  );
}

/** The weights of a kept run. */
function useWeights(id: string) {
  const [read, setRead] = useState<{ weights: Float32Array[] | null; problem: string | null } | null>(null);
  useEffect(() => {
    let wanted = true;
    const tell = (weights: Float32Array[] | null, problem: string | null) => {
      if (wanted) setRead({ weights, problem });
    };
    weightsOf(id).then(
      (weights) => tell(weights, null),
      (error: unknown) => tell(null, error instanceof Error ? error.message : String(error)),
    );
    return () => {
      wanted = false;
    };
  }, [id]);
  return read;
}

function Fought({ entry }: { entry: ShelfEntry }) {
  const read = useWeights(entry.id);
  const own = useLensState((lens) => lens.spec);
  const { experiment: spec } = entry.record;
  const most = useMemo(() => {
    const macs = buildProgram(spec).macs + (own === null ? 0 : buildProgram(own).macs);
    return Math.min(countSamples(spec).test, Math.max(500, Math.floor(MACS / macs)));
  }, [spec, own]);
  const weights = read?.weights ?? null;
  const { answer, problem } = useLens("duel", weights === null ? null : { spec, weights, most });
  const why = read?.problem ?? problem;
  if (why !== null) return <ProblemText>{why}</ProblemText>;
  if (answer === null)
    return (
      <p className="text-mini text-soft" role="status">
        Asking both networks
      </p>
    );
  return <Outcome duel={answer} name={entry.name} classNames={datasetOf(spec).classNames} />;
}

const outcomes = [
  { mine: true, theirs: false, title: "right here, wrong there" },
  { mine: false, theirs: true, title: "wrong here, right there" },
  { mine: false, theirs: false, title: "wrong in both" },
  { mine: true, theirs: true, title: "right in both" },
] as const;

interface OutcomeProps {
  duel: Duel;
  name: string;
  classNames: readonly string[];
}

function Outcome({ duel, name, classNames }: OutcomeProps) {
  const [chosen, setChosen] = useState(0);
  const { rows, labels, mine, theirs, total } = duel;
  const groups = useMemo(
    () =>
      outcomes.map((outcome) =>
        Uint32Array.from(labels.keys()).filter(
          (place) =>
            (mine[place] === labels[place]) === outcome.mine &&
            (theirs[place] === labels[place]) === outcome.theirs,
        ),
      ),
    [labels, mine, theirs],
  );
  const places = groups[chosen]!;
  const shown = useMemo(() => places.map((place) => rows[place]!), [places, rows]);
  const texts = (place: number) => {
    const at = places[place]!;
    return [labels[at]!, mine[at]!, theirs[at]!].map((kind) => classNames[kind]!) as [string, string, string];
  };
  const { title } = outcomes[chosen]!;
  return (
    <>
      <p className="mb-2 text-mini text-soft">
        Of {formatCount(rows.length)} test images{rows.length < total && ` (of ${formatCount(total)})`}, with
        “{name}” as the other run:
      </p>
      <ul className="mb-4 grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line @min-[36rem]:grid-cols-4">
        {outcomes.map((outcome, index) => (
          <li key={outcome.title} className="bg-paper">
            <button
              type="button"
              aria-pressed={index === chosen}
              onClick={() => setChosen(index)}
              className="tap block w-full px-3 py-2 text-left hover:bg-hover aria-pressed:bg-hover"
            >
              <span className="block font-semibold text-base">{formatCount(groups[index]!.length)}</span>
              <span className="block text-mini text-soft">{outcome.title}</span>
            </button>
          </li>
        ))}
      </ul>
      <PictureWall
        key={chosen}
        title={`${title[0]!.toUpperCase()}${title.slice(1)}`}
        split="test"
        rows={shown}
        captionOf={(place) => {
          const [label, here, there] = texts(place);
          return (
            <>
              <span className="font-semibold">{label}</span>{" "}
              <span className="text-soft">
                {here}·{there}
              </span>
            </>
          );
        }}
        spokenOf={(place) => {
          const [label, here, there] = texts(place);
          return `label ${label}, read as ${here} here and as ${there} there`;
        }}
        aside={<span className="text-mini text-soft">label, here·there</span>}
      />
    </>
  );
}
