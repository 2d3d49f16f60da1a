// An entry's run, trained again on this device: whether it ends in the same weights is for everybody to see.
import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useEffect, useState } from "react";
import { Replay } from "@/app/_playground/published/replay";
import { Button, IconButton } from "@/app/_ui/button";
import { ProblemText } from "@/app/_ui/problem";
import { useOpener } from "@/app/_ui/use-opener";
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
  const onCloseAutoFocus = useOpener();
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
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-[rgb(0_0_0/0.45)]" />
        <Dialog.Content
          onCloseAutoFocus={onCloseAutoFocus}
          className="fixed top-1/2 left-1/2 z-50 max-h-[90dvh] w-[min(30rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-xl border border-line bg-raised p-6 shadow-xl"
        >
          <div className="mb-1 flex items-start justify-between gap-3">
            <Dialog.Title className="wrap-anywhere pt-0.5 font-semibold text-base">
              The entry of <bdi>{entry.player}</bdi>
            </Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close" className="max-lg:-mt-2.5 max-lg:-mr-2.5">
                <X className="size-4" aria-hidden="true" />
              </IconButton>
            </Dialog.Close>
          </div>
          <Dialog.Description className="wrap-anywhere mb-6 text-mini text-soft">
            {describeExperiment(entry.experiment)}
          </Dialog.Description>
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
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
