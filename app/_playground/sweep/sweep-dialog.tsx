// Comparisons of the present experiment, in a sheet at the side; on phones it is the whole screen. One goes on while the
// sheet is closed, and is there when it is opened again.
import { ArrowLeft, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { IconButton } from "@/app/_ui/button";
import { ProblemText } from "@/app/_ui/problem";
import { useOpener } from "@/app/_ui/use-opener";
import { describeExperiment, titleOf } from "@/lib/spec/describe";
import { firstError } from "@/lib/store/spec";
import { startSweep } from "@/lib/store/sweep";
import type { SweepSpec } from "@/lib/sweeps/sweep";
import { problemSentence } from "../problems";
import { useSpec } from "../use-stores";
import { SweepForm } from "./sweep-form";
import { SweepPanel } from "./sweep-panel";
import { useSweepRun } from "./use-sweep";

/** What the dialog's comparison is kept under. */
export const MINE = "mine";

export default function SweepDialog({ onClose }: { onClose(): void }) {
  const onCloseAutoFocus = useOpener();
  const run = useSweepRun(MINE, null);
  const [making, setMaking] = useState(false);
  const shown = run !== null && !making;
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-[rgb(0_0_0/0.45)]" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={onCloseAutoFocus}
          className="fixed inset-y-0 right-0 z-50 w-full max-w-3xl overflow-y-auto overscroll-contain border-line bg-paper px-4 shadow-xl sm:border-l sm:px-7"
        >
          <div className="sticky top-0 z-10 -mx-4 mb-1 flex h-15 items-center gap-2 bg-paper px-4 sm:-mx-7 sm:px-7">
            {shown && (
              <IconButton label="Another comparison" className="-ml-1.5" onClick={() => setMaking(true)}>
                <ArrowLeft className="size-4" aria-hidden="true" />
              </IconButton>
            )}
            <Dialog.Title className="mr-auto font-semibold text-base">Compare settings</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close">
                <X className="size-4" aria-hidden="true" />
              </IconButton>
            </Dialog.Close>
          </div>
          {shown ? (
            <div className="pb-6">
              <SweepPanel sweep={run.sweep} storageKey={MINE} onOpened={onClose} />
            </div>
          ) : (
            <Make
              onStart={(sweep) => {
                void startSweep(MINE, sweep);
                setMaking(false);
              }}
            />
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Make({ onStart }: { onStart(sweep: SweepSpec): void }) {
  const spec = useSpec();
  const error = firstError(spec);
  return (
    <>
      <p className="pb-4 text-mini text-soft">
        {titleOf(spec)}: {describeExperiment(spec)}
      </p>
      {error === null ? (
        <SweepForm spec={spec} onStart={onStart} />
      ) : (
        <ProblemText>The experiment cannot be trained like this. {problemSentence(error)}</ProblemText>
      )}
    </>
  );
}
