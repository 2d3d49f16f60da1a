// A contender in its seat, from warm-up to scales, with what it has shown so far.
import type { OpenSeat } from "./browser";
import type { Case } from "./cases";
import { EVALUATE_IMAGES, type Row, stepsWithin } from "./report";

/** Whoever needs longer than this for any one thing is left out, with that as the reason. */
const PATIENCE_MS = 180_000;
const WARM_UP_STEPS = 500;
const FEW_IMAGES = 100;

/** Of whatever was thrown, the first line: Playwright adds a log to its messages. */
const messageOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0]!.replace(/^page.evaluate: /, "");

async function patiently<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took over ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

export class Entry {
  readonly row: Row;
  #seat: OpenSeat | null = null;

  /**
   * @param open gives its seat
   * @param turnMs about how long one turn may take
   * @param reason why it does not take part, if it does not
   */
  constructor(
    id: string,
    label: string,
    readonly open: () => Promise<OpenSeat>,
    readonly turnMs: number,
    reason: string | null,
  ) {
    const nothing = { accuracy: null, firstLoss: null, lastLoss: null, peakBytes: null };
    this.row = { id, label, reason, msPerStep: [], steps: 0, evaluateMs: [], evaluated: 0, ...nothing };
  }

  /** Loads and compiles, warms up, and finds out how much fits into one turn. */
  prepare(what: Case): Promise<void> {
    return this.#attempt(async () => {
      const { row, turnMs } = this;
      this.#seat = await this.open();
      await this.#seat.prepare(what);
      row.firstLoss = (await this.#seat.train(1)).loss;
      let steps = 1;
      let { ms } = await this.#seat.train(steps);
      while (ms < turnMs / 3 && steps < WARM_UP_STEPS) {
        steps = Math.min(WARM_UP_STEPS, 1 + stepsWithin(turnMs / 2, ms / steps));
        ms = (await this.#seat.train(steps)).ms;
      }
      row.steps = stepsWithin(turnMs, ms / steps);
      // Twice: the first time compiles.
      await this.#seat.evaluate(FEW_IMAGES);
      const few = await this.#seat.evaluate(FEW_IMAGES);
      const fitting = (FEW_IMAGES * turnMs) / few.ms;
      row.evaluated =
        fitting >= EVALUATE_IMAGES ? EVALUATE_IMAGES : Math.max(FEW_IMAGES, fitting - (fitting % 1000));
    });
  }

  /** One round's measurements. */
  turn(): Promise<void> {
    return this.#attempt(async () => {
      const { row } = this;
      const { ms, loss } = await this.#seat!.train(row.steps);
      row.msPerStep.push(ms / row.steps);
      row.lastLoss = loss;
      const evaluation = await this.#seat!.evaluate(row.evaluated);
      row.evaluateMs.push((evaluation.ms * EVALUATE_IMAGES) / row.evaluated);
      row.accuracy = evaluation.correct / row.evaluated;
    });
  }

  async finish(): Promise<void> {
    await this.#attempt(async () => {
      this.row.peakBytes = await this.#seat!.peakBytes();
    });
    await this.#seat?.close();
  }

  /** What goes wrong becomes this row's reason; the others go on. */
  async #attempt(work: () => Promise<void>): Promise<void> {
    if (this.row.reason !== null) return;
    try {
      await patiently(work());
    } catch (error) {
      this.row.reason = messageOf(error);
    }
  }
}
