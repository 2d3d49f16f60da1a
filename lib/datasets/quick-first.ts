// Where somebody saves data, the first images come at once and the rest waits until it is allowed. What this browser
// has already costs nothing and is never asked about.

/** About six shards of MNIST: enough to see a network learn. */
const QUICK_BYTES = 1_000_000;

export class QuickFirst {
  #left = Number.POSITIVE_INFINITY;
  #waiting: (() => void)[] = [];

  /** @param onAsk called with true when the first download has to wait, and with false when it may come */
  constructor(readonly onAsk: (asks: boolean) => void) {}

  /** True while a download waits to be allowed. */
  get asks(): boolean {
    return this.#waiting.length > 0;
  }

  /** From now on only so much comes without asking; what was taken before counts. */
  begin(): void {
    if (this.#left === Number.POSITIVE_INFINITY) this.#left = QUICK_BYTES;
  }

  /** Everything may come. */
  allow(): void {
    this.#left = Number.POSITIVE_INFINITY;
    if (!this.asks) return;
    for (const go of this.#waiting.splice(0)) go();
    this.onAsk(false);
  }

  /** Resolves when a file of this size may be downloaded; those asked for later wait behind it. */
  take(sizeBytes: number): Promise<void> {
    if (!this.asks && sizeBytes <= this.#left) {
      this.#left -= sizeBytes;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1) this.onAsk(true);
    });
  }
}
