// The numbers behind a sweep's chart: a row for each training, also for those that failed or are still to come.
import { csvOf } from "@/lib/metrics/csv";
import type { LabelledValue, SweepSpec } from "@/lib/sweeps/sweep";
import { type Found, shownCells } from "./sweep-plot";

/** Numbers as they are; other things, whole optimizers for example, as charts call them. */
const plain = ({ label, value }: LabelledValue): string | number =>
  typeof value === "number" ? value : label;

export function sweepCsv(sweep: SweepSpec, found: Found): string {
  const isSearch = sweep.kind === "search";
  const varied = isSearch ? sweep.ranges : sweep.axes;
  const score = `${sweep.base.validation.split > 0 ? "validation" : "training"} accuracy`;
  const rows = shownCells(sweep, found).map(({ cell, state, ...shown }) => {
    const result = found.results.find(({ id }) => id === cell.id);
    return [
      ...(isSearch ? cell.place.map((place) => place + 1) : []),
      ...cell.values.map(plain),
      state,
      result?.score ?? shown.score,
      result?.valLoss ?? null,
      result?.epochs ?? null,
      result === undefined ? null : result.elapsedMs / 1000,
      shown.failure,
    ];
  });
  const names = varied.map(({ label }) => label.toLowerCase());
  const result = ["state", score, "validation loss", "epochs", "seconds", "failure"];
  return csvOf([...(isSearch ? ["trial", "round"] : []), ...names, ...result], rows);
}
