// What accuracy cost: runs as points over their parameters, multiply-adds or time, and the best front among them. Pure.
import { type Axis, accuracyAxis, lossAxis } from "@/lib/metrics/axis";
import { type Outcome, outcomeOf } from "@/lib/metrics/compare";
import { decadesAxis, errorAxis } from "@/lib/metrics/decades";
import { bestFront, type Offer } from "@/lib/metrics/front";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { type ComparedRun, letterOf } from "./compare-plot";

export type Cost = "parameters" | "macs" | "time";

const costs: Record<Cost, (outcome: Outcome) => number> = {
  parameters: ({ parameters }) => parameters,
  macs: ({ macs }) => macs,
  time: ({ elapsedMs }) => elapsedMs / 1000,
};

export interface ScatterPoint extends Offer {
  /** "First run" */
  name: string;
  /** Its place among the compared runs; null for the others of the shelf. */
  run: number | null;
  /** Whether no other point is cheaper and as good, or better and as cheap. */
  onFront: boolean;
}

export interface Scatter {
  /** The cheapest first. */
  points: readonly ScatterPoint[];
  /** The points on the front, the cheapest first; empty where the compared runs are not of one task. */
  front: readonly ScatterPoint[];
  /** Whether all compared runs tell the same classes of the same data apart. */
  comparable: boolean;
  x: Axis;
  y: Axis;
}

/** From this ratio of the largest to the least on, costs are best placed by decades. */
const DECADES_FROM = 8;

/** What a network is to tell apart: an accuracy on one such task says nothing about another. */
const taskOf = ({ dataset: { id, classes } }: ExperimentSpec): string => `${id} ${classes?.join() ?? ""}`;

export interface ScatterView {
  cost: Cost;
  /** Null as it suits the costs. */
  costByDecades: boolean | null;
  accuracyByDecades: boolean;
}

/**
 * @param compared the runs with letters, in their order
 * @param others those of the same task are shown too
 */
export function scatterOf(
  compared: readonly ComparedRun[],
  others: readonly ComparedRun[],
  { cost, costByDecades, accuracyByDecades }: ScatterView,
): Scatter {
  const tasks = new Set(compared.map(({ record }) => taskOf(record.experiment)));
  const comparable = tasks.size === 1;
  const pointOf = ({ name, record }: ComparedRun, run: number | null) => {
    const outcome = outcomeOf(record);
    return { name, run, cost: costs[cost](outcome), merit: outcome.testAccuracy };
  };
  const all = [
    ...compared.map(pointOf),
    ...others
      .filter(({ record }) => comparable && tasks.has(taskOf(record.experiment)))
      .map((other) => pointOf(other, null)),
  ];
  const unbeaten = new Set(comparable ? bestFront(all) : []);
  const points = all
    .map((point, place) => ({ ...point, onFront: unbeaten.has(place) }))
    .sort((a, b) => a.cost - b.cost || b.merit - a.merit);
  const prices = points.map((point) => point.cost);
  const merits = points.map(({ merit }) => merit);
  return {
    points,
    front: points.filter(({ onFront }) => onFront),
    comparable,
    x: (costByDecades ?? spansDecades(prices)) ? decadesAxis(prices, LEAST_COST) : lossAxis(prices),
    y: accuracyByDecades ? errorAxis(merits) : accuracyAxis(merits),
  };
}

/** A hundredth of a second; no network has less than one parameter. */
const LEAST_COST = 0.01;
const spansDecades = (prices: readonly number[]): boolean =>
  Math.max(...prices) >= DECADES_FROM * Math.max(LEAST_COST, Math.min(...prices));

/** Corners of the front as a stair: the best accuracy that every cost buys, on to `most`. */
export function stairOf(front: readonly Offer[], most: number): { x: number; y: number }[] {
  const corners = front.flatMap(({ cost, merit }, index) => [
    ...(index === 0 ? [] : [{ x: cost, y: front[index - 1]!.merit }]),
    { x: cost, y: merit },
  ]);
  const last = front.at(-1);
  return last === undefined ? [] : [...corners, { x: most, y: last.merit }];
}

/** "A First run", or the name alone. */
export const signOf = ({ name, run }: ScatterPoint): string =>
  run === null ? name : `${letterOf(run)} ${name}`;
