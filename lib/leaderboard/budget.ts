// What every board of today allows. Measured on one core of a server from 2021.
import type { Budget } from "./board";

export const standardBudget: Budget = {
  // 4 MB as float32: what fits into one request.
  parameters: 1_000_000,
  // 10,000 images in about four seconds: the slowest kinds of networks get through 11 thousand million a second.
  macs: 4_000_000,
  // About fifteen minutes: trainings get through 18 thousand million a second. "Small and sharp" takes a fifth of it.
  replayMacs: 1.6e13,
};
