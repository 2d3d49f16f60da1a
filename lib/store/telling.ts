// What a run tells the page: at once, but what only says how far it is waits for a stroke that is being answered.
import type { TrainEvent } from "../training/contract";
import { whenCalm } from "./hurry";

const canWait: ReadonlySet<TrainEvent["type"]> = new Set(["batches", "progress", "epoch"]);

/** @param tell hears all events, in the order in which they were received */
export function createTelling(tell: (events: readonly TrainEvent[]) => void) {
  let held: TrainEvent[] = [];

  function tellAll(): void {
    const events = held;
    held = [];
    if (events.length > 0) tell(events);
  }

  return {
    receive(events: readonly TrainEvent[]): void {
      held.push(...events);
      if (events.every(({ type }) => canWait.has(type))) whenCalm(tellAll);
      else tellAll();
    },
    /** The run is another: nothing more is told of the former one. */
    forget(): void {
      held = [];
    },
  };
}
