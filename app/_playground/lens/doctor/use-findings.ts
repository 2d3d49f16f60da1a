// What the doctor finds in the run on the page: examined anew after every epoch, and whenever other weights are looked at.
import { useEffect, useMemo, useState } from "react";
import { examine, type Finding } from "@/lib/doctor/doctor";
import type { Observed } from "@/lib/doctor/observed";
import type { Probe } from "@/lib/metrics/probe";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { isActive } from "@/lib/store/reduce";
import { runStore } from "@/lib/store/run";
import { useRun } from "../../use-stores";
import { useLens, useLensState } from "../use-lens";

const EVERYTHING = {};

export interface Examination {
  /** Null until there is something to examine. */
  findings: readonly Finding[] | null;
  /** Epochs that were examined; 0 for a loss that came to nothing in the first, and for a network without its history. */
  epochs: number;
  /** False while the run is on: nothing is said of where it ends. */
  over: boolean;
  /** True while the network is being looked into. */
  waiting: boolean;
  problem: string | null;
}

export function useFindings(): Examination {
  const { answer, spec: answered, waiting, problem } = useLens("probe", EVERYTHING);
  const moment = useLensState((lens) => lens.moment);
  const spec = useRun((run) => run.spec);
  const history = useRun((run) => run.history);
  const restoredEpoch = useRun((run) => run.restoredEpoch);
  const over = useRun((run) => !isActive(run.state));
  const diverged = useRun((run) => run.failure?.code === "diverged");
  const opened = useRun((run) => run.opened);
  const first = useFirstProbe(diverged && answer === null ? spec : null);
  const own = answered === spec ? answer : null;
  const observed = useMemo((): Observed | null => {
    if (spec === null || (history.length === 0 && !diverged && !opened)) return null;
    const { before, loss } = runStore.getState();
    return {
      ...{ spec, history, before, loss, diverged },
      over: over && moment === null,
      restoredEpoch: moment ?? restoredEpoch,
      probes: own !== null ? { first: own.first, now: own.now } : first && { first, now: null },
      data: own?.data ?? null,
    };
  }, [spec, history, restoredEpoch, over, diverged, opened, moment, own, first]);
  const findings = useMemo(() => observed && examine(observed), [observed]);
  return {
    findings,
    epochs: moment ?? restoredEpoch ?? history.length,
    over: over && moment === null,
    // A run that came to no weights has nothing to be looked into.
    waiting: own === null ? !diverged && problem === null : waiting,
    problem: diverged ? null : problem,
  };
}

/** The first weights' gradients, where a run left no others: from the laboratory, which needs no network. */
function useFirstProbe(spec: ExperimentSpec | null): Probe | null {
  const [probed, setProbed] = useState<{ spec: ExperimentSpec; probe: Probe } | null>(null);
  useEffect(() => {
    if (spec === null) return;
    let wanted = true;
    const measure = async () => {
      const { createLabClient } = await import("@/lib/training/client");
      if (!wanted) return;
      const lab = createLabClient();
      try {
        const { loss, arrays } = await lab.gradients({ spec });
        const images = spec.training.batchSize;
        if (wanted) setProbed({ spec, probe: { images, loss, arrays, units: [], outputs: null } });
      } catch {
        // Without gradients there is still what the losses say.
      } finally {
        lab.dispose();
      }
    };
    void measure();
    return () => {
      wanted = false;
    };
  }, [spec]);
  return probed !== null && probed.spec === spec ? probed.probe : null;
}
