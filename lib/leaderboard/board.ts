// What a board is: one file in boards/ that calls `defineBoard`, plus one line in boards/registry.ts.
import type { DeviceClass, RunRecord } from "../metrics/run-record";
import type { DatasetId } from "../spec/experiment";

/** What one submission may cost. */
export interface Budget {
  /** Trained and other parameters together; the weights must fit into one request. */
  parameters: number;
  /** Multiply-adds of one image's forward pass: 10,000 images are scored in less than five seconds. */
  macs: number;
  /** Multiply-adds of a whole training; larger runs are scored and not trained again. */
  replayMacs: number;
}

/** What the server measured of a network. All are shares, rounded to 0.0001. */
export interface Accuracies {
  /** On the hidden set. */
  hidden: number;
  /** On the official test images. */
  clean: number;
  /** On the first 2,000 training images. */
  train: number;
}

/** A network that was measured, with the run that trained it. */
export interface Candidate {
  record: RunRecord;
  parameters: number;
  accuracies: Accuracies;
}

export interface BoardDefinition<Id extends string = string> {
  id: Id;
  label: string;
  /** One plain sentence: who wins. */
  summary: string;
  /** The only data set whose networks compete. */
  dataset: DatasetId;
  budget: Budget;
  /** What `score` is called above its column. */
  scoreLabel: string;
  /** How a score is written, e.g. "97.52 %". */
  formatScore(score: number): string;
  /** Why a run cannot compete here, in one sentence; null where it can. Known before anything is measured. */
  refuses(record: RunRecord): string | null;
  /** Why a network that was measured does not qualify, in one sentence; null where it does. */
  disqualifies(candidate: Candidate): string | null;
  score(candidate: Candidate): number;
  /** Digits in parts of fixed lengths, joined by slashes: the smaller text is the better place. */
  sortKey(candidate: Candidate): string;
  /** Whether the first ten places are kept for networks that were trained again with the same weights. */
  provedFirst: boolean;
  /** Whether a network that is the same as another player's is refused. */
  uniqueNetworks: boolean;
  /** Whether each class of device has a list of its own. */
  byDevice: boolean;
}

export const defineBoard = <const Id extends string>(board: BoardDefinition<Id>) => board;

/** Places that a board with `provedFirst` keeps for replayed entries. */
export const PROVED_PLACES = 10;

/** The list of a board that a run belongs to, e.g. "accuracy" or "speedrun-phone". */
export const listingOf = ({ id, byDevice }: BoardDefinition, deviceClass: DeviceClass): string =>
  byDevice ? `${id}-${deviceClass}` : id;

/** A share as a whole number of hundredths of a percent. */
export const inHundredths = (share: number): number => Math.round(share * 10_000);

/** Fixed width, so that texts sort as numbers do. */
export const digits = (value: number, width: number): string => String(value).padStart(width, "0");
