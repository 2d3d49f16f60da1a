// An entry's run, trained again on this device: whether it ends in the same weights is for everybody to see.
import { useEffect, useState } from "react";
import { Replay } from "@/app/_playground/published/replay";
import { Button } from "@/app/_ui/button";
import { Sheet } from "@/app/_ui/dialog";
import { ProblemText } from "@/app/_ui/problem";
import type { PlacedEntry } from "@/lib/leaderboard/records";
import type { RunRecord } from "@/lib/metrics/run-record";
import { askRun } from "@/lib/runs/ask-run";
import { describeExperiment } from "@/lib/spec/describe";

interface ReplayDialogProps {
  entry: PlacedEntry;
  onClose(): void;
}

type Fetched = { record: RunRecord } | { problem: string } | null;

export default function ReplayDialog({ entry, onClose }: ReplayDialogProps) {
  const [fetched, setFetched] = useState<Fetched>(null);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try asks again.
  useEffect(() => {
    const abort = new AbortController();
    setFetched(null);
    askRun(entry.run, { signal: abort.signal }).then(
      ({ run }) => setFetched({ record: run }),
      (error: Error) => {
        if (!abort.signal.aborted) setFetched({ problem: error.message });
      },
    );
    return () => abort.abort();
  }, [entry.run, tries]);
  return (
    <Sheet
      title={
        <>
          The entry of <bdi>{entry.player}</bdi>
        </>
      }
      description={describeExperiment(entry.experiment)}
      onClose={onClose}
      className="sm:max-w-[30rem]"
    >
      {fetched === null && (
        <p role="status" className="text-soft">
          Waiting for the server: the run as it was submitted.
        </p>
      )}
      {fetched !== null && "problem" in fetched && (
        <div role="alert" className="space-y-3">
          <ProblemText>{fetched.problem}</ProblemText>
          <Button onClick={() => setTries(tries + 1)}>Try again</Button>
        </div>
      )}
      {fetched !== null && "record" in fetched && <Replay record={fetched.record} />}
    </Sheet>
  );
}
