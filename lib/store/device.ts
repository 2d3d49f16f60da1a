// What kind of device this is and what it has, as far as a page can tell: said beside a published run, so that times can
// be compared, and what is offered for an experiment that is too much for it.
import type { DeviceClass } from "../metrics/run-record";
import { trainingFields } from "../spec/experiment";
import { MEMORY_BUDGET_BYTES } from "../spec/program";
import type { EngineChoice } from "../training/engine-choice";

/** Shorter side of a screen, in CSS pixels, from which a device that is touched is a tablet. */
const TABLET_FROM = 600;

/** By what points at it and how large it is; never by its name. */
export function deviceClass(): DeviceClass {
  if (globalThis.matchMedia?.("(pointer: coarse)").matches !== true) return "computer";
  return Math.min(screen.width, screen.height) < TABLET_FROM ? "phone" : "tablet";
}

/** What browsers say that not all of them do. */
interface Hints {
  /** Gigabytes, rounded to a power of two and at most 8. */
  deviceMemory?: number;
  connection?: { saveData?: boolean };
}

const hints = (): Hints => (globalThis.navigator ?? {}) as Hints;

/** True where somebody has told the browser to save data. */
export const savesData = (): boolean => hints().connection?.saveData === true;

/** A GPU has as much to wait for with a small batch as with a large one; our own engine has not. */
export const usualBatchSize = (engine: EngineChoice): number =>
  engine === "tfjs-webgpu" || engine === "tfjs-webgl" ? 128 : trainingFields.batchSize.default;

/** The part of its memory that a page may train in; browsers end pages that take much more of a phone's. */
const SHARE = 1 / 8;
/** Where a browser does not say how much there is. */
const USUAL_BYTES: Record<DeviceClass, number> = {
  computer: MEMORY_BUDGET_BYTES,
  tablet: MEMORY_BUDGET_BYTES / 2,
  phone: MEMORY_BUDGET_BYTES / 4,
};

/** The memory that a network may take here, weights, optimizer state and a batch's activations; at most the page's budget. */
export function memoryBudgetBytes(): number {
  const { deviceMemory } = hints();
  const own = deviceMemory === undefined ? USUAL_BYTES[deviceClass()] : SHARE * deviceMemory * 1024 ** 3;
  return Math.min(MEMORY_BUDGET_BYTES, own);
}

/** What the weights of a run's past epochs may take of that: 67 MB on most computers, 17 MB on a phone that does not say. */
export const momentsBudgetBytes = (): number => memoryBudgetBytes() / 16;
