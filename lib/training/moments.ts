// What a run's network was after each of its epochs, for whoever looks back: within a budget of bytes, and thinned evenly
// where that is too small for all of them.
import type { HeldMoments } from "./contract";

export class Moments {
  /** Weights by their epoch, from 1. */
  #held = new Map<number, Float32Array[]>();
  /** Held are the epochs that this divides, and the latest one. */
  #stride = 1;
  #bytes = 0;

  constructor(readonly budgetBytes: number) {}

  /**
   * Lets go of so many that one more fits in, so that the budget holds at every moment, also while that one is read.
   * @param bytes of one moment
   * @returns false where not even one does
   */
  makeRoom(bytes: number): boolean {
    const most = Math.floor(this.budgetBytes / bytes);
    if (most < 1) return false;
    this.#thin();
    while (this.#held.size >= most) {
      this.#stride *= 2;
      this.#thin();
    }
    return true;
  }

  /** Takes the weights that an epoch, from 1, ended with, where there is room. They are not copied. */
  add(epoch: number, weights: Float32Array[]): void {
    this.#bytes = weights.reduce((sum, { byteLength }) => sum + byteLength, 0);
    if (this.held.bytes + this.#bytes <= this.budgetBytes) this.#held.set(epoch, weights);
  }

  at(epoch: number): Float32Array[] | null {
    return this.#held.get(epoch) ?? null;
  }

  /** The first weights come from the seed, and need not be held. */
  get held(): HeldMoments {
    const epochs = [0, ...this.#held.keys()];
    const { budgetBytes } = this;
    return { epochs, every: this.#stride, bytes: this.#held.size * this.#bytes, budgetBytes };
  }

  #thin(): void {
    for (const epoch of this.#held.keys()) if (epoch % this.#stride !== 0) this.#held.delete(epoch);
  }
}
