// A straight line against a few points: its mean squared loss, the slope of that loss, and the loss seen as a surface
// over the line's two parameters. What the lesson's first two figures draw; pure, in float64.

export interface Point {
  x: number;
  y: number;
}

/** ŷ = wx + b. */
export interface Line {
  w: number;
  b: number;
}

/** What the figures fit: five points that no line meets. */
export const points: readonly Point[] = [
  { x: -0.4, y: 0.1 },
  { x: 0.4, y: 1.2 },
  { x: 1.1, y: 0.9 },
  { x: 1.8, y: 2.2 },
  { x: 2.5, y: 2.1 },
];

export const predict = ({ w, b }: Line, x: number): number => w * x + b;

/** The mean over points of what `term` makes of each. */
const mean = (data: readonly Point[], term: (point: Point) => number): number =>
  data.reduce((sum, point) => sum + term(point), 0) / data.length;

/** 1/2n Σ(y − ŷ)²: half of what Keras and our engines call the mean squared error. */
export const lossOf = (line: Line, data: readonly Point[]): number =>
  mean(data, ({ x, y }) => (y - predict(line, x)) ** 2) / 2;

/** ∂ℓ/∂w and ∂ℓ/∂b. */
export const gradientOf = (line: Line, data: readonly Point[]): Line => ({
  w: mean(data, ({ x, y }) => (predict(line, x) - y) * x),
  b: mean(data, ({ x, y }) => predict(line, x) - y),
});

/** The line after one step against the gradient. */
export function stepFrom(line: Line, data: readonly Point[], learningRate: number): Line {
  const gradient = gradientOf(line, data);
  return { w: line.w - learningRate * gradient.w, b: line.b - learningRate * gradient.b };
}

/** The loss as a surface over w and b: a bowl, since a line's squares are squares in w and b. */
export interface Bowl {
  /** The line with the least loss, and that loss. */
  lowest: Line;
  loss: number;
  /** The steepest way up from there and the gentlest, each of length one, with how fast the slope grows along it. */
  axes: readonly [BowlAxis, BowlAxis];
}

interface BowlAxis {
  direction: Line;
  curvature: number;
}

/** @param data two or more points, not all at the same x */
export function bowlOf(data: readonly Point[]): Bowl {
  // The second derivatives of the loss are the same everywhere: mean x², mean x and 1.
  const [xx, x] = [mean(data, (point) => point.x ** 2), mean(data, (point) => point.x)];
  const [y, xy] = [mean(data, (point) => point.y), mean(data, (point) => point.x * point.y)];
  const w = (xy - x * y) / (xx - x * x);
  const lowest = { w, b: y - w * x };
  const middle = (xx + 1) / 2;
  const spread = Math.hypot((xx - 1) / 2, x);
  const angle = Math.atan2(2 * x, xx - 1) / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return {
    lowest,
    loss: lossOf(lowest, data),
    axes: [
      { direction: { w: cos, b: sin }, curvature: middle + spread },
      { direction: { w: -sin, b: cos }, curvature: middle - spread },
    ],
  };
}

/** The ellipse on which the loss is `level`, as `count` lines around it; null where the loss is nowhere as small. */
export function contourOf({ lowest, loss, axes }: Bowl, level: number, count = 96): Line[] | null {
  if (level < loss) return null;
  const [long, short] = axes.map(({ curvature }) => Math.sqrt((2 * (level - loss)) / curvature));
  const [first, second] = axes.map(({ direction }) => direction) as [Line, Line];
  return Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * i) / count;
    const [u, v] = [long! * Math.cos(angle), short! * Math.sin(angle)];
    return { w: lowest.w + u * first.w + v * second.w, b: lowest.b + u * first.b + v * second.b };
  });
}

/** From this learning rate on, each step ends farther from the lowest point than it began: 2 over the largest curvature. */
export const divergenceRate = ({ axes }: Bowl): number => 2 / axes[0].curvature;
