// The few images that stand for a data set, for whoever draws them.
import { useEffect, useState } from "react";
import type { DatasetDefinition } from "@/lib/spec/define";
import { loadPreview } from "./preview";

/** The preview, once the page has nothing better to do. */
export function usePreview(dataset: DatasetDefinition): Uint8Array | null {
  const [loaded, setLoaded] = useState<{ id: string; images: Uint8Array | null } | null>(null);
  useEffect(() => {
    let wanted = true;
    const load = () =>
      loadPreview(dataset).then((images) => {
        if (wanted) setLoaded({ id: dataset.id, images });
      });
    // Safari has no requestIdleCallback.
    const idle = typeof requestIdleCallback === "function";
    const handle = idle ? requestIdleCallback(load) : window.setTimeout(load, 200);
    return () => {
      wanted = false;
      if (idle) cancelIdleCallback(handle);
      else window.clearTimeout(handle);
    };
  }, [dataset]);
  return loaded?.id === dataset.id ? loaded.images : null;
}
