// A button whose menu is on no page before somebody wants it: the menu brings a good deal of script along.
import { type KeyboardEvent, useState } from "react";

/**
 * @param download the menu's module
 * @returns whether the menu is wanted, which then opens by itself, and what makes a button ask for it
 */
export function useOnDemand(download: () => Promise<unknown>) {
  const [wanted, setWanted] = useState(false);
  const button = {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    // Whoever points at it may press it.
    onPointerEnter: () => void download().catch(() => {}),
    onClick: () => setWanted(true),
    onKeyDown: ({ key }: KeyboardEvent) => {
      if (key === "ArrowDown") setWanted(true);
    },
  } as const;
  return { wanted, button };
}
