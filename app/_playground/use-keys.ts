// The page's keys. Effects only connect the outside world: here, the window.
import { useEffect } from "react";
import { pause, resume, runStore, train } from "@/lib/store/run";
import { settingsStore } from "@/lib/store/settings";
import { redo, undo } from "@/lib/store/spec";
import { belongsTo, type Shortcut, shortcutOf } from "./keys";

const toggle = () => {
  const { state } = runStore.getState();
  if (state === "training") void pause();
  else if (state === "paused") void resume();
};

const trainOrResume = () => {
  if (runStore.getState().state === "paused") void resume();
  else void train();
};

/** To be used once on a page. @param open opens a dialog; must be the same function at every call */
export function useKeys(open: (name: "keys") => void): void {
  useEffect(() => {
    const actions: Record<Shortcut, () => void> = {
      train: trainOrResume,
      toggle,
      undo,
      redo,
      help: () => open("keys"),
    };
    function onKeyDown(event: KeyboardEvent) {
      const shortcut = shortcutOf(event);
      if (shortcut === null || event.repeat || event.defaultPrevented) return;
      if (event.target instanceof Element && belongsTo(event.target, shortcut)) return;
      const single = shortcut !== "undo" && shortcut !== "redo";
      if (single && !settingsStore.getState().singleKeys) return;
      // Space scrolls a page that neither trains nor pauses.
      const { state } = runStore.getState();
      if (shortcut === "toggle" && state !== "training" && state !== "paused") return;
      event.preventDefault();
      actions[shortcut]();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [open]);
}
