// A dialog without a trigger of its own gives the focus back to what opened it.
import { useState } from "react";

/** @returns what the dialog's content does as it closes */
export function useOpener(): (event: Event) => void {
  const [opener] = useState(() => document.activeElement);
  return (event) => {
    if (!(opener instanceof HTMLElement)) return;
    event.preventDefault();
    opener.focus();
  };
}
