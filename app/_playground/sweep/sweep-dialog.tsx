// Comparisons of the present experiment, in a sheet at the side; on phones it is the whole screen. One goes on while the
// sheet is closed, and is there when it is opened again.
import { useState } from "react";
import { SidePanel } from "@/app/_ui/dialog";
import { ProblemText } from "@/app/_ui/problem";
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
  const run = useSweepRun(MINE, null);
  const [making, setMaking] = useState(false);
  const shown = run !== null && !making;
  return (
    <SidePanel
      title="Compare settings"
      back={shown ? { label: "Another comparison", onClick: () => setMaking(true) } : null}
      onClose={onClose}
      className="max-w-3xl"
    >
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
    </SidePanel>
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
