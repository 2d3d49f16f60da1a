// From a run to a place on a board: which board, under which name, what is sent and what will be checked; then where it
// is, which stays true while the dialog is closed.
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import { Button } from "@/app/_ui/button";
import { Sheet } from "@/app/_ui/dialog";
import { ProblemText } from "@/app/_ui/problem";
import type { BoardId } from "@/lib/leaderboard/find-board";
import type { RunRecord } from "@/lib/metrics/run-record";
import { ParseError } from "@/lib/spec/parse";
import { deviceClass } from "@/lib/store/device";
import { recordOf } from "@/lib/store/record";
import { readWeights } from "@/lib/store/run";
import { titledAs } from "../share/titled";
import { useRun, useSpec } from "../use-stores";
import { BoardChoices } from "./board-choices";
import { boardChoices } from "./checks";
import { chosenName, rememberName } from "./chosen-name";
import { Stages } from "./stages-list";
import { startSubmitting, submissions, submittingOf } from "./submit-flow";
import { SubmitForm } from "./submit-form";

/** The run's record under the title that the page has now, or why there is none. */
function useRecord(): RunRecord | string {
  const run = useRun((whole) => whole);
  const present = useSpec();
  return useMemo(() => {
    try {
      const record = recordOf(run, deviceClass());
      if (record === null || run.opened) return "Train first: a run that is over can be submitted.";
      return { ...record, experiment: titledAs(record.experiment, present) };
    } catch (error) {
      // A run may be longer than what a record holds.
      if (error instanceof ParseError) return error.message;
      throw error;
    }
  }, [run, present]);
}

export default function SubmitDialog({ onClose }: { onClose(): void }) {
  const record = useRecord();
  return (
    <Sheet title="Submit to leaderboard" onClose={onClose} className="sm:max-w-[39rem]">
      {typeof record === "string" ? (
        <ProblemText severity="warning">{record}</ProblemText>
      ) : (
        <Submit record={record} />
      )}
    </Sheet>
  );
}

function Submit({ record }: { record: RunRecord }) {
  const choices = useMemo(() => boardChoices(record), [record]);
  const all = useStore(submissions);
  const [chosen, setChosen] = useState<BoardId | null>(null);
  // Opened again it shows what is under way.
  const begun = choices.find(({ id }) => submittingOf(all, record, id) !== null);
  const board = chosen ?? (begun ?? choices.find(({ refused }) => refused === null))?.id ?? null;
  const submitting = board === null ? null : submittingOf(all, record, board);
  // What may be sent again, perhaps under another name.
  const canTry = submitting === null || (submitting.problem !== null && !submitting.problem.final);

  function submit(name: string): void {
    if (board === null) return;
    rememberName(name);
    void startSubmitting(record, { board, name: name === "" ? null : name }, { readWeights });
  }

  return (
    <>
      <BoardChoices choices={choices} value={board} onChange={setChosen} />
      {submitting !== null && !submitting.problem?.ofName && <Stages submitting={submitting} />}
      {submitting?.waits && (
        <Button className="mt-4 bg-raised" onClick={() => submit(chosenName())}>
          Send now
        </Button>
      )}
      {board !== null && canTry && (
        <SubmitForm board={board} record={record} problem={submitting?.problem ?? null} onSubmit={submit} />
      )}
    </>
  );
}
