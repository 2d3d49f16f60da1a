// Dropping a file or a text onto a part of the page.
import { type DragEvent, useState } from "react";

interface Dropping {
  onFile(file: File): void;
  onText(text: string): void;
}

/** @returns whether something is held over it, and what the part listens with */
export function useDrop({ onFile, onText }: Dropping) {
  const [over, setOver] = useState(false);

  /** A drag within the part, over one of its own pieces, has not left it. */
  const leaves = ({ currentTarget, relatedTarget }: DragEvent) =>
    !(relatedTarget instanceof Node && currentTarget.contains(relatedTarget));

  const listeners = {
    onDragOver(event: DragEvent) {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave(event: DragEvent) {
      if (leaves(event)) setOver(false);
    },
    onDrop(event: DragEvent) {
      // The browser would leave the page for the file.
      event.preventDefault();
      setOver(false);
      const [file] = event.dataTransfer.files;
      if (file !== undefined) onFile(file);
      else onText(event.dataTransfer.getData("text/plain"));
    },
  };
  return { over, listeners };
}
