// What an embed and the page that frames it say to each other by postMessage, as types and as a parser. A message that is
// not whole is none: nothing of it is done.
import * as z from "zod/mini";
import type { EpochMetrics } from "../metrics/history";
import type { ExperimentSpec } from "../spec/experiment";
import { type LockField, lockable } from "../spec/lockable";
import type { RunState } from "../training/contract";

/** Stands in every message, in both directions. */
export const mark = { source: "descent", version: 1 } as const;

/** From the page around. */
export type HostMessage =
  /** Another experiment: its JSON, or the code of its link. */
  | { type: "load"; experiment: object | string }
  | { type: "train" | "pause" | "resume" | "stop" | "reset" }
  /** From now on just these parts of the experiment cannot be edited; an empty list locks none. */
  | { type: "lock"; fields: readonly LockField[] };

/** A step of a lesson, as far as the reader is in it. */
export interface StepReport {
  id: string;
  title: string;
  /** Checks that have passed, of how many. */
  passed: number;
  total: number;
  done: boolean;
}

/** To the page around. */
export type EmbedMessage =
  /** It listens, and shows this experiment: the still picture says so, and the playground again once it is there. */
  | { type: "ready"; experiment: ExperimentSpec }
  | { type: "state"; state: RunState }
  /** Others train first; 1 is next. */
  | { type: "waiting"; position: number }
  | ({ type: "epoch" } & EpochMetrics)
  | {
      type: "done";
      history: readonly EpochMetrics[];
      /** Null for a run that was stopped early or whose test images are locked. */
      testAccuracy: number | null;
      testLoss: number | null;
      elapsedMs: number;
      /** By name, as the training log has it. */
      engine: string;
    }
  | { type: "error"; code: string; message: string }
  /** With `?height=auto`, in CSS pixels. */
  | { type: "resize"; height: number }
  /** How far the reader is in a lesson, in the steps that are shown. */
  | {
      type: "lesson";
      slug: string;
      /** The open step's name. */
      step: string;
      steps: readonly StepReport[];
      /** Steps whose checks have all passed, of how many. */
      done: number;
      total: number;
    };

/** Longer than any experiment's JSON or code. */
const LONGEST_TEXT = 65_536;

const marked = { source: z.literal(mark.source), version: z.literal(mark.version) };
const word = <const T extends string>(type: T) => z.object({ ...marked, type: z.literal(type) });

const schema = z.discriminatedUnion("type", [
  z.object({
    ...marked,
    type: z.literal("load"),
    experiment: z.union([z.string().check(z.maxLength(LONGEST_TEXT)), z.record(z.string(), z.unknown())]),
  }),
  word("train"),
  word("pause"),
  word("resume"),
  word("stop"),
  word("reset"),
  z.object({
    ...marked,
    type: z.literal("lock"),
    fields: z.array(z.enum(lockable)).check(z.maxLength(lockable.length)),
  }),
]);

/** A message of the page around; null for whatever else a window is sent. */
export function readHostMessage(data: unknown): HostMessage | null {
  const { success, data: message } = schema.safeParse(data);
  return success ? message : null;
}
