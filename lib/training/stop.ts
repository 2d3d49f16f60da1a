// Ending a loop from outside, and letting the outside in.

/** One way to end a loop: `asked` turns true, and `signal` rejects with `stopped`. */
export interface Stop {
  asked: boolean;
  signal: Promise<never>;
  ask(): void;
}

/** Thrown inside the loop when somebody asked it to stop. */
export const stopped = Symbol("stopped");

export function createStop(): Stop {
  let reject: (reason: symbol) => void = () => {};
  const signal = new Promise<never>((_, fail) => {
    reject = fail;
  });
  // Nobody may be listening when it is asked.
  signal.catch(() => {});
  const stop: Stop = {
    asked: false,
    signal,
    ask() {
      stop.asked = true;
      reject(stopped);
    },
  };
  return stop;
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
