// Which board the page's address asks for: /leaderboard?board=<board>&device=<class>.
import { type BoardId, boardIds, boards, parseBoardId } from "@/lib/leaderboard/find-board";
import { type DeviceClass, deviceClasses } from "@/lib/metrics/run-record";
import { oneOf } from "@/lib/spec/fields";
import { ParseError } from "@/lib/spec/parse";

export interface Choice {
  board: BoardId;
  /** Null where the board does not tell devices apart. */
  device: DeviceClass | null;
  /** What is wrong with the address, in one sentence; null where nothing is. */
  problem: string | null;
}

interface Search {
  get(name: string): string | null;
}

/**
 * The first board where the address names none, or none that there is; the reader's own class of devices where it
 * names no class.
 */
export function choiceIn(search: Search, own: DeviceClass): Choice {
  try {
    const board = parseBoardId(search.get("board") ?? boardIds[0]);
    if (!boards[board].byDevice) return { board, device: null, problem: null };
    const device = search.get("device") ?? own;
    if (isDeviceClass(device)) return { board, device, problem: null };
    return { board, device: own, problem: new ParseError("device", device, oneOf(deviceClasses)).message };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { board: boardIds[0]!, device: null, problem: error.message };
  }
}

const isDeviceClass = (text: string): text is DeviceClass => deviceClasses.some((name) => name === text);

/** The address of a board. */
export const addressOf = (board: BoardId, device: DeviceClass | null = null): string =>
  `/leaderboard?${new URLSearchParams({ board, ...(device === null ? {} : { device }) })}`;
