// Counts the bytes of all files that were asked for, and of what is there of them.
import type { StoredFile } from "./manifest";
import type { DataProgress } from "./source";

export interface ByteProgress {
  /** Adds a file to the total, once. */
  ask(file: StoredFile): void;
  /** So many bytes of a file that was asked for are there; fewer than before where a transfer begins anew. */
  report(file: StoredFile, loaded: number): void;
}

/** @param onProgress called whenever a number changed */
export function createByteProgress(onProgress: (progress: DataProgress) => void): ByteProgress {
  const progress: DataProgress = { loadedBytes: 0, totalBytes: 0 };
  const loadedOf = new Map<string, number>();
  return {
    ask({ name, sizeBytes }) {
      if (loadedOf.has(name)) return;
      loadedOf.set(name, 0);
      progress.totalBytes += sizeBytes;
      onProgress({ ...progress });
    },
    report({ name, sizeBytes }, loaded) {
      // A server that packs once more sends other numbers than the manifest's.
      const now = Math.min(loaded, sizeBytes);
      const before = loadedOf.get(name)!;
      if (now === before) return;
      loadedOf.set(name, now);
      progress.loadedBytes += now - before;
      onProgress({ ...progress });
    },
  };
}
