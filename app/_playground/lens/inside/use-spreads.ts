// Looks at how the weights are spread after every epoch, for as long as somebody looks.
import { useEffect, useRef, useState } from "react";
import type { SpreadQuestion } from "@/lib/lens/contract";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { askLens } from "@/lib/store/lens";
import { readMoments } from "@/lib/store/moments";
import { askTrainer, readState } from "@/lib/store/run";
import type { TrainingState } from "@/lib/training/contract";
import { useRun } from "../../use-stores";
import { useLensState } from "../use-lens";
import { addMoment, type SpreadAt } from "./spreads";

function questionOf(state: TrainingState | null): SpreadQuestion {
  if (state === null) return { weights: null, optimizer: null };
  const { weights, ...optimizer } = state;
  return { weights, optimizer };
}

interface Held {
  /** Of the run that they are of. */
  spec: ExperimentSpec;
  moments: readonly SpreadAt[];
  problem: string | null;
}

/**
 * The moments of the run that the trainer still holds, and those that were looked at since the component is there. The
 * optimizer's state is known of the run as it is now.
 */
export function useSpreads(spec: ExperimentSpec): Omit<Held, "spec"> {
  const version = useLensState((lens) => lens.version);
  const moment = useLensState((lens) => lens.moment);
  const epochs = useRun(({ history }) => history.length);
  const steps = useRun(({ stepsPerEpoch }) => stepsPerEpoch);
  const rests = useRun(({ state }) => state === "done" || state === "paused");
  const [held, setHeld] = useState<Held>({ spec, moments: [], problem: null });
  const isThere = version > 0;
  const filled = useRef(new Set<number>());

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for the weights of each version.
  useEffect(() => {
    if (!isThere) return;
    const look = async () => {
      const state = moment === null ? await readState() : null;
      const answer = await askLens("spread", questionOf(state));
      if (answer === null) return;
      const added = { ...answer, epoch: state === null ? (moment ?? epochs) : state.step / steps };
      setHeld((before) => withMoment(before, spec, added));
    };
    look().catch((error) => setHeld((before) => withProblem(before, spec, error)));
  }, [version]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another run's are to be filled anew.
  useEffect(() => {
    filled.current = new Set();
  }, [spec]);

  // Those from before anybody looked come one after the other, when no training is in their way.
  useEffect(() => {
    if (!isThere || !rests) return;
    let wanted = true;
    const fill = async () => {
      for (const epoch of (await readMoments())?.epochs ?? []) {
        if (filled.current.has(epoch)) continue;
        const weights = wanted ? await askTrainer((trainer) => trainer.momentAt(epoch)) : null;
        const answer = weights && (await askLens("spread", { weights, optimizer: null }));
        if (answer === null || !wanted) return;
        filled.current.add(epoch);
        setHeld((before) => withMoment(before, spec, { ...answer, epoch }));
      }
    };
    fill().catch((error) => wanted && setHeld((before) => withProblem(before, spec, error)));
    return () => {
      wanted = false;
    };
  }, [isThere, rests, spec]);

  return held.spec === spec ? held : { moments: [], problem: null };
}

const momentsOf = (held: Held, spec: ExperimentSpec) => (held.spec === spec ? held.moments : []);

const withMoment = (held: Held, spec: ExperimentSpec, added: SpreadAt): Held => ({
  spec,
  moments: addMoment(momentsOf(held, spec), added),
  problem: null,
});

const withProblem = (held: Held, spec: ExperimentSpec, error: unknown): Held => ({
  spec,
  moments: momentsOf(held, spec),
  problem: error instanceof Error ? error.message : String(error),
});
