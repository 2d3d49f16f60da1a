// Looking back at the epochs of the run: the lens is given the weights of one of them, and where the page asks the run's
// network, that one answers.
import type { HeldMoments } from "../training/contract";
import { askLens, lensStore, lookAt } from "./lens";
import { answerAs, askTrainer } from "./run";

/** Whose weights the lens was last given to bring, and the version of those that it had then. */
let brought: { epoch: number; before: number } | null = null;

/** The epochs that may be looked back at; null where there is no run, or none that trains here. */
export const readMoments = (): Promise<HeldMoments | null> => askTrainer((trainer) => trainer.moments());

/** Looks at the network as it was after an epoch; 0 is before training, null is now. */
export function lookBackAt(epoch: number | null): void {
  if (epoch === null) {
    lookAt(null);
    return;
  }
  lookAt({
    epoch,
    async read() {
      const weights = await askTrainer((trainer) => trainer.momentAt(epoch));
      brought = { epoch, before: lensStore.getState().version };
      return weights;
    },
  });
}

const past = {
  predict: async (images: Uint8Array) => there(await askLens("predict", { images })),
  predictTest: async (rows: readonly number[]) => there(await askLens("predictTest", { rows })),
};

function there<T>(answer: T | null): T {
  if (answer === null) throw new Error("Nobody looks back any more.");
  return answer;
}

/**
 * From now on the page's predictions are of the epoch that is looked at, once the lens has its weights.
 * @returns ends that, and looks at the present again
 */
export function followMoments(): () => void {
  const forget = lensStore.subscribe(({ moment, version }) => {
    // Until the weights of another epoch are there, the former one answers.
    if (moment === null || version === 0) answerAs(null, null);
    else if (moment === brought?.epoch && version > brought.before) answerAs(moment, past);
  });
  return () => {
    forget();
    lookAt(null);
    answerAs(null, null);
  };
}
