// For tests only: Web Locks as browsers have them, which Node has not. Exclusive ones, granted in turn, stolen by force.

interface Held {
  name: string;
  /** Ends it for who had it. */
  lose(): void;
}

export function fakeLocks(): LockManager {
  const held = new Map<string, Held>();
  const waiting = new Map<string, (() => void)[]>();

  const next = (name: string) => waiting.get(name)?.shift()?.();

  function run(name: string, work: (lock: Lock | null) => unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const mine: Held = { name, lose: () => reject(new DOMException("stolen", "AbortError")) };
      held.set(name, mine);
      Promise.resolve(work({ name, mode: "exclusive" }))
        .then(resolve, reject)
        .finally(() => {
          if (held.get(name) !== mine) return;
          held.delete(name);
          next(name);
        });
    });
  }

  async function request(name: string, options: LockOptions, work: (lock: Lock | null) => unknown) {
    await Promise.resolve();
    const { signal, steal } = options;
    signal?.throwIfAborted();
    if (steal) held.get(name)?.lose();
    else if (held.has(name))
      await new Promise<void>((granted, refused) => {
        const queue = waiting.get(name) ?? [];
        waiting.set(name, [...queue, granted]);
        signal?.addEventListener("abort", () => {
          const left = waiting.get(name)!.filter((other) => other !== granted);
          waiting.set(name, left);
          refused(signal.reason);
        });
      });
    return run(name, work);
  }

  return {
    request: request as LockManager["request"],
    query: async () => ({
      held: [...held.keys()].map((name) => ({ name, mode: "exclusive" as const, clientId: "" })),
      pending: [],
    }),
  };
}
