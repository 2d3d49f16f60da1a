// Gradient descent on the surface of line-loss, step by step, and what has come of it.
import { type Bowl, bowlOf, gradientOf, type Line, lossOf, points, stepFrom } from "./line-loss";

/** Where the ball has been, oldest first: where it was put, then one line for each step. Never empty. */
export type Path = readonly Line[];

/** Under this steepness the ground counts as flat. */
export const FLAT = 0.01;
/** A loss this many times the first one has run away. */
const RUNAWAY = 100;

export const surface: Bowl = bowlOf(points);
export const lossAt = (line: Line): number => lossOf(line, points);
export const gradientAt = (line: Line): Line => gradientOf(line, points);
export const steepnessAt = (line: Line): number => {
  const { w, b } = gradientAt(line);
  return Math.hypot(w, b);
};

export const descend = (path: Path, learningRate: number): Path => [
  ...path,
  stepFrom(path.at(-1)!, points, learningRate),
];

export type Outcome = "begun" | "falling" | "arrived" | "climbing" | "diverged";

/** What the steps have come to. A ball that was only put somewhere has come to nothing yet. */
export function outcomeOf(path: Path): Outcome {
  const [last, former] = [path.at(-1)!, path.at(-2)];
  if (former === undefined) return "begun";
  const [first, before, now] = [path[0]!, former, last].map(lossAt) as [number, number, number];
  if (!(now < RUNAWAY * Math.max(first, surface.loss))) return "diverged";
  if (steepnessAt(last) < FLAT) return "arrived";
  return now > before ? "climbing" : "falling";
}

/** Steps until the path arrives or diverges, at most `most` of them. */
export function descendToEnd(path: Path, learningRate: number, most: number): Path {
  let next = path;
  for (let i = 0; i < most && !isOver(next); i++) next = descend(next, learningRate);
  return next;
}

export function isOver(path: Path): boolean {
  const outcome = outcomeOf(path);
  return outcome === "arrived" || outcome === "diverged";
}
