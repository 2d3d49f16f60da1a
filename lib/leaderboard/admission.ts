// Which runs may compete on a board, before anything is measured: known to the page, which says so beside the board, and to
// the server.
import { whyNoReplay } from "../metrics/replayable";
import type { RunRecord } from "../metrics/run-record";
import * as datasets from "../spec/datasets/registry";
import { groupDigits } from "../spec/group-digits";
import { formatShape } from "../spec/ops";
import { buildProgram, type Program } from "../spec/program";
import { countSamples } from "../spec/samples";
import { type BoardId, boards } from "./find-board";

/** Why a run cannot compete on a board, in one sentence; null where it can. */
export function whyNotAdmitted(
  id: BoardId,
  record: RunRecord,
  program: Program = buildProgram(record.experiment),
): string | null {
  const board = boards[id];
  const { dataset } = record.experiment;
  const { classNames, label } = datasets[board.dataset];
  if (dataset.id !== board.dataset || dataset.classes !== null)
    return `The board ${id} is for networks that tell all classes of ${label} apart.`;
  if (program.outputs !== classNames.length)
    return `The network has ${formatShape([program.outputs])} outputs; the board ${id} needs ${classNames.length}.`;
  const { parameters, macs } = board.budget;
  if (program.parameters > parameters)
    return `The network has ${groupDigits(program.parameters)} parameters; the board ${id} takes at most ${groupDigits(parameters)}.`;
  if (program.macs > macs)
    return `The network takes ${groupDigits(program.macs)} multiply-adds an image; the board ${id} allows at most ${groupDigits(macs)}.`;
  return board.refuses(record);
}

/** Why the server will not train a run again, in one sentence; null where it will. */
export function whyEvaluatedOnly(id: BoardId, record: RunRecord, program: Program): string | null {
  const { train } = countSamples(record.experiment);
  // Forward, and twice that backward.
  const macs = 3 * program.macs * train * record.history.length;
  if (macs > boards[id].budget.replayMacs)
    return "Its training is longer than this server trains again; anybody can replay it in a browser.";
  return whyNoReplay(record);
}
