// What is known before a run is submitted: which boards take it, and whether it will be trained again.
import { whyEvaluatedOnly, whyNotAdmitted } from "@/lib/leaderboard/admission";
import { type BoardId, boardIds, boards } from "@/lib/leaderboard/find-board";
import type { RunRecord } from "@/lib/metrics/run-record";
import { MAX_INLINE_WEIGHTS_BYTES } from "@/lib/runs/limits";
import { encodedSize } from "@/lib/share/weights";
import { programOf } from "@/lib/store/spec";

export interface BoardChoice {
  id: BoardId;
  label: string;
  summary: string;
  /** Why this run cannot be submitted there, in one sentence; null where it can. */
  refused: string | null;
}

export const weightsBytes = ({ experiment }: RunRecord): number =>
  encodedSize(programOf(experiment), "float32");

/** Every board, with why it does not take this run. */
export const boardChoices = (record: RunRecord): BoardChoice[] =>
  boardIds.map((id) => ({
    id,
    label: boards[id].label,
    summary: boards[id].summary,
    refused:
      whyNotAdmitted(id, record, programOf(record.experiment)) ??
      (weightsBytes(record) > MAX_INLINE_WEIGHTS_BYTES
        ? "The weights take more than 4.0 MB, which is more than a submission can hold."
        : null),
  }));

/** Why the server will not train this run again, in one sentence; null where it will. */
export const whyNotTrainedAgain = (id: BoardId, record: RunRecord): string | null =>
  whyEvaluatedOnly(id, record, programOf(record.experiment));
