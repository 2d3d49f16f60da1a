// Reports an entry from the page: signed as a submission is, with a token and work of its own.
import { askApi } from "../runs/ask";
import { loadPlayer, type Player } from "./player-key";
import type { Entry } from "./records";
import { type Report, type ReportReason, reportText } from "./report";
import { type Asking, enter } from "./submit";

/**
 * @param said.note in the reporter's own words; may be empty
 * @throws ApiError in the server's sentence, another Error in one of ours; the signal's reason where it aborts
 */
export async function sendReport(
  { id, board }: Pick<Entry, "id" | "board">,
  { reason, note }: { reason: ReportReason; note: string },
  { load = loadPlayer, ...asking }: Asking & { load?: () => Promise<Player> },
): Promise<void> {
  const { algorithm, key, sign } = await load();
  const { token, work } = await enter(board, asking);
  const report: Report = {
    ...{ version: 1, reason, note, player: { algorithm, key }, token, work },
    signature: await sign(reportText(id, { reason, note, token })),
  };
  const { signal, fetch } = asking;
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify(report);
  await askApi(`/api/submissions/${id}/reports`, { signal, fetch, headers, body });
}
