// One size for a chart and for the empty place it takes, so that nothing jumps when it comes.
export const CHART_CLASS = "h-52 w-full lg:h-60 xl:h-68";
export const MARGIN = { top: 10, right: 10, bottom: 0, left: 0 };
export const Y_AXIS_WIDTH = 38;
export const X_AXIS_HEIGHT = 26;
