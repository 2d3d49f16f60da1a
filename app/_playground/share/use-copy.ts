// Copying a text that stands in a field. Pages without HTTPS have no clipboard: there the text is selected instead.
import { type RefObject, useRef, useState } from "react";

interface Copying<F extends HTMLInputElement | HTMLTextAreaElement> {
  field: RefObject<F | null>;
  copy(): Promise<void>;
  /** What came of it, to be said once; empty before and after the text changed. */
  said: string;
}

/** A device that is touched has no keys for it, but a menu at the selection. */
const howToCopy = () => {
  if (matchMedia("(pointer: coarse)").matches) return "hold it to copy it";
  return `copy it with ${/mac/i.test(navigator.platform) ? "⌘C" : "Ctrl+C"}`;
};

/** @param text what the field shows */
export function useCopy<F extends HTMLInputElement | HTMLTextAreaElement>(text: string): Copying<F> {
  const field = useRef<F>(null);
  const [answer, setAnswer] = useState({ to: "", said: "" });

  async function copy() {
    // Emptied first, so that a second copy is heard as well.
    setAnswer({ to: text, said: "" });
    try {
      await navigator.clipboard.writeText(text);
      setAnswer({ to: text, said: "Copied." });
    } catch {
      field.current?.focus();
      field.current?.select();
      setAnswer({ to: text, said: `Selected: ${howToCopy()}.` });
    }
  }

  return { field, copy, said: answer.to === text ? answer.said : "" };
}
