// Chromium lets a page offer its own installation; elsewhere the browser's menu has it.
import { createStore } from "zustand/vanilla";

interface InstallEvent extends Event {
  prompt(): Promise<void>;
}

/** What asks the person; null where this browser has nothing to ask, or has asked. */
export const installStore = createStore<{ ask: (() => Promise<void>) | null }>()(() => ({ ask: null }));

export function catchInstall(): void {
  window.addEventListener("beforeinstallprompt", (event) => {
    // The page offers it in its own place.
    event.preventDefault();
    const ask = async () => {
      installStore.setState({ ask: null });
      await (event as InstallEvent).prompt();
    };
    installStore.setState({ ask });
  });
  window.addEventListener("appinstalled", () => installStore.setState({ ask: null }));
}
