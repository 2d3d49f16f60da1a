// Where the page's own things meet lib/offline: the browser, and the run that may need the line. Downloaded when the page
// has nothing better to do.
import { beginOffline, goOnOffline } from "@/lib/offline/begin";
import { offlineStore } from "@/lib/offline/offline";
import { mayWait } from "@/lib/offline/outbox";
import { isActive } from "@/lib/store/reduce";
import { runStore } from "@/lib/store/run";

/** A run fetches its engine and its images until its first epoch is over; after that the line is free. */
const isBusy = (): boolean => {
  const { state, history } = runStore.getState();
  return isActive(state) && history.length === 0;
};

const savesData = (): boolean =>
  (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;

/** Submissions that were made without a network. */
async function send(): Promise<void> {
  if (!mayWait()) return;
  const { sendWaiting } = await import("@/app/_playground/submit/submit-flow");
  await sendWaiting();
}

export async function begin(): Promise<void> {
  window.addEventListener("online", () => {
    void send();
    void goOnOffline();
  });
  void send();
  if (!("serviceWorker" in navigator) || !("caches" in window))
    return offlineStore.setState({ state: "impossible" });
  try {
    await beginOffline({
      container: navigator.serviceWorker,
      caches,
      fetch: (url, init) => fetch(url, init),
      origin: location.origin,
      savesData: savesData(),
      reload: () => location.reload(),
      isBusy,
      onBusyChange: (listener) => runStore.subscribe(listener),
    });
  } catch {
    // Some private windows have all of it and refuse to use it.
    offlineStore.setState({ state: "impossible" });
  }
}
