// The plot of a run as it grows.
import { useMemo, useState } from "react";
import { type Axis, epochAxis } from "@/lib/metrics/axis";
import { buildPlot, holdAxis, type Plot, type PlotInput } from "./plot";

/** What both charts of a run read. */
export type ChartInput = Omit<PlotInput, "axis" | "validationOf">;

/**
 * Null while there is no run. The axes are the same objects as long as they mean the same, so that what only
 * draws axes is left alone. `axis` and `validationOf` must be the same functions at every call.
 */
export function usePlot(
  input: ChartInput | null,
  axis: PlotInput["axis"],
  validationOf: PlotInput["validationOf"],
): Plot | null {
  const [held, setHeld] = useState<Axis | null>(null);
  const plot = useMemo(
    () => (input === null ? null : buildPlot({ ...input, axis, validationOf })),
    [input, axis, validationOf],
  );
  const next = plot === null ? null : holdAxis(held, plot);
  if (next !== held) setHeld(next);
  const epochs = input?.epochs ?? 1;
  const x = useMemo(() => epochAxis(epochs), [epochs]);
  return useMemo(() => plot && { ...plot, x, y: next ?? plot.y }, [plot, x, next]);
}
