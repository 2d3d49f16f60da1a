// Pausing and ending a loop from outside, and letting the outside in.

/** Thrown inside the loop when somebody asked it to stop. */
export const stopped = Symbol("stopped");

/** What a loop passes between its steps: it may be closed for a while, and it is where a stop is heard. */
export class Gate {
  #reason: unknown = null;
  #reject: (reason: unknown) => void = () => {};
  #signal: Promise<never> = new Promise(() => {});
  #wait: Promise<void> | null = null;
  #wake: () => void = () => {};

  /** A loop begins: it is open, and nobody has asked it to stop. */
  reset(): void {
    this.#reason = null;
    this.open();
    this.#signal = new Promise<never>((_, reject) => {
      this.#reject = reject;
    });
    // Nobody may be listening when it is asked.
    this.#signal.catch(() => {});
  }

  close(): void {
    this.#wait ??= new Promise((wake) => {
      this.#wake = wake;
    });
  }

  open(): void {
    this.#wait = null;
    this.#wake();
  }

  /** @param reason what is thrown inside the loop */
  stop(reason: unknown = stopped): void {
    this.#reason ??= reason;
    this.#reject(this.#reason);
  }

  get isClosed(): boolean {
    return this.#wait !== null;
  }

  /** Waits while it is closed. @throws stopped, or the other reason that was given */
  async pass(): Promise<void> {
    while (this.#wait !== null) await this.unlessStopped(this.#wait);
    if (this.#reason !== null) throw this.#reason;
  }

  /** The promise's value, unless a stop is asked for first. @throws stopped */
  unlessStopped<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.#signal]);
  }
}

/** Lets pause, stop and predict in: a task's worth of yielding, which a resolved promise is not. */
export function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
