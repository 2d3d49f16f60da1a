// Keeps the screen on while something trains: a phone that goes to sleep takes the training with it.
import type { StoreApi } from "zustand/vanilla";

/** Something that works for a while, and says when that changes. */
export interface Work {
  /** True while it works without anybody's hand. */
  isOn(): boolean;
  /** @returns what ends it */
  subscribe(notify: () => void): () => void;
}

const watched = new WeakSet<object>();

/** Keeps the screen on from now on whenever the store's state says so, however often this is called. */
export function awakeWhile<T>(store: StoreApi<T>, isOn: (state: T) => boolean): void {
  if (watched.has(store)) return;
  watched.add(store);
  keepAwake({ isOn: () => isOn(store.getState()), subscribe: (notify) => store.subscribe(notify) });
}

/** False in a frame whose page does not let it: a browser that can tell would complain of the mere question. */
function mayAsk(): boolean {
  const { featurePolicy } = document as { featurePolicy?: { allowsFeature(name: string): boolean } };
  return featurePolicy?.allowsFeature("screen-wake-lock") !== false;
}

/** Holds the browser's wake lock while the work is on and the page is seen. @returns what ends it */
export function keepAwake(work: Work): () => void {
  // Not in every browser, and only where the page came over HTTPS.
  const { wakeLock } = (globalThis.navigator ?? {}) as { wakeLock?: WakeLock };
  if (wakeLock === undefined || !mayAsk()) return () => {};
  let held: Promise<WakeLockSentinel | null> | null = null;
  let over = false;

  function look(): void {
    // The browser lets go whenever the page is hidden: it is asked again when it is seen.
    const due = !over && work.isOn() && document.visibilityState === "visible";
    if (due === (held !== null)) return;
    if (!due) void held!.then((lock) => lock?.release());
    // A low battery refuses: the training goes on, for as long as the screen does.
    held = due ? wakeLock!.request("screen").catch(() => null) : null;
  }

  const unsubscribe = work.subscribe(look);
  document.addEventListener("visibilitychange", look);
  look();
  return () => {
    over = true;
    unsubscribe();
    document.removeEventListener("visibilitychange", look);
    look();
  };
}
