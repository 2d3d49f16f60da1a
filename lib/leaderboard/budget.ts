// What every board of today allows; the numbers are explained on the page about scoring.
import type { Budget } from "./board";

export const standardBudget: Budget = {
  parameters: 1_000_000,
  macs: 12_000_000,
  replayMacs: 3e12,
};
