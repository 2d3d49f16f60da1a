// The image that was drawn last, for who looks into the network with it. Images never enter a store.
import { useSyncExternalStore } from "react";

let drawn: Uint8Array | null = null;
const listeners = new Set<() => void>();

/** @param image bytes in the data set's layout; null once it is cleared */
export function noteDrawn(image: Uint8Array | null): void {
  drawn = image;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const none = () => null;

export const useDrawn = (): Uint8Array | null => useSyncExternalStore(subscribe, () => drawn, none);
