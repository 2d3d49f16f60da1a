// Events cross to the page about five times a second, however fast the training is.
import type { TrainEvent } from "./contract";

const INTERVAL_MS = 200;

/** Only the newest of these matters; what an unsent one said is out of date. */
const replaced: ReadonlySet<TrainEvent["type"]> = new Set(["progress", "waiting"]);

export class EventBuffer {
  #events: TrainEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #lastSent = Number.NEGATIVE_INFINITY;

  constructor(
    readonly send: (events: TrainEvent[]) => void,
    readonly now: () => number,
    /** Hears each event at once, as it comes. */
    readonly note: (event: TrainEvent) => void = () => {},
  ) {}

  /** Queues an event; it is sent with the others at most 200 ms later, or at once where somebody waits for it. */
  push(event: TrainEvent, urgent = false): void {
    this.note(event);
    const last = this.#events.at(-1);
    if (event.type === "batches" && last?.type === "batches") {
      this.#events[this.#events.length - 1] = {
        ...last,
        losses: concatenate(last.losses, event.losses),
        accuracies: concatenate(last.accuracies, event.accuracies),
      };
    } else {
      if (replaced.has(event.type)) this.#events = this.#events.filter(({ type }) => type !== event.type);
      this.#events.push(event);
    }
    // A busy worker reaches its timers late, so a full interval is noticed here too.
    if (urgent || this.now() - this.#lastSent >= INTERVAL_MS) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), INTERVAL_MS);
  }

  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#events.length === 0) return;
    const events = this.#events;
    this.#events = [];
    this.#lastSent = this.now();
    this.send(events);
  }
}

function concatenate(a: Float32Array, b: Float32Array): Float32Array {
  const both = new Float32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
