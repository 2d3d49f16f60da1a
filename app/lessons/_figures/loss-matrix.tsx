// Tasks by losses: each pairing is a button that says whether it fits, why, and what the playground says of it.
import { Check, CircleDashed, X } from "lucide-react";
import { useState } from "react";
import { TextButton } from "@/app/_ui/button";
import { PAIRINGS_MARK, WRONG_PAIRINGS_MARK } from "@/lib/lessons/binary-classification/marks";
import {
  experimentOf,
  objections,
  type PairedLoss,
  pairedLosses,
  type Task,
  tasks,
  taskTable,
  type Verdict,
} from "@/lib/lessons/binary-classification/pairings";
import { parseExperiment } from "@/lib/spec/experiment";
import * as losses from "@/lib/spec/losses/registry";
import { openExperiment } from "@/lib/store/spec";
import type { FigureProps } from "./figure";

const verdicts: Record<Verdict, { label: string; Sign: typeof Check; ink: string }> = {
  fits: { label: "fits", Sign: Check, ink: "text-correct" },
  works: { label: "works, not as well", Sign: CircleDashed, ink: "text-soft" },
  wrong: { label: "does not fit", Sign: X, ink: "text-wrong" },
};

interface Pairing {
  task: Task;
  loss: PairedLoss;
}

const keyOf = ({ task, loss }: Pairing) => `${task} ${loss}`;

export default function LossMatrix({ facts, marks }: FigureProps) {
  const [chosen, setChosen] = useState<Pairing>({ task: "yesOrNo", loss: "binaryCrossentropy" });
  const [seen, setSeen] = useState<ReadonlyMap<string, Verdict>>(new Map());

  function choose(pairing: Pairing) {
    setChosen(pairing);
    const next = new Map(seen).set(keyOf(pairing), verdictOf(pairing));
    setSeen(next);
    const wrong = [...next.values()].filter((verdict) => verdict === "wrong").length;
    // What an earlier visit saw counts on.
    marks(PAIRINGS_MARK, Math.max(next.size, Number(facts.marks[PAIRINGS_MARK] ?? 0)));
    marks(WRONG_PAIRINGS_MARK, Math.max(wrong, Number(facts.marks[WRONG_PAIRINGS_MARK] ?? 0)));
  }

  return (
    <div className="@container">
      <table className="w-full table-fixed border-collapse">
        <caption className="sr-only">Which loss fits which task</caption>
        <thead>
          <tr>
            <td className="w-[30%]" />
            {pairedLosses.map((loss) => (
              <th
                key={loss}
                scope="col"
                className="px-1 pb-2 align-bottom font-normal text-2xs text-soft @md:text-mini"
              >
                {losses[loss].label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tasks.map((task) => (
            <tr key={task} className="border-line border-t">
              <th scope="row" className="py-1 pr-2 text-left font-normal">
                <span className="block font-medium">{taskTable[task].name}</span>
                <span className="block text-2xs text-soft">{taskTable[task].output}</span>
              </th>
              {pairedLosses.map((loss) => (
                <td key={loss} className="p-1">
                  <Cell
                    pairing={{ task, loss }}
                    pressed={keyOf({ task, loss }) === keyOf(chosen)}
                    onChoose={choose}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-2 flex flex-wrap justify-end gap-x-4 text-2xs text-soft" aria-hidden="true">
        {Object.values(verdicts).map(({ label, Sign, ink }) => (
          <span key={label} className="inline-flex items-center gap-1">
            <Sign className={`size-3 ${ink}`} strokeWidth={2.5} />
            {label}
          </span>
        ))}
      </p>
      <Explanation pairing={chosen} />
    </div>
  );
}

const verdictOf = ({ task, loss }: Pairing): Verdict => taskTable[task].pairings[loss].verdict;
const titleOf = ({ task, loss }: Pairing) => `${taskTable[task].name}, ${losses[loss].label.toLowerCase()}`;

interface CellProps {
  pairing: Pairing;
  pressed: boolean;
  onChoose(pairing: Pairing): void;
}

function Cell({ pairing, pressed, onChoose }: CellProps) {
  const { label, Sign, ink } = verdicts[verdictOf(pairing)];
  return (
    <button
      type="button"
      aria-pressed={pressed}
      aria-label={`${titleOf(pairing)}: ${label}`}
      onClick={() => onChoose(pairing)}
      className={`grid h-11 w-full place-items-center rounded-md border transition-colors duration-100 hover:bg-hover ${pressed ? "border-ink bg-hover" : "border-line"} ${ink}`}
    >
      <Sign className="size-4" strokeWidth={2.5} aria-hidden="true" />
    </button>
  );
}

/** The same height for all, as far as can be told, so that the text below stays in its place. */
function Explanation({ pairing }: { pairing: Pairing }) {
  const { task, loss } = pairing;
  const { verdict, because } = taskTable[task].pairings[loss];
  const said = objections(task, loss).map(({ message }) => message);
  return (
    <div className="mt-3 min-h-44 rounded-lg border border-line bg-raised p-4" role="status">
      <p className="font-medium">
        {titleOf(pairing)}: <span className={verdicts[verdict].ink}>{verdicts[verdict].label}</span>
      </p>
      <p className="mt-1 max-w-prose">{because}</p>
      <p className="mt-2 max-w-prose text-mini text-soft">
        {said.length === 0 ? "The playground has no objection." : `The playground says: “${said.join(" ")}”`}
      </p>
      <TextButton className="mt-1" onClick={() => openExperiment(parseExperiment(experimentOf(task, loss)))}>
        Load this pairing
      </TextButton>
    </div>
  );
}
