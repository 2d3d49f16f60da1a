// POST /api/submissions/<id>/reports: a visitor says what is wrong with an entry. Kept for an operator, once for each
// player and entry; nothing else follows by itself.
import type { OpenStore } from "../blob/environment";
import { forever } from "../blob/store";
import { ApiError, respond } from "../http";
import { hashSchema } from "../metrics/run-record";
import { readBody, readJson } from "../runs/body";
import { requireOwnOrigin } from "../runs/host";
import { sha256Of } from "../sha256";
import { ParseError, parse } from "../spec/parse";
import { WORK_BITS } from "./challenge";
import { claimToken } from "./claim";
import { checkEntrance } from "./entrance";
import { createWindow } from "./limits";
import { names } from "./names";
import { readStored } from "./read-stored";
import { parseReceived } from "./records";
import { parseReport, reportText, type StoredReport } from "./report";

const MAX_REPORT_BYTES = 4_000;
/** Reports that one process takes within a minute. */
const PER_MINUTE = 60;

interface ReportParts {
  open(): OpenStore;
  secret(): string;
  now?(): number;
  /** Of the proof of work, at least. */
  bits?: number;
  perMinute?: number;
}

/**
 * Answers 201, and 200 where this player has reported the entry before. Costs two `put` and a `read`.
 * @throws ApiError 400, 403, 404, 409, 413, 422, 429, ParseError, StoreError, in one sentence
 */
export function createReportAnswer(parts: ReportParts) {
  const { open, secret, now = Date.now, bits = WORK_BITS, perMinute = PER_MINUTE } = parts;
  const take = createWindow(perMinute, now, "reports");

  return async function answer(request: Request, entry: string): Promise<Response> {
    requireOwnOrigin(request, "Reports are sent from this site's own pages.");
    const id = parse(hashSchema, entry, "id");
    const report = parseReport(readJson(await readBody(request, MAX_REPORT_BYTES), "report"));
    const expected = { secret: secret(), board: null, text: reportText(id, report), now: now(), bits };
    const { player, nonce, board } = await checkEntrance(report, expected);
    take();
    const { store } = open();
    const received = await readStored(store, names.submission(id), parseReceived);
    if (received === null) throw new ApiError(404, "not_found", `There is no submission ${id}.`, "id");
    if (received.board !== board)
      throw new ParseError("token", report.token, `a token for the board ${received.board}`);
    // Of its own kind: a token that a submission used is none for a report.
    const use = await sha256Of(`descent report\n${id}\n${player}`);
    const reportedAt = await claimToken(store, nonce, use, now());
    const { reason, note } = report;
    const kept: StoredReport = { version: 1, id, reason, note, player, reportedAt };
    const options = { contentType: "application/json", overwrite: false, maxAgeSeconds: forever };
    const created = await store.put(names.report(id, player), JSON.stringify(kept), options);
    return respond({ id }, { status: created ? 201 : 200 });
  };
}
