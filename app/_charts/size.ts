// One size for a chart and for the empty place it takes, so that nothing jumps when it comes.
export const CHART_CLASS = "h-52 w-full lg:h-60 xl:h-68";
export const LOW_CHART_CLASS = "h-44 w-full";
export const MARGIN = { top: 10, right: 10, bottom: 0, left: 0 };
export const Y_AXIS_WIDTH = 44;
export const X_AXIS_HEIGHT = 26;
/** Room for the dot of the last epoch. */
export const X_PADDING = { right: 6 };
/** Room for a label above the highest line and below the lowest. */
export const Y_PADDING = { top: 12, bottom: 16 };

/** Pixels at the sides of a chart that its axis does not reach to. */
export const SIDES = { left: MARGIN.left + Y_AXIS_WIDTH, right: MARGIN.right + X_PADDING.right };

/** The epoch under a pointer, from where it is and where the chart is; kept within 0 and `epochs`. */
export function epochAt(
  clientX: number,
  chart: { left: number; width: number },
  epochs: number,
  { left, right } = SIDES,
): number {
  const width = chart.width - left - right;
  const share = (clientX - chart.left - left) / width;
  return Math.min(1, Math.max(0, share)) * epochs;
}
