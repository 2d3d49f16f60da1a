// The plot of a run as it grows.
import { useMemo, useState } from "react";
import { type Axis, epochAxis } from "@/lib/metrics/axis";
import { buildPlot, holdAxis, type Plot, type PlotInput } from "./plot";

/** What both charts of a run read. */
export type ChartInput = Omit<PlotInput, "axis" | "validationOf"> & {
  /** The epoch, from 0, that somebody looks back at: it is read where nothing else is. */
  lookedAt?: number | null;
};

/**
 * The axes are the same objects as long as they mean the same, so that what only draws axes is left alone.
 * `axis` and `validationOf` must be the same functions at every call.
 */
export function usePlot(
  input: ChartInput,
  axis: PlotInput["axis"],
  validationOf: PlotInput["validationOf"],
): Plot {
  const [held, setHeld] = useState<Axis | null>(null);
  const plot = useMemo(() => buildPlot({ ...input, axis, validationOf }), [input, axis, validationOf]);
  const next = holdAxis(held, plot);
  if (next !== held) setHeld(next);
  const x = useMemo(() => epochAxis(input.epochs), [input.epochs]);
  return useMemo(() => ({ ...plot, x, y: next ?? plot.y }), [plot, x, next]);
}
