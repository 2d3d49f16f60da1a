// Looks at how the weights are spread after every epoch, for as long as somebody looks.
import { useEffect, useState } from "react";
import type { SpreadQuestion } from "@/lib/lens/contract";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { askLens } from "@/lib/store/lens";
import { readState } from "@/lib/store/run";
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

/** The moments that were looked at since the component is there. The optimizer's state is known of the run as it is now. */
export function useSpreads(spec: ExperimentSpec): Omit<Held, "spec"> {
  const version = useLensState((lens) => lens.version);
  const moment = useLensState((lens) => lens.moment);
  const epochs = useRun(({ history }) => history.length);
  const steps = useRun(({ stepsPerEpoch }) => stepsPerEpoch);
  const [held, setHeld] = useState<Held>({ spec, moments: [], problem: null });

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for the weights of each version.
  useEffect(() => {
    if (version === 0) return;
    const file = (added: SpreadAt | null, problem: string | null) =>
      setHeld((before) => {
        const moments = before.spec === spec ? before.moments : [];
        return { spec, moments: added === null ? moments : addMoment(moments, added), problem };
      });
    const look = async () => {
      const state = moment === null ? await readState() : null;
      const answer = await askLens("spread", questionOf(state));
      if (answer === null) return;
      file({ ...answer, epoch: state === null ? (moment ?? epochs) : state.step / steps }, null);
    };
    look().catch((error) => file(null, error instanceof Error ? error.message : String(error)));
  }, [version]);

  return held.spec === spec ? held : { moments: [], problem: null };
}
