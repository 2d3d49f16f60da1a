// Anybody can train a published run again and see whether the same weights come out, to the last bit.
import { Check, X } from "lucide-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import { Button } from "@/app/_ui/button";
import { Section } from "@/app/_ui/section";
import { whyNoReplay } from "@/lib/metrics/replayable";
import type { RunRecord } from "@/lib/metrics/run-record";
import { replayRun, replayStore, type Replay as State, stopReplay } from "@/lib/store/replay";

export function Replay({ record }: { record: RunRecord }) {
  const replay = useStore(replayStore);
  useEffect(() => stopReplay, []);
  const reason = whyNoReplay(record);
  const on = replay.state === "loading" || replay.state === "training";
  return (
    <Section
      id="replay"
      title="Replay"
      aside={on ? `epoch ${replay.history.length + 1} of ${replay.epochs}` : undefined}
    >
      {reason === null ? (
        <>
          <p className="mb-3 text-mini text-soft">
            Trains this experiment again, on this device, and compares the weights to the bit.
          </p>
          <Button onClick={() => (on ? stopReplay() : void replayRun(record))}>
            {on ? "Stop" : "Replay"}
          </Button>
          {on && <Progress replay={replay} />}
          <Verdict replay={replay} record={record} />
        </>
      ) : (
        <p className="text-mini text-soft">{reason}</p>
      )}
    </Section>
  );
}

function Progress({ replay: { history, progress, epochs } }: { replay: State }) {
  const share = (history.length + progress) / epochs;
  return (
    <div
      role="progressbar"
      aria-label="Progress of the replay"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(100 * share)}
      className="mt-3 h-[3px] overflow-hidden rounded-full bg-line"
    >
      <div className="h-full rounded-full bg-train" style={{ width: `${100 * share}%` }} />
    </div>
  );
}

function Verdict({ replay: { state, hash, failure }, record }: { replay: State; record: RunRecord }) {
  return (
    <div role="status" className="text-mini not-empty:mt-3">
      {state === "identical" && (
        <>
          <p className="flex items-center gap-1.5 font-semibold text-correct">
            <Check className="size-4" strokeWidth={3} aria-hidden="true" />
            identical
          </p>
          <p className="mt-1 text-soft">Every weight is the same to the last bit.</p>
        </>
      )}
      {state === "different" && (
        <>
          <p className="flex items-center gap-1.5 font-semibold text-wrong">
            <X className="size-4" strokeWidth={3} aria-hidden="true" />
            different
          </p>
          <p className="mt-1 text-soft">
            The weights that came out here have another hash than the published ones.
          </p>
        </>
      )}
      {hash !== null && (
        <p className="wrap-anywhere mt-1.5 font-mono text-soft text-xs">
          {hash}
          {state === "different" && (
            <span className="block">published: {record.environment.weightsHash}</span>
          )}
        </p>
      )}
      {state === "failed" && <p className="text-wrong">{failure}</p>}
    </div>
  );
}
