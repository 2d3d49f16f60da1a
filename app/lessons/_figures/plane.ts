// Where the numbers of a plane lie on the screen. One unit is as long in both directions, so that squares are squares
// and slopes stand upright on contours.

export type Range = readonly [min: number, max: number];

export interface Plane {
  /** Pixels. */
  width: number;
  height: number;
  /** Pixels of one unit. */
  unit: number;
  px(x: number): number;
  py(y: number): number;
  /** And back again; y grows upwards. */
  x(px: number): number;
  y(py: number): number;
}

export function planeOf(width: number, [left, right]: Range, [bottom, top]: Range): Plane {
  const unit = width / (right - left);
  return {
    width,
    height: unit * (top - bottom),
    unit,
    px: (x) => (x - left) * unit,
    py: (y) => (top - y) * unit,
    x: (px) => left + px / unit,
    y: (py) => top - py / unit,
  };
}

/** As CSS has it: a place keeps its shape before anything is drawn in it. */
export const aspectOf = ([left, right]: Range, [bottom, top]: Range): string =>
  `${right - left} / ${top - bottom}`;

export const within = (value: number, [min, max]: Range): number => Math.min(max, Math.max(min, value));

/** To a step's multiple, as the arrow keys move: 0.30000000000000004 -> 0.3. */
export const toStep = (value: number, step: number): number =>
  Number((Math.round(value / step) * step).toPrecision(10));
