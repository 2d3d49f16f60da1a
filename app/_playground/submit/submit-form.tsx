// Under which name a run is submitted, what is sent with it and what will be checked.
import { useEffect, useId, useState } from "react";
import { Button } from "@/app/_ui/button";
import { formatBytes, formatPlural } from "@/app/_ui/format";
import { ProblemText } from "@/app/_ui/problem";
import { PROVED_PLACES } from "@/lib/leaderboard/board";
import { type BoardId, boards } from "@/lib/leaderboard/find-board";
import { generatedName } from "@/lib/leaderboard/generated-name";
import { loadPlayer, type Player } from "@/lib/leaderboard/player-key";
import { markOf } from "@/lib/leaderboard/submission";
import type { RunRecord } from "@/lib/metrics/run-record";
import { titleOf } from "@/lib/spec/describe";
import { programOf } from "@/lib/store/spec";
import { formatDate } from "../published/words";
import { Part } from "../share/part";
import { sentenceOf } from "../share/words";
import { weightsBytes, whyNotTrainedAgain } from "./checks";
import { chosenName } from "./chosen-name";
import type { Problem } from "./submit-flow";

interface SubmitFormProps {
  board: BoardId;
  record: RunRecord;
  /** Why the last try ended. */
  problem: Problem | null;
  /** @param name empty for the generated one */
  onSubmit(name: string): void;
}

type Loaded = { player: Player; why: null } | { player: null; why: string };

/** This browser's player; null until it is known. */
function usePlayer(): Loaded | null {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  useEffect(() => {
    let here = true;
    const set = (next: Loaded) => here && setLoaded(next);
    loadPlayer().then(
      (player) => set({ player, why: null }),
      (error) => set({ player: null, why: sentenceOf(error) }),
    );
    return () => {
      here = false;
    };
  }, []);
  return loaded;
}

export function SubmitForm({ board, record, problem, onSubmit }: SubmitFormProps) {
  const [name, setName] = useState(chosenName);
  const [handedIn, setHandedIn] = useState(name);
  const loaded = usePlayer();
  const player = loaded?.player ?? null;
  const submit = () => {
    if (player === null) return;
    setHandedIn(name.trim());
    onSubmit(name.trim());
  };
  // A name that was refused is refused until it is another one.
  const nameProblem = problem?.ofName && name.trim() === handedIn ? problem.why : null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <NameField name={name} player={player} problem={nameProblem} onChange={setName} />
      <h3 className="caps mt-5 mb-2">What is sent</h3>
      <Sent record={record} name={name.trim()} player={player} />
      <p className="mt-2 text-mini text-soft">
        All of it is public but the signature, and cannot be changed or taken back. No account, no cookie.
      </p>
      <h3 className="caps mt-5 mb-2">What is checked</h3>
      <Checked board={board} record={record} />
      {loaded !== null && loaded.why !== null && <ProblemText className="mt-4">{loaded.why}</ProblemText>}
      {/* In sight, however much there is to read. */}
      <div className="sticky -bottom-5 -mx-5 mt-4 -mb-5 border-line border-t bg-raised px-5 py-3 sm:-mx-6 sm:px-6">
        <Button type="submit" aria-disabled={player === null}>
          {problem === null || problem.ofName ? "Submit" : "Try again"}
        </Button>
      </div>
    </form>
  );
}

interface NameFieldProps {
  name: string;
  player: Player | null;
  problem: string | null;
  onChange(name: string): void;
}

function NameField({ name, player, problem, onChange }: NameFieldProps) {
  const id = useId();
  return (
    <div className="mt-4">
      <label htmlFor={id} className="text-mini text-soft">
        Name on the board
      </label>
      <input
        id={id}
        type="text"
        autoComplete="nickname"
        placeholder={player === null ? "" : generatedName(player.player)}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? `${id}-rules` : `${id}-rules ${id}-problem`}
        className="tap mt-1 block h-9 w-full rounded-lg border border-line bg-paper px-3 font-medium placeholder:font-normal placeholder:text-soft focus-visible:rounded-lg max-lg:text-base"
        value={name}
        onChange={({ target }) => onChange(target.value)}
      />
      <p id={`${id}-rules`} className="mt-1.5 text-mini text-soft">
        3 to 24 letters of one alphabet, digits, spaces and - _ . Left empty it is the one shown.
      </p>
      {problem !== null && (
        <div role="alert">
          <ProblemText id={`${id}-problem`} className="mt-1">
            {problem}
          </ProblemText>
        </div>
      )}
    </div>
  );
}

function Sent({ record, name, player }: { record: RunRecord; name: string; player: Player | null }) {
  const { experiment, history, environment, forkedFrom, restoredEpoch } = record;
  const { engine, finishedAt } = environment;
  const { parameters } = programOf(experiment);
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-mini">
      <Part name="Experiment">{titleOf(experiment)}</Part>
      <Part name="History">{formatPlural(history.length, "epoch")}, curves, times and test result</Part>
      <Part name="Engine and device">
        {engine.name} ({engine.device}), on a {environment.deviceClass}
      </Part>
      <Part name="Date">{formatDate(finishedAt)}</Part>
      <Part name="Weights">
        {formatPlural(parameters, "parameter")}
        {restoredEpoch !== undefined && ` of epoch ${restoredEpoch}`} as they are,{" "}
        {formatBytes(weightsBytes(record))}
      </Part>
      {forkedFrom !== null && <Part name="Forked from">the run {forkedFrom.slice(0, 8)}…</Part>}
      <Part name="Name">
        {player === null ? (
          "…"
        ) : (
          <>
            {name === "" ? generatedName(player.player) : name}{" "}
            <span className="text-soft">#{markOf(player.player)}</span>
          </>
        )}
      </Part>
      <Part name="Signature">by a key that this browser keeps and cannot show</Part>
    </dl>
  );
}

function Checked({ board, record }: { board: BoardId; record: RunRecord }) {
  const { provedFirst, uniqueNetworks, byDevice } = boards[board];
  const why = whyNotTrainedAgain(board, record);
  return (
    <ul className="list-disc space-y-1 pl-4 text-mini">
      <li>The server scores the weights itself, on 10,000 images that nobody has seen.</li>
      {byDevice && <li>The time is as your browser says it: a time cannot be proved.</li>}
      {uniqueNetworks && <li>Another player's network is refused, even with its units in another order.</li>}
      {why === null ? (
        <li>
          The server trains the experiment again. With the same weights to the last bit it becomes “replayed”;
          with others it is removed.
        </li>
      ) : (
        <li>
          It is not trained again and stays “evaluated”. {why}
          {provedFirst && ` The first ${PROVED_PLACES} places are for replayed entries.`}
        </li>
      )}
    </ul>
  );
}
